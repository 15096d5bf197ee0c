package dev.conductor.http;

import dev.conductor.model.Role;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads values out of texts; a wrong one is refused with the parameter's name. Any thread. */
final class Values {
  /** UIDs in one list. */
  static final int MAX_UIDS = 10_000;

  /** Characters of notes, data, custom fields and feedback. */
  static final int MAX_LONG_TEXT = 65_536;

  /** Characters of links, messages and the values of keys. */
  static final int MAX_MESSAGE = 4_096;

  /** Characters of names, tags and keys. */
  static final int MAX_NAME = 256;

  private static final int MAX_SHOWN = 64;
  private static final int MAX_NUMBER_LENGTH = 10;
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern CHOSEN_UID = Pattern.compile("[0-9A-Za-z_-]{1,64}");

  private Values() {}

  /** True, false, 1 or 0 in any letter case. */
  static boolean flag(final String parameter, final String text) {
    final String word = text.strip().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw Refusal.parameter(parameter, shown(text) + " is neither true nor false");
    };
  }

  /** A whole number within bounds, both of them in. */
  static int number(final String parameter, final String text, final int min, final int max) {
    final String digits = text.strip();
    if (!NUMBER.matcher(digits).matches()) {
      throw Refusal.parameter(parameter, shown(text) + " is not a whole number");
    }
    final boolean fits = digits.length() <= MAX_NUMBER_LENGTH;
    final long number = fits ? Long.parseLong(digits) : Long.MAX_VALUE;
    if (number < min || number > max) {
      throw Refusal.parameter(parameter, cut(digits) + " is not in " + min + ".." + max);
    }
    return (int) number;
  }

  /** UIDs without repeats, in order; at least one. */
  static List<String> uids(final String parameter, final String text) {
    final Set<String> uids = new LinkedHashSet<>();
    for (final String item : text.split(",")) {
      final String uid = item.strip();
      if (!uid.isEmpty()) {
        uids.add(uid);
      }
    }
    if (uids.isEmpty()) {
      throw Refusal.parameter(parameter, "missing");
    }
    if (uids.size() > MAX_UIDS) {
      throw Refusal.parameter(parameter, "more than " + MAX_UIDS + " UIDs");
    }
    return List.copyOf(uids);
  }

  /** A UID that the client chose for something new. */
  static String chosenUid(final String parameter, final String text) {
    final String uid = text.strip();
    if (!CHOSEN_UID.matcher(uid).matches()) {
      throw Refusal.parameter(
          parameter, shown(uid) + " is not of 1 to 64 letters, digits, _ and -");
    }
    if (uid.equals(CallerFields.MAIN_ROOM)) {
      throw Refusal.parameter(parameter, "main stands for the main room");
    }
    return uid;
  }

  /** The words for roles. */
  static List<String> roles() {
    return Stream.of(Role.values()).map(Role::name).toList();
  }

  /** A role. */
  static Role role(final String parameter, final String text) {
    final Role role = Role.fromWire(text);
    if (role == null) {
      throw Refusal.parameter(parameter, "no such role " + shown(text.strip()));
    }
    return role;
  }

  /** Free text of at most so many characters. */
  static String text(final String parameter, final String text, final int maxCharacters) {
    if (text.length() > maxCharacters && text.codePointCount(0, text.length()) > maxCharacters) {
      throw Refusal.parameter(parameter, "longer than " + maxCharacters + " characters");
    }
    return text;
  }

  /** What the client sent, in quotes, on one line and not too long, for a message. */
  static String shown(final String text) {
    return '"' + cut(text) + '"';
  }

  /** Whether a character would make two lines of one, or is a control character otherwise. */
  static boolean endsLine(final int c) {
    return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
  }

  private static String cut(final String text) {
    final StringBuilder out = new StringBuilder();
    text.codePoints()
        .limit(MAX_SHOWN)
        .map(c -> endsLine(c) ? ' ' : c)
        .forEach(out::appendCodePoint);
    return text.length() > out.length() ? out.append("...").toString() : out.toString();
  }
}
