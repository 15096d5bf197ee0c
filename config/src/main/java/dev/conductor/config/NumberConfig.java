package dev.conductor.config;

import java.util.List;

/**
 * How numbers in section {@code sip} are read. Any thread; immutable.
 *
 * @param countryCode country code of the numbers we have, without {@code +}; empty: numbers are
 *     only compared as they are, {@code +} or not
 * @param didFrom where the number that was dialled is read: REQUEST-URI, TO or DIVERSION
 */
public record NumberConfig(String countryCode, String didFrom) {
  /** The values of {@code didFrom}. */
  static final List<String> DID_FROM = List.of("REQUEST-URI", "TO", "DIVERSION");

  /** Checks every value. */
  public NumberConfig {
    if (!countryCode.matches("([1-9]\\d{0,2})?")) {
      throw new ConfigException(
          "sip.country-code", "=" + countryCode + " is not a country code of 1 to 3 digits");
    }
    Checks.oneOf("sip.did-from", didFrom, DID_FROM);
  }
}
