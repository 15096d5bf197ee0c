package dev.conductor.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.model.Times;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatesTest {
  @ParameterizedTest
  @CsvSource({
    "2015-10-23T12:30:00Z, America/Los_Angeles, Fri Oct 23 05:30:00 PDT 2015",
    "2026-01-05T20:04:09Z, America/Los_Angeles, Mon Jan 05 12:04:09 PST 2026",
    "2026-07-01T00:00:00Z, America/Phoenix, Tue Jun 30 17:00:00 MST 2026",
    "2026-07-01T00:00:00Z, America/New_York, Tue Jun 30 20:00:00 EDT 2026",
    "2026-01-01T04:59:59Z, America/New_York, Wed Dec 31 23:59:59 EST 2025",
    "2026-07-01T00:00:00Z, America/Chicago, Tue Jun 30 19:00:00 CDT 2026",
    "2026-07-01T00:00:00Z, America/Regina, Tue Jun 30 18:00:00 CST 2026",
    "2026-07-01T00:00:00Z, America/Denver, Tue Jun 30 18:00:00 MDT 2026",
    "2026-07-01T00:00:00Z, America/Halifax, Tue Jun 30 21:00:00 ADT 2026",
    "2026-07-01T00:00:00Z, America/St_Johns, Tue Jun 30 21:30:00 NDT 2026",
    "2026-01-01T00:00:00Z, America/Anchorage, Wed Dec 31 15:00:00 AKST 2025",
    "2026-07-01T00:00:00Z, Pacific/Honolulu, Tue Jun 30 14:00:00 HST 2026",
    "2026-01-01T00:00:00Z, Europe/London, Thu Jan 01 00:00:00 GMT 2026",
    "2026-07-01T00:00:00Z, Europe/London, Wed Jul 01 01:00:00 BST 2026",
    "2026-01-01T00:00:00Z, Europe/Dublin, Thu Jan 01 00:00:00 GMT 2026",
    "2026-07-01T00:00:00Z, Europe/Dublin, Wed Jul 01 01:00:00 IST 2026",
    "2026-07-01T00:00:00Z, Europe/Lisbon, Wed Jul 01 01:00:00 WEST 2026",
    "2026-01-01T00:00:00Z, Europe/Berlin, Thu Jan 01 01:00:00 CET 2026",
    "2026-07-01T00:00:00Z, Europe/Paris, Wed Jul 01 02:00:00 CEST 2026",
    "2026-07-01T00:00:00Z, Europe/Kyiv, Wed Jul 01 03:00:00 EEST 2026",
    "2026-07-01T00:00:00Z, Europe/Moscow, Wed Jul 01 03:00:00 MSK 2026",
    "2026-07-01T00:00:00Z, Europe/Istanbul, Wed Jul 01 03:00:00 GMT+03:00 2026",
    "2026-01-01T00:00:00Z, Australia/Sydney, Thu Jan 01 11:00:00 AEDT 2026",
    "2026-07-01T00:00:00Z, Australia/Brisbane, Wed Jul 01 10:00:00 AEST 2026",
    "2026-07-01T00:00:00Z, Australia/Adelaide, Wed Jul 01 09:30:00 ACST 2026",
    "2026-07-01T00:00:00Z, Australia/Perth, Wed Jul 01 08:00:00 AWST 2026",
    "2026-07-01T00:00:00Z, America/Sao_Paulo, Tue Jun 30 21:00:00 GMT-03:00 2026",
    "2026-07-01T00:00:00Z, Asia/Kolkata, Wed Jul 01 05:30:00 GMT+05:30 2026",
    "2026-07-01T00:00:00Z, Africa/Accra, Wed Jul 01 00:00:00 GMT 2026",
    "2026-07-01T00:00:00Z, UTC, Wed Jul 01 00:00:00 UTC 2026",
    "2026-07-01T00:00:00Z, Etc/UTC, Wed Jul 01 00:00:00 UTC 2026",
  })
  void shouldWriteTheDocumentsDateInTheZone(
      final String instant, final String zone, final String expected) {
    final long timeMs = Instant.parse(instant).toEpochMilli();
    assertThat(Dates.printed(ZoneId.of(zone)).text(timeMs)).isEqualTo(expected);
  }

  @Test
  void shouldSayWhichHourWhenTheClockGoesBack() {
    final Dates dates = Dates.printed(ZoneId.of("America/New_York"));
    final long firstMs = Instant.parse("2026-11-01T05:30:00Z").toEpochMilli();
    assertThat(dates.text(firstMs)).isEqualTo("Sun Nov 01 01:30:00 EDT 2026");
    assertThat(dates.text(firstMs + 3_600_000)).isEqualTo("Sun Nov 01 01:30:00 EST 2026");
  }

  @Test
  void shouldSpeakEnglishWhateverTheMachineSpeaks() {
    final Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(Dates.printed(ZoneId.of("Asia/Kolkata")).text(0))
          .isEqualTo("Thu Jan 01 05:30:00 GMT+05:30 1970");
      assertThat(Dates.isoText(0)).isEqualTo("1970-01-01T00:00:00.000Z");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void shouldWriteInstantsWithMilliseconds() {
    assertThat(Dates.iso().text(1_769_850_900_123L)).isEqualTo("2026-01-31T09:15:00.123Z");
    assertThat(Dates.iso().text(1_769_850_900_000L)).isEqualTo("2026-01-31T09:15:00.000Z");
  }

  @Test
  void shouldBeEmptyForNoMoment() {
    assertThat(Dates.iso().text(Times.NONE)).isEmpty();
    assertThat(Dates.printed(ZoneId.of("UTC")).text(Times.NONE)).isEmpty();
  }

  @Test
  void shouldHaveAShortNameForEveryZoneOfTheCountriesListed() {
    final long winterMs = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    final long summerMs = Instant.parse("2026-07-01T00:00:00Z").toEpochMilli();
    final var without =
        ZoneId.getAvailableZoneIds().stream()
            .filter(id -> id.matches("(US|Canada)/.*"))
            .filter(
                id -> {
                  final Dates dates = Dates.printed(ZoneId.of(id));
                  return (dates.text(winterMs) + dates.text(summerMs)).matches(".*GMT[+-].*");
                });
    // Samoa is no state.
    assertThat(without).containsOnly("US/Samoa");
  }
}
