package dev.conductor.signaling.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a registration with a trunk is asked for again. */
class RegistrationTimesTest {
  private static final long SECOND_NS = 1_000_000_000L;

  private final Registration registration = new Registration(3_600, 0);

  /** Answered at this second it is due at that one, and not a second before. */
  private void assertDue(final long seconds) {
    assertThat(registration.isDue((seconds - 1) * SECOND_NS)).isFalse();
    assertThat(registration.isDue(seconds * SECOND_NS)).isTrue();
  }

  @Test
  void shouldAskAgainBeforeWhatWasGrantedIsOver() {
    assertThat(registration.isDue(0)).isTrue();
    registration.sent();
    assertThat(registration.isDue(SECOND_NS)).as("one is on its way").isFalse();
    registration.granted(100, 0);
    assertDue(80);
    registration.granted(0, 0);
    assertThat(registration.isDue(SECOND_NS / 2)).as("never without end").isFalse();
  }

  @Test
  void shouldWaitLongerAfterEachFailureUntilItIsGranted() {
    for (final long seconds : new long[] {2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
      registration.failed(0);
      assertDue(seconds);
    }
    registration.granted(100, 0);
    registration.failed(0);
    assertDue(2);
  }

  @Test
  void shouldAskForMoreAtOnceWhereItWasTooBriefAndWaitWhereItWasNot() {
    registration.sent();
    registration.tooBrief(7_200, SECOND_NS);
    assertThat(registration.wishedSeconds()).isEqualTo(7_200);
    assertThat(registration.isDue(SECOND_NS)).isTrue();
    registration.sent();
    registration.tooBrief(7_200, 0);
    assertDue(2);
    assertThat(registration.wishedSeconds()).isEqualTo(7_200);
  }
}
