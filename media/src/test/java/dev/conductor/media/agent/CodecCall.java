package dev.conductor.media.agent;

import static dev.conductor.media.agent.Stage.CALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.Codec;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.play.Clip;
import dev.conductor.media.status.MediaCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One call of phones of any codec, on a stage whose time passes for all of them alike. */
final class CodecCall implements AutoCloseable {
  static final int MAIN = 0;
  static final int BREAKOUT = 1;
  static final int NONE = MixPlan.NO_MIX;

  final Stage stage;
  final List<CodecPhone> phones = new ArrayList<>();
  private final Random phases;

  CodecCall(final long seed, final Clip... clips) {
    stage = new Stage(1, clips);
    phases = new Random(seed);
  }

  /** Lets a phone in; its session's id is its place in the list, from 1. */
  CodecPhone join(final CodecPhone phone) {
    phones.add(phone);
    final long id = phones.size();
    stage.phones.put(id, phone.line);
    assertThat(stage.engine.open(id, phone.spec())).isTrue();
    stage.ticks(2);
    assertThat(stage.opened).containsKey(id);
    phone.line.dial(stage.opened.get(id));
    assertThat(stage.engine.admit(id, CALL)).isTrue();
    stage.ticks(2);
    phone.line.drain();
    return phone;
  }

  CodecPhone join(final Codec... codecs) {
    return join(new CodecPhone(phones.size() + 1L, codecs));
  }

  /** The id of a phone's session. */
  long id(final CodecPhone phone) {
    return phones.indexOf(phone) + 1L;
  }

  /** Everybody in one room. */
  void together() {
    final MixPlan.Place[] places = new MixPlan.Place[phones.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = Stage.place(i + 1L, MAIN, MAIN);
    }
    stage.plan(places);
  }

  /** Lets time pass for everybody; a phone's clock begins with its first tick. */
  void ticks(final int count) {
    for (int i = 0; i < count; i++) {
      final long nextNs = stage.clock.nanoTime() + Stage.TICK_NS;
      for (final CodecPhone phone : phones) {
        if (!phone.isStarted()) {
          phone.start(stage.clock.nanoTime() + phases.nextInt((int) Stage.TICK_NS));
        }
        phone.speakUntil(nextNs);
      }
      stage.tick();
      for (final CodecPhone phone : phones) {
        phone.listen(nextNs);
      }
    }
  }

  void ms(final int ms) {
    ticks(ms / 20);
  }

  /** Lets time pass and forgets what was heard. */
  void settle(final int ms) {
    ms(ms);
    phones.forEach(CodecPhone::forget);
  }

  /** What became of the packets of sound that the jitter buffers took, one outcome each. */
  long outcomes() {
    return List.of(
            MediaCounter.JITTER_PLAYED,
            MediaCounter.JITTER_LATE,
            MediaCounter.JITTER_DUPLICATE,
            MediaCounter.JITTER_OVERFLOW,
            MediaCounter.JITTER_STRAY,
            MediaCounter.JITTER_DISCARDED)
        .stream()
        .mapToLong(stage::count)
        .sum();
  }

  @Override
  public void close() {
    stage.close();
    phones.forEach(CodecPhone::close);
  }
}
