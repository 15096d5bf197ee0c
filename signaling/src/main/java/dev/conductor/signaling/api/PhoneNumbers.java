package dev.conductor.signaling.api;

import java.util.Locale;

/**
 * Tells whether two ways of writing a number mean one number (E.164; RFC 3966, section 5.1.1). Any
 * thread; immutable.
 */
public final class PhoneNumbers {
  private static final String SEPARATORS = "-.() ";

  /** Shorter ones are extensions: they mean nothing but themselves. */
  private static final int LEAST_DIGITS = 7;

  /** The country where one dials 011 to leave it, and no 0 before an area. */
  private static final String NORTH_AMERICA = "1";

  private final String countryCode;

  /**
   * For the numbers of one country.
   *
   * @param countryCode without {@code +}; empty for none
   */
  public PhoneNumbers(final String countryCode) {
    this.countryCode = countryCode;
  }

  /**
   * The form in which all ways of writing one number are equal: {@code +15550100} for {@code
   * +1-555-0100}, {@code 15550100}, {@code 0115550100} as far as the country code tells; what is no
   * phone number in lower case.
   */
  public String canonical(final String written) {
    final String bare = bare(written);
    final boolean international = bare.startsWith("+");
    final String digits = international ? bare.substring(1) : bare;
    if (digits.length() < LEAST_DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return written.toLowerCase(Locale.ROOT);
    }
    return "+" + (international || countryCode.isEmpty() ? digits : withCountry(digits));
  }

  private String withCountry(final String digits) {
    final boolean northAmerica = countryCode.equals(NORTH_AMERICA);
    final String exit = northAmerica ? "011" : "00";
    if (digits.startsWith(exit)) {
      return digits.substring(exit.length());
    }
    if (digits.startsWith(countryCode)) {
      return digits;
    }
    return countryCode + (digits.startsWith("0") && !northAmerica ? digits.substring(1) : digits);
  }

  /** Without visual separators, where nothing but these and a number is there. */
  public static String bare(final String written) {
    final StringBuilder bare = new StringBuilder(written.length());
    for (int i = 0; i < written.length(); i++) {
      final char c = written.charAt(i);
      final boolean plus = c == '+' && bare.length() == 0;
      if (c >= '0' && c <= '9' || c == '*' || c == '#' || plus) {
        bare.append(c);
      } else if (SEPARATORS.indexOf(c) < 0) {
        return written;
      }
    }
    return bare.length() == 0 ? written : bare.toString();
  }
}
