package dev.conductor.media.agent;

import static dev.conductor.media.agent.Stage.CALL;
import static dev.conductor.media.agent.Stage.place;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.MixPlan;
import dev.conductor.media.play.Clip;
import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.rtp.Sequences;
import dev.conductor.media.status.MediaCounter;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents stepped by hand, heard over real sockets. */
class MediaEngineTest {
  private static final int MAIN = 0;
  private static final int BREAKOUT = 1;
  private static final int NONE = MixPlan.NO_MIX;

  /** Code words of clear, different loudness, both signs. */
  private static final int[] CODES = {0x20, 0xA5, 0x31, 0xB8};

  private Stage stage;

  @AfterEach
  void close() {
    if (stage != null) {
      stage.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void shouldLetThreeHearEachOtherLessThemselvesExactly(final int agents) {
    stage = new Stage(agents);
    stage.openCall(3);
    stage.plan(place(1, MAIN, MAIN), place(2, MAIN, MAIN), place(3, MAIN, MAIN));
    final SplittableRandom random = new SplittableRandom(agents);
    for (int tick = 0; tick < 200; tick++) {
      final int first = stage.phones.get(1L).say(Stage.halfScale(random));
      final int second = stage.phones.get(2L).say(Stage.halfScale(random));
      final int third = stage.phones.get(3L).say(Stage.halfScale(random));
      stage.tick();
      stage.assertHears(1, second + third);
      stage.assertHears(2, first + third);
      stage.assertHears(3, first + second);
    }
    assertThat(stage.count(MediaCounter.JITTER_PLAYED)).isEqualTo(600);
    assertThat(stage.count(MediaCounter.JITTER_CONCEALED)).isZero();
  }

  @Test
  void shouldMuteAtTheFirstTickBegunAfterTheCommand() {
    stage = new Stage(2);
    stage.openCall(2);
    stage.plan(place(1, MAIN, MAIN), place(2, MAIN, MAIN));
    for (int round = 0; round < 5; round++) {
      final int voice = sayAll(2)[0];
      stage.tick();
      stage.assertHears(2, voice);

      stage.plan(place(1, NONE, MAIN), place(2, MAIN, MAIN));
      sayAll(2);
      stage.tick();
      stage.assertHears(2, 0);

      stage.plan(place(1, MAIN, MAIN), place(2, MAIN, MAIN));
      final int again = sayAll(2)[0];
      stage.tick();
      stage.assertHears(2, again);
      stage.phones.get(1L).drain();
    }
  }

  @Test
  void shouldMoveAtTheFirstTickBegunAfterTheCommand() {
    stage = new Stage(2);
    stage.openCall(4);
    final MixPlan.Place[] together = {
      place(1, MAIN, MAIN), place(2, MAIN, MAIN), place(3, MAIN, MAIN), place(4, MAIN, MAIN)
    };
    final MixPlan.Place[] apart = {
      place(1, MAIN, MAIN),
      place(2, MAIN, MAIN),
      place(3, BREAKOUT, BREAKOUT),
      place(4, BREAKOUT, BREAKOUT)
    };
    for (int round = 0; round < 5; round++) {
      stage.plan(together);
      int[] voice = sayAll(4);
      stage.tick();
      for (int i = 0; i < 4; i++) {
        stage.assertHears(i + 1, Arrays.stream(voice).sum() - voice[i]);
      }
      stage.plan(apart);
      voice = sayAll(4);
      stage.tick();
      stage.assertHears(1, voice[1]);
      stage.assertHears(2, voice[0]);
      stage.assertHears(3, voice[3]);
      stage.assertHears(4, voice[2]);
    }
  }

  @Test
  void shouldPutOnlyTheLatestPlanInForceAndNeverAnOlderOne() {
    stage = new Stage(1);
    stage.openCall(2);
    stage.plan(place(1, NONE, MAIN), place(2, NONE, MAIN));
    stage.plan(place(1, MAIN, MAIN), place(2, MAIN, MAIN));
    final long before = stage.count(MediaCounter.PLANS);
    int[] voice = sayAll(2);
    stage.tick();
    stage.assertHears(1, voice[1]);
    assertThat(stage.count(MediaCounter.PLANS)).isEqualTo(before + 1);

    stage.engine.plan(new MixPlan(CALL, 1, 4, List.of(place(1, NONE, NONE))));
    voice = sayAll(2);
    stage.tick();
    stage.assertHears(1, voice[1]);
    assertThat(stage.count(MediaCounter.PLANS)).isEqualTo(before + 1);
  }

  @Test
  void shouldSeatWhoArrivesAfterThePlanThatNamesHim() {
    stage = new Stage(2);
    stage.open(1);
    stage.open(2);
    stage.plan(place(1, MAIN, MAIN), place(2, MAIN, MAIN));
    stage.ticks(3);
    stage.engine.admit(1, CALL);
    stage.engine.admit(2, CALL);
    for (int i = 0; i < 4; i++) {
      sayAll(2);
      stage.tick();
    }
    stage.phones.values().forEach(Phone::drain);
    final int[] voice = sayAll(2);
    stage.tick();
    stage.assertHears(1, voice[1]);
    stage.assertHears(2, voice[0]);
  }

  /** Agents work in order, so one way the session arrives in the tick it left in. */
  @ParameterizedTest
  @CsvSource({"true, false", "false, false", "true, true", "false, true"})
  void shouldSendOnePacketEveryTickWithoutABreakThroughTheHandover(
      final boolean forward, final boolean speaks) {
    stage = new Stage(2);
    Phone phone = stage.open(1);
    if (!forward) {
      phone = stage.open(2);
    }
    final long moved = forward ? 1 : 2;
    // The least loaded agent becomes the home: the second, or with one on each the first.
    if (!speaks) {
      stage.plan(place(moved, MAIN, MAIN));
    }
    for (int tick = 0; speaks && tick < 10; tick++) {
      phone.say(CODES[0]);
      stage.tick();
    }
    phone.drain();
    stage.tick();
    assertThat(phone.receive()).isTrue();
    int sequence = RtpHeader.sequence(phone.packet(), 0);
    int timestamp = RtpHeader.timestamp(phone.packet(), 0);
    final int ssrc = RtpHeader.ssrc(phone.packet(), 0);
    for (int tick = 0; tick < 20; tick++) {
      if (tick == 5) {
        stage.engine.admit(moved, CALL);
      }
      if (speaks) {
        phone.say(CODES[0]);
      }
      stage.tick();
      int packets = 0;
      while (phone.receive()) {
        packets++;
        sequence = Sequences.next(sequence);
        timestamp += 160;
        assertThat(RtpHeader.sequence(phone.packet(), 0)).isEqualTo(sequence);
        assertThat(RtpHeader.timestamp(phone.packet(), 0)).isEqualTo(timestamp);
        assertThat(RtpHeader.ssrc(phone.packet(), 0)).isEqualTo(ssrc);
        assertThat(RtpHeader.marker(phone.packet(), 0)).isFalse();
      }
      assertThat(packets).isEqualTo(1);
    }
    assertThat(stage.count(MediaCounter.SESSIONS_HANDED_OVER)).isEqualTo(1);
  }

  @Test
  void shouldOpenWhereTheFewestAreAlsoWhenSomeWereHandedOver() {
    stage = new Stage(2);
    stage.open(1);
    stage.open(2);
    stage.engine.admit(1, CALL);
    stage.engine.admit(2, CALL);
    stage.ticks(3);
    assertThat(stage.count(MediaCounter.SESSIONS_HANDED_OVER)).isEqualTo(1);
    // Both are at their call's home; so the next begins at the other agent.
    stage.open(3);
    stage.engine.admit(3, CALL);
    stage.ticks(3);
    assertThat(stage.count(MediaCounter.SESSIONS_HANDED_OVER)).isEqualTo(2);
  }

  @Test
  void shouldCarryOutWhatIsAskedOfASessionOnItsWay() {
    stage = new Stage(2, new Clip("beep", 8_000, new short[320]));
    stage.open(1);
    stage.open(2);
    for (final long id : new long[] {1, 2}) {
      assertThat(stage.engine.admit(id, CALL)).isTrue();
      assertThat(stage.engine.prompt(id, List.of("beep"), 70 + id)).isTrue();
    }
    stage.ticks(6);
    assertThat(stage.events).contains("prompt 1 71", "prompt 2 72");
    for (final long id : new long[] {1, 2}) {
      stage.engine.close(id);
    }
    stage.ticks(4);
    assertThat(stage.events).contains("closed 1", "closed 2");
    assertThat(stage.engine.sessions()).isZero();
  }

  @Test
  void shouldEndASessionThatIsClosedAndAdmittedInOneTick() {
    stage = new Stage(2);
    stage.open(1);
    stage.open(2);
    for (final long id : new long[] {1, 2}) {
      stage.engine.admit(id, CALL);
      stage.engine.close(id);
    }
    stage.ticks(6);
    assertThat(stage.events).contains("closed 1", "closed 2");
    assertThat(stage.engine.sessions()).isZero();
  }

  @Test
  void shouldPlayAPromptOverSilenceInTheLobbyAndTellItsEndOnce() {
    final short[] samples = new short[480];
    Arrays.fill(samples, (short) 8_031);
    stage = new Stage(1, new Clip("greeting", 8_000, samples));
    stage.open(1);
    stage.engine.prompt(1, List.of("greeting", "no-such-clip"), 9);
    for (int i = 0; i < 3; i++) {
      stage.tick();
      stage.assertHears(1, 8_031);
    }
    stage.tick();
    stage.assertHears(1, 0);
    assertThat(stage.events).containsOnlyOnce("prompt 1 9");
    assertThat(stage.count(MediaCounter.CLIPS_UNKNOWN)).isEqualTo(1);

    stage.engine.prompt(1, List.of("greeting"), 10);
    stage.tick();
    stage.assertHears(1, 8_031);
    stage.engine.stopPrompt(1);
    stage.ticks(5);
    assertThat(stage.events).doesNotContain("prompt 1 10");
  }

  @Test
  void shouldTellTheEndOfAPromptThatHasNoKnownClip() {
    stage = new Stage(1);
    stage.open(1);
    stage.engine.prompt(1, List.of("no-such-clip"), 4);
    stage.ticks(2);
    assertThat(stage.events).contains("prompt 1 4");
  }

  @Test
  void shouldTellDigitsAndTheFirstPacketAndTalking() {
    stage = new Stage(1);
    stage.openCall(2);
    stage.plan(place(1, MAIN, MAIN), place(2, MAIN, MAIN));
    final Phone phone = stage.phones.get(1L);
    for (final char digit : "42#".toCharArray()) {
      final int pressedAt = phone.timestamp;
      phone.press(digit, pressedAt, false, 160);
      phone.press(digit, pressedAt, true, 320);
      phone.timestamp += 1_600;
      stage.ticks(5);
    }
    assertThat(stage.events).containsSubsequence("first 1", "digit 1 4", "digit 1 2", "digit 1 #");
    assertThat(stage.events.stream().filter(e -> e.startsWith("digit"))).hasSize(3);

    for (int i = 0; i < 60; i++) {
      phone.say(i % 12 < 6 ? 0xFF : 0x10);
      stage.tick();
    }
    assertThat(stage.events).contains("talking 1 true").doesNotContain("talking 1 false");
    stage.plan(place(1, NONE, MAIN), place(2, MAIN, MAIN));
    stage.tick();
    assertThat(stage.events).contains("talking 1 false");
  }

  @Test
  void shouldRefuseAndCountWhenTheHatchIsFullButNeverAnEndNorAPlan() {
    stage = new Stage(1);
    stage.openCall(2);
    final long before = stage.count(MediaCounter.COMMANDS_REFUSED);
    int accepted = 0;
    while (stage.engine.stopPrompt(1)) {
      accepted++;
    }
    assertThat(accepted).isBetween(1_000, 10_000);
    assertThat(stage.engine.open(9, Stage.spec(stage.phones.get(1L).address()))).isFalse();
    assertThat(stage.count(MediaCounter.COMMANDS_REFUSED)).isEqualTo(before + 2);
    assertThat(stage.engine.close(2)).isTrue();
    stage.plan(place(1, NONE, NONE));
    stage.tick();
    assertThat(stage.count(MediaCounter.PLANS)).isEqualTo(1);
    stage.ticks(8);
    assertThat(stage.events).contains("closed 2");
    assertThat(stage.engine.stopPrompt(1)).isTrue();
  }

  @Test
  void shouldEndASessionThatIsClosedWhileItsAdmissionWaitsForRoomElsewhere() {
    stage = new Stage(3);
    stage.open(1);
    stage.open(2);
    // The one agent without a session becomes the home of another call, and is then kept busy.
    stage.engine.plan(new MixPlan(9, 1, 1, List.of()));
    stage.open(3);
    while (stage.engine.close(3)) {
      assertThat(stage.count(MediaCounter.COMMANDS_REFUSED)).isZero();
    }
    stage.engine.endCall(9);
    for (final long id : new long[] {1, 2}) {
      assertThat(stage.engine.admit(id, CALL)).isTrue();
      assertThat(stage.engine.close(id)).isTrue();
    }
    stage.ticks(12);
    assertThat(stage.events).contains("closed 1", "closed 2", "closed 3");
    assertThat(stage.engine.sessions()).isZero();
  }

  @Test
  void shouldKeepAPortInQuarantineAndSayWhenThereIsNone() {
    final int port = Stage.freePair();
    stage = new Stage(1, port, port + 1, 1_000);
    stage.open(1);
    stage.engine.open(2, Stage.spec(stage.phones.get(1L).address()));
    stage.ticks(2);
    assertThat(stage.events).contains("failed 2 no port is free in rtp.first-port..rtp.last-port");
    stage.engine.close(1);
    stage.ticks(3);
    assertThat(stage.events).contains("closed 1");
    stage.engine.open(3, Stage.spec(stage.phones.get(1L).address()));
    stage.ticks(2);
    assertThat(stage.events).contains("failed 3 no port is free in rtp.first-port..rtp.last-port");
    stage.ticks(50);
    stage.engine.open(4, Stage.spec(stage.phones.get(1L).address()));
    stage.ticks(2);
    assertThat(stage.events).contains("opened 4");
  }

  @Test
  void shouldGiveThePortBackWhenASessionIsClosedWhileItOpens() {
    final int port = Stage.freePair();
    stage = new Stage(1, port, port + 1, 0);
    for (final long id : new long[] {1, 2, 3}) {
      assertThat(stage.engine.open(id, Stage.spec(null))).isTrue();
      stage.tick();
      assertThat(stage.engine.close(id)).isTrue();
      stage.ticks(4);
      assertThat(stage.events).contains("closed " + id).doesNotContain("opened " + id);
    }
    assertThat(stage.engine.sessions()).isZero();
    stage.open(4);
    assertThat(stage.events).contains("opened 4");
  }

  @Test
  void shouldCatchUpThreeTicksAndSkipTheRestWithTheMarkerSet() {
    stage = new Stage(1);
    final Phone phone = stage.open(1);
    stage.tick();
    assertThat(phone.receive()).isTrue();
    final int sequence = RtpHeader.sequence(phone.packet(), 0);
    final int timestamp = RtpHeader.timestamp(phone.packet(), 0);
    // Ten ticks are missed, and the eleventh is due.
    stage.clock.advance(11 * Stage.TICK_NS);
    int ticks = 0;
    while (stage.engine.step() > 0) {
      ticks++;
    }
    assertThat(ticks).isEqualTo(4);
    assertThat(stage.count(MediaCounter.TICKS_SKIPPED)).isEqualTo(7);
    for (int i = 1; i <= 4; i++) {
      assertThat(phone.receive()).isTrue();
      assertThat(RtpHeader.sequence(phone.packet(), 0)).isEqualTo(Sequences.unsigned(sequence + i));
      assertThat(RtpHeader.timestamp(phone.packet(), 0)).isEqualTo(timestamp + (7 + i) * 160);
      assertThat(RtpHeader.marker(phone.packet(), 0)).isEqualTo(i == 1);
    }
    assertThat(stage.engine.tickLateness().sumNs()).isGreaterThanOrEqualTo(190_000_000L);
  }

  @Test
  void shouldDoNothingBeforeATickIsDue() {
    stage = new Stage(1);
    stage.tick();
    final long ticks = stage.count(MediaCounter.TICKS);
    stage.clock.advance(Stage.TICK_NS - 1);
    assertThat(stage.engine.step()).isZero();
    stage.clock.advance(1);
    assertThat(stage.engine.step()).isEqualTo(1);
    assertThat(stage.count(MediaCounter.TICKS)).isEqualTo(ticks + 1);
  }

  private int[] sayAll(final int count) {
    final int[] voices = new int[count];
    for (int i = 0; i < count; i++) {
      voices[i] = stage.phones.get(i + 1L).say(CODES[i]);
    }
    return voices;
  }
}
