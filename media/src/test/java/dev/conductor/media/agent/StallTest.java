package dev.conductor.media.agent;

import static dev.conductor.media.agent.Stage.place;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.codec.G711Ulaw;
import dev.conductor.media.status.MediaCounter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent that could not run for a while does not make up for it with more work than before. */
class StallTest {
  private static final int CALLERS = 3;
  private static final int CATCH_UP_TICKS = 3;
  private static final MediaCounter[] WORK = {
    MediaCounter.RTP_RECEIVED,
    MediaCounter.JITTER_PLAYED,
    MediaCounter.JITTER_RESTED,
    MediaCounter.JITTER_OVERFLOW,
    MediaCounter.JITTER_CONCEALED,
    MediaCounter.JITTER_SHRUNK,
    MediaCounter.JITTER_STRETCHED,
    MediaCounter.JITTER_LATE
  };

  private final Stage stage = new Stage(1);
  private final Map<MediaCounter, Long> before = new EnumMap<>(MediaCounter.class);
  private int hummed;
  private int said;

  @BeforeEach
  void openCall() {
    stage.openCall(CALLERS);
    stage.plan(place(1, 0, 0), place(2, 0, 0), place(3, 0, 0));
    for (int i = 0; i < 100; i++) {
      say();
      stage.tick();
    }
    stage.phones.values().forEach(Phone::drain);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private int say() {
    said++;
    othersSaySilence();
    return stage.phones.get(1L).say(said % 100);
  }

  private void othersSaySilence() {
    for (long id = 2; id <= CALLERS; id++) {
      stage.phones.get(id).say(0xFF);
    }
  }

  private void stall(final int ticks) {
    for (int i = 0; i < ticks; i++) {
      say();
      stage.clock.advance(Stage.TICK_NS);
    }
  }

  private void mark() {
    for (final MediaCounter counter : WORK) {
      before.put(counter, stage.count(counter));
    }
  }

  private long since(final MediaCounter counter) {
    return stage.count(counter) - before.get(counter);
  }

  @Test
  void shouldReadFewOfAFloodInATickAndHearTheOthers() {
    for (int tick = 0; tick < 60; tick++) {
      mark();
      for (int packet = 0; packet < 30; packet++) {
        stage.phones.get(3L).say(0xFF);
      }
      stage.phones.get(2L).say(0xFF);
      final short word = stage.phones.get(1L).say(0x20);
      stage.tick();
      assertThat(since(MediaCounter.RTP_RECEIVED)).isLessThanOrEqualTo(2 + 9);
      stage.assertHears(2, word);
    }
    assertThat(stage.count(MediaCounter.RTP_READ_LIMIT)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void shouldReadOnePacketATickWhileTicksAreLate(final int ticks) {
    mark();
    stall(ticks);
    for (int i = 1; i <= ticks; i++) {
      assertThat(stage.engine.step()).isPositive();
      assertThat(since(MediaCounter.RTP_RECEIVED)).isEqualTo((long) i * CALLERS);
      assertThat(since(MediaCounter.JITTER_PLAYED)).isEqualTo((long) i * CALLERS);
    }
    assertThat(stage.engine.step()).isZero();
    hearEverythingAtOnce();
    assertThat(since(MediaCounter.JITTER_OVERFLOW)).isZero();
    assertThat(since(MediaCounter.JITTER_CONCEALED)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 9, 12, 24, 28, 31})
  void shouldDropWhatGrewOldWhileTicksWereSkipped(final int ticks) {
    mark();
    stall(ticks);
    int run = 0;
    while (stage.engine.step() > 0) {
      run++;
    }
    assertThat(run).isEqualTo(1 + CATCH_UP_TICKS);
    assertThat(since(MediaCounter.RTP_RECEIVED)).isEqualTo((long) ticks * CALLERS);
    assertThat(since(MediaCounter.JITTER_PLAYED)).isEqualTo((long) run * CALLERS);
    assertThat(since(MediaCounter.JITTER_OVERFLOW)).isEqualTo((long) (ticks - run) * CALLERS);
    hearEverythingAtOnce();
    assertThat(since(MediaCounter.JITTER_PLAYED)).isEqualTo((long) (run + 100) * CALLERS);
  }

  /** More waits than a tick reads: it is read in the next ones, and none of it is heard. */
  @ParameterizedTest
  @ValueSource(ints = {40, 60, 100, 125, 150, 200})
  void shouldHearNothingOldAfterALongStall(final int ticks) {
    mark();
    stall(ticks);
    stage.phones.get(2L).drain();
    final Phone talker = stage.phones.get(1L);
    for (int due = CATCH_UP_TICKS; due >= 0; due--) {
      assertThat(stage.engine.step()).isPositive();
      hearThisOrNothing(talker.codecSample((said - due) % 100));
    }
    assertThat(stage.engine.step()).isZero();
    for (int i = 0; i < 4; i++) {
      final short voice = (short) say();
      stage.tick();
      hearThisOrNothing(voice);
    }
    assertThat(since(MediaCounter.RTP_RECEIVED)).isEqualTo((ticks + 4L) * CALLERS);
    hearEverythingAtOnce();
  }

  private void hearThisOrNothing(final short voice) {
    assertThat(stage.phones.get(2L).receive()).isTrue();
    assertThat(stage.phones.get(2L).heard()[Phone.FRAME_SAMPLES - 1]).isIn(voice, (short) 0);
  }

  /** What was lost on the way is made up for by nothing that a tick needs that is due. */
  @ParameterizedTest
  @ValueSource(ints = {9, 20, 28})
  void shouldPlayInEachLateTickWhatIsItsOwnThoughPacketsWereLost(final int ticks) {
    mark();
    for (int i = 0; i < ticks; i++) {
      if (i == 2 || i == 4) {
        stage.phones.values().forEach(Phone::lose);
      } else {
        say();
      }
      stage.clock.advance(Stage.TICK_NS);
    }
    playInEachLateTick();
  }

  /** As much is held as may be, so that what is read finds no room for all of it. */
  @ParameterizedTest
  @ValueSource(ints = {24, 28, 31, 32, 34})
  void shouldPlayInEachLateTickWhatIsItsOwnThoughMuchIsHeld(final int ticks) {
    for (int i = 0; i < 5; i++) {
      stage.tick();
    }
    for (int i = 0; i < 5; i++) {
      say();
    }
    for (int i = 0; i < 60; i++) {
      say();
      stage.tick();
    }
    mark();
    stall(ticks);
    playInEachLateTick();
  }

  private void playInEachLateTick() {
    for (int i = 1; i <= 1 + CATCH_UP_TICKS; i++) {
      assertThat(stage.engine.step()).isPositive();
      assertThat(since(MediaCounter.JITTER_PLAYED)).isEqualTo((long) i * CALLERS);
    }
    assertThat(stage.engine.step()).isZero();
    hearEverythingAtOnce();
  }

  /** Or else a server that is late once has more to do from then on, and stays late. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 9, 24, 28, 31, 60, 100})
  void shouldLetLinesRestHoweverLateTicksAre(final int ticks) {
    stall(ticks);
    for (int i = 0; i < 20; i++) {
      assertThat(stage.engine.step()).isPositive();
      stall(1);
      if (i == 5) {
        mark();
      }
    }
    assertThat(since(MediaCounter.RTP_RECEIVED)).isEqualTo(14L * CALLERS);
    assertThat(since(MediaCounter.JITTER_PLAYED)).isEqualTo(14L * CALLERS);
    assertThat(since(MediaCounter.JITTER_RESTED)).isEqualTo(14L * CALLERS);
    int due = 0;
    while (stage.engine.step() > 0) {
      due++;
    }
    assertThat(due).as("as late as before").isEqualTo(Math.min(ticks, 1 + CATCH_UP_TICKS));
    hearEverythingAtOnce();
  }

  /** What brings no sound takes no tick's place, or else all that follows would be heard later. */
  @Test
  void shouldHearNothingLaterForWhatBringsNoSoundWhileTicksAreLate() {
    stall(9);
    final Phone talker = stage.phones.get(1L);
    final Phone listener = stage.phones.get(2L);
    stage.engine.step();
    for (int i = 0; i < 40; i++) {
      // Said by now, and due: all that was said but what waits for the ticks that are due.
      final int word = talker.codecSample((said - CATCH_UP_TICKS + 1) % 100);
      stall(1);
      if (i > 5 && i < 30) {
        talker.resendLatest();
        talker.press('5', 1_000 + i, true, 800);
      }
      listener.drain();
      assertThat(stage.engine.step()).isPositive();
      stage.assertHears(2, word);
    }
  }

  /** Packets of other lengths are heard with one delay as well, and without a break. */
  @ParameterizedTest
  @ValueSource(ints = {10, 20, 40, 60})
  void shouldHearPacketsOfAnyLengthWithOneDelayWhileTicksAreLate(final int packetMs) {
    final Phone talker = stage.phones.get(1L);
    final Phone listener = stage.phones.get(2L);
    int tick = 0;
    while (tick < 60) {
      speak(packetMs, tick++);
      stage.tick();
    }
    for (int i = 0; i < 9; i++) {
      speak(packetMs, tick++);
      stage.clock.advance(Stage.TICK_NS);
    }
    final short[] heard = new short[40];
    final int began = tick;
    for (int i = 0; i < heard.length; i++) {
      listener.drain();
      assertThat(stage.engine.step()).isPositive();
      assertThat(listener.receive()).isTrue();
      heard[i] = listener.heard()[Phone.FRAME_SAMPLES - 1];
      speak(packetMs, tick++);
      stage.clock.advance(Stage.TICK_NS);
    }
    final int longest = packetMs / 20 + 2 * CATCH_UP_TICKS;
    assertThat(IntStream.rangeClosed(0, longest))
        .as("a delay in ticks with which all is heard as it was said")
        .anyMatch(
            delay ->
                IntStream.range(10, heard.length)
                    .allMatch(
                        i ->
                            heard[i]
                                == talker.codecSample(codeOf(packetMs, began + i - 1 - delay))));
  }

  /** Says what is to be said in a tick, in packets of so many milliseconds. */
  private void speak(final int packetMs, final int tick) {
    final int everyTicks = Math.max(1, packetMs / 20);
    for (int i = 0; i < Math.max(1, 20 / packetMs) && tick % everyTicks == 0; i++) {
      final byte[] payload = new byte[8 * packetMs];
      Arrays.fill(payload, (byte) codeOf(packetMs, tick));
      stage.phones.get(1L).send(payload);
    }
    othersSaySilence();
  }

  private static int codeOf(final int packetMs, final int tick) {
    return (tick - tick % Math.max(1, packetMs / 20)) % 100;
  }

  @Test
  void shouldLetALineRestThatIsChangedWhileTicksAreLate() {
    stall(9);
    for (int i = 0; i < 40; i++) {
      mark();
      assertThat(stage.engine.step()).isPositive();
      stall(1);
      if (i == 5) {
        stage.engine.update(3, Stage.spec(stage.phones.get(3L).address()));
      }
    }
    assertThat(since(MediaCounter.JITTER_RESTED)).isEqualTo(CALLERS);
  }

  /** Sound was made up until that which is late is in step: frames are no longer packets then. */
  @Test
  void shouldLetALineRestThatWasOutOfStepBeforeTicksWereSkipped() {
    for (int tick = 0; tick < 100; tick++) {
      hum();
      stage.tick();
    }
    othersSaySilence();
    stage.tick();
    humAlone();
    for (int tick = 0; tick < 10; tick++) {
      mark();
      hum();
      stage.tick();
      assertThat(since(MediaCounter.JITTER_RESTED)).as("out of step").isLessThan(CALLERS);
    }
    for (int i = 0; i < 9; i++) {
      hum();
      stage.clock.advance(Stage.TICK_NS);
    }
    for (int i = 0; i < 20; i++) {
      mark();
      assertThat(stage.engine.step()).isPositive();
      hum();
      stage.clock.advance(Stage.TICK_NS);
      if (i > 2) {
        assertThat(since(MediaCounter.JITTER_RESTED)).as("tick %d", i).isEqualTo(CALLERS);
      }
    }
  }

  private void hum() {
    humAlone();
    othersSaySilence();
  }

  /** A tone of which a packet holds 2.3 periods. */
  private void humAlone() {
    final short[] samples = new short[Phone.FRAME_SAMPLES];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (6_000 * Math.sin(2 * Math.PI * 2.3 * (hummed + i) / samples.length));
    }
    hummed += samples.length;
    final byte[] payload = new byte[samples.length];
    new G711Ulaw().encode(samples, 0, samples.length, new UnsafeBuffer(payload), 0);
    stage.phones.get(1L).send(payload);
  }

  /** What is said is heard in the very next tick, and nothing is left to be made up for. */
  private void hearEverythingAtOnce() {
    stage.phones.values().forEach(Phone::drain);
    for (int i = 0; i < 100; i++) {
      final int voice = say();
      stage.tick();
      stage.assertHears(2, voice);
      stage.phones.get(1L).drain();
      stage.phones.get(3L).drain();
    }
    assertThat(since(MediaCounter.JITTER_SHRUNK)).isZero();
    assertThat(since(MediaCounter.JITTER_STRETCHED)).isZero();
    assertThat(since(MediaCounter.JITTER_LATE)).isZero();
  }
}
