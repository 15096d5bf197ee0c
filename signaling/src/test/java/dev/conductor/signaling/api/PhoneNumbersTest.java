package dev.conductor.signaling.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneNumbersTest {
  @ParameterizedTest
  @CsvSource({
    "1, +1 (555) 555-0100, +15555550100",
    "1, 15555550100, +15555550100",
    "1, 5555550100, +15555550100",
    "1, 01115555550100, +15555550100",
    "1, 011442071234567, +442071234567",
    "44, 02071234567, +442071234567",
    "44, 00442071234567, +442071234567",
    "44, 442071234567, +442071234567",
    "44, 0015555550100, +15555550100",
    "'', 15555550100, +15555550100",
    "'', +15555550100, +15555550100",
    "1, 4711, 4711",
    "1, Demo, demo",
    "1, 5550100*4711, 5550100*4711",
  })
  void shouldWriteEachNumberInOneWay(
      final String countryCode, final String written, final String canonical) {
    assertThat(new PhoneNumbers(countryCode).canonical(written)).isEqualTo(canonical);
  }
}
