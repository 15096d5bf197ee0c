package dev.conductor.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which numbers are called through a trunk, and how they are written for it: {@code +1 strip=1
 * prepend=9 priority=10}. Any thread; immutable.
 *
 * @param prefix numbers that begin so; {@code *} in the file stands for all and is empty here
 * @param strip characters taken from the front, {@code +} being one
 * @param prepend what is then put in front
 * @param priority of the rules with the longest fitting prefix the lowest comes first
 */
public record TrunkRoute(String prefix, int strip, String prepend, int priority) {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\*|\\+?\\d{1,15})(?: +strip=(\\d{1,2}))?(?: +prepend=(\\+?[\\d*#]{1,20}))?"
              + "(?: +priority=(\\d{1,4}))?");

  /** Reads a rule as it stands in the file. */
  static TrunkRoute parse(final String text) {
    final Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new ConfigException(
          "routes", "=" + text + " is not like +1 strip=1 prepend=9 priority=10");
    }
    return new TrunkRoute(
        form.group(1).equals("*") ? "" : form.group(1),
        form.group(2) == null ? 0 : Integer.parseInt(form.group(2)),
        form.group(3) == null ? "" : form.group(3),
        form.group(4) == null ? 0 : Integer.parseInt(form.group(4)));
  }

  /** The number as this trunk wants it. */
  public String written(final String number) {
    return prepend + number.substring(Math.min(strip, number.length()));
  }
}
