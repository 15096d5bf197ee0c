package dev.conductor.http;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;

/**
 * Reads the dates of the Conference Management API: {@code yyyy.MM.dd HH:mm:ss} in the customer's
 * zone, or ISO 8601 with an offset. A time that a change to daylight-saving time leaves out is
 * moved on by as much as the clocks are; of one that is there twice the first is meant. Any thread.
 */
final class AccountDates {
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuu.MM.dd HH:mm:ss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final int MIN_YEAR = 1970;
  private static final int MAX_YEAR = 9999;

  private AccountDates() {}

  /** Unix time in milliseconds; a {@link Refusal} names the parameter when the text is no date. */
  static long millis(final String parameter, final String text, final ZoneId zone) {
    final String date = text.strip();
    try {
      final OffsetDateTime at =
          date.indexOf('T') > 0
              // A plus sign that was not escaped arrives as a blank.
              ? OffsetDateTime.parse(date.replace(' ', '+'))
              : LocalDateTime.parse(date, LOCAL).atZone(zone).toOffsetDateTime();
      if (at.getYear() > MIN_YEAR && at.getYear() < MAX_YEAR) {
        return at.toInstant().toEpochMilli();
      }
    } catch (final DateTimeException noDate) {
      throw refusal(parameter, date);
    }
    throw refusal(parameter, date);
  }

  private static Refusal refusal(final String parameter, final String date) {
    return Refusal.parameter(
        parameter,
        Values.shown(date) + " is neither yyyy.MM.dd HH:mm:ss nor ISO 8601 with an offset");
  }
}
