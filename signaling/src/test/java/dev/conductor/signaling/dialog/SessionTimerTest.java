package dev.conductor.signaling.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.signaling.dialog.SessionTimer.Due;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Session timers (RFC 4028), their clock stepped by hand. */
class SessionTimerTest {
  private static final long SECOND_NS = 1_000_000_000L;

  /** A clock may begin anywhere, and pass its end. */
  private static final long BEGIN_NS = Long.MAX_VALUE - 50 * SECOND_NS;

  private final SessionTimer timer = new SessionTimer();

  private static long at(final int second) {
    return BEGIN_NS + second * SECOND_NS;
  }

  @ParameterizedTest(name = "wish {0}: supported {1}, SE {2}, Min-SE {3}, refresher {4}")
  @CsvSource({
    // The far end knows timers: its own wish counts, down to ours.
    "1800, true,    0,    0, NONE, 1800, uac",
    "1800, true,  600,    0, NONE,  600, uac",
    "1800, true,  600,    0, UAC,   600, uac",
    "1800, true,  600,    0, UAS,   600, uas",
    "1800, true, 7200,    0, NONE, 1800, uac",
    "1800, true, 7200, 3600, NONE, 3600, uac",
    "1800, true,   90,   90, UAS,    90, uas",
    "1800, true,   89,    0, NONE,    0, 422",
    // We have no wish: only what it asks for.
    "0,    true,    0,    0, NONE,    0, none",
    "0,    true, 7200,    0, UAS,  7200, uas",
    // A proxy asks, the far end knows nothing of it: it is up to us, and 422 would not be
    // understood.
    "1800, false,   0,    0, NONE,    0, none",
    "1800, false, 600,    0, NONE,  600, uas",
    "1800, false,  30,    0, NONE,   90, uas",
    "1800, false, 600,  900, NONE,  900, uas"
  })
  void shouldAgreeWhateverTheRequestSays(
      final int wishS,
      final boolean supported,
      final int expiresS,
      final int minSeS,
      final Refresher refresher,
      final int agreedS,
      final String who) {
    final SessionTerms terms =
        new SessionRules(wishS, 90).answer(new SessionAsk(supported, expiresS, minSeS, refresher));
    assertThat(terms.tooBrief()).isEqualTo(who.equals("422"));
    assertThat(terms.expiresS()).isEqualTo(agreedS);
    assertThat(terms.weRefresh()).isEqualTo(who.equals("uas"));
  }

  @Test
  void shouldBeDueForNothingWhenNoTimerWasAgreed() {
    timer.agree(SessionTerms.NONE, at(0));
    assertThat(timer.running()).isFalse();
    assertThat(timer.due(at(1_000_000))).isEqualTo(Due.NOTHING);
  }

  @ParameterizedTest
  @CsvSource({"90, 45, 60", "96, 48, 64", "600, 300, 568", "1800, 900, 1768"})
  void shouldRefreshAtHalfAndEndBeforeTheWhole(
      final int expiresS, final int refreshS, final int overS) {
    timer.agree(new SessionTerms(expiresS, true, false, true), at(0));
    assertThat(timer.nextNs()).isEqualTo(at(refreshS));
    assertThat(timer.due(at(refreshS) - 1)).isEqualTo(Due.NOTHING);
    assertThat(timer.due(at(refreshS))).isEqualTo(Due.REFRESH);
    assertThat(timer.due(at(refreshS))).as("told once").isEqualTo(Due.NOTHING);
    assertThat(timer.nextNs()).isEqualTo(at(overS));
    assertThat(timer.due(at(overS) - 1)).isEqualTo(Due.NOTHING);
    assertThat(timer.due(at(overS))).isEqualTo(Due.EXPIRED);
    assertThat(timer.due(at(overS))).as("told once").isEqualTo(Due.NOTHING);
  }

  @Test
  void shouldWaitForTheFarEndWhenItRefreshes() {
    timer.agree(new SessionTerms(90, false, false, true), at(0));
    assertThat(timer.due(at(59))).isEqualTo(Due.NOTHING);
    timer.agree(new SessionTerms(90, false, false, true), at(59));
    assertThat(timer.due(at(60))).isEqualTo(Due.NOTHING);
    assertThat(timer.due(at(119))).isEqualTo(Due.EXPIRED);
  }

  @Test
  void shouldTryAgainWhenARefreshWasRefused() {
    timer.agree(new SessionTerms(600, true, false, true), at(0));
    assertThat(timer.due(at(300))).isEqualTo(Due.REFRESH);
    timer.tryAgainAt(at(310));
    assertThat(timer.nextNs()).isEqualTo(at(310));
    assertThat(timer.due(at(309))).isEqualTo(Due.NOTHING);
    assertThat(timer.due(at(310))).isEqualTo(Due.REFRESH);
    timer.tryAgainAt(at(5_000));
    assertThat(timer.nextNs()).as("not beyond the end").isEqualTo(at(568));
    assertThat(timer.due(at(568))).isEqualTo(Due.EXPIRED);
  }

  @Test
  void shouldAskForMoreWhenTheFarEndWantsIt() {
    timer.agree(new SessionTerms(90, true, false, true), at(0));
    assertThat(timer.due(at(45))).isEqualTo(Due.REFRESH);
    timer.raiseTo(1_200, at(46));
    assertThat(timer.due(at(46))).isEqualTo(Due.REFRESH);
    assertThat(timer.expiresS()).isEqualTo(1_200);
    assertThat(timer.due(at(60))).as("the old session ends as agreed").isEqualTo(Due.EXPIRED);
  }

  @Test
  void shouldWaitAtRandomAsTheRfcSaysAfterGlare() {
    final SplittableRandom random = new SplittableRandom(491);
    int leastOwnerMs = Integer.MAX_VALUE;
    int mostOtherMs = 0;
    for (int i = 0; i < 10_000; i++) {
      final int ownerMs = Glare.delayMs(true, random);
      final int otherMs = Glare.delayMs(false, random);
      assertThat(ownerMs).isBetween(2_100, 4_000);
      assertThat(otherMs).isBetween(0, 2_000);
      assertThat(ownerMs % 10 + otherMs % 10).isZero();
      leastOwnerMs = Math.min(leastOwnerMs, ownerMs);
      mostOtherMs = Math.max(mostOtherMs, otherMs);
    }
    assertThat(leastOwnerMs).isEqualTo(2_100);
    assertThat(mostOtherMs).isEqualTo(2_000);
  }
}
