package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.demo.SoundListener;
import dev.conductor.media.dsp.Goertzel;
import dev.conductor.media.play.Tone;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * How long after the answer TRUE a command is heard, over real HTTP and real sockets: measured and
 * printed. What is asserted is only that it is soon; the machine that runs this has other work.
 */
class CommandToSoundTest {
  private static final int ROUNDS = 50;
  private static final int WARM_UP = 5;
  private static final double FREQ_HZ = 1_000;
  private static final int AMPLITUDE = 4_000;
  private static final long PATIENCE_MS = 5_000;

  @Test
  void shouldBeHeardSoonAfterTheAnswer() throws Exception {
    try (RunningServer server = RunningServer.start();
        Stage stage = new Stage(server)) {
      stage.set("AOQRS", "mute", "true");
      stage.breakout("B1", "P");
      stage.set("P", "breakout", "main");
      stage.phone('P').play(Tone.steady(FREQ_HZ, AMPLITUDE));
      final Meter meter = new Meter();
      stage.phone('H').listen(meter);
      meter.expect(true);

      final Consumer<Boolean> mutes = on -> stage.set("P", "mute", on ? "false" : "true");
      final Consumer<Boolean> moves = on -> stage.set("P", "breakout", on ? "main" : "B1");
      final long[][] mute = measure(meter, mutes);
      final long[][] move = measure(meter, moves);
      print("mute", mute[0]);
      print("unmute", mute[1]);
      print("move into a breakout", move[0]);
      print("move back", move[1]);
      for (final long[] series : new long[][] {mute[0], mute[1], move[0], move[1]}) {
        assertThat(series[ROUNDS / 2]).isLessThan(TimeUnit.MILLISECONDS.toNanos(500));
      }
    }
  }

  /** Times from answer to sound, sorted, of switching off and of switching on. */
  private static long[][] measure(final Meter meter, final Consumer<Boolean> command)
      throws InterruptedException {
    final long[][] times = new long[2][ROUNDS];
    for (int i = -WARM_UP; i < ROUNDS; i++) {
      for (int on = 0; on < 2; on++) {
        command.accept(on == 1);
        final long answeredNs = System.nanoTime();
        final long heardNs = meter.expect(on == 1);
        if (i >= 0) {
          times[on][i] = Math.max(0, heardNs - answeredNs);
        }
      }
    }
    Arrays.sort(times[0]);
    Arrays.sort(times[1]);
    return times;
  }

  private static void print(final String what, final long[] sortedNs) {
    System.out.printf(
        "from the answer TRUE to the sound, %s: median %.1f ms, 90 %% within %.1f ms (%d times)%n",
        what, sortedNs[ROUNDS / 2] / 1e6, sortedNs[ROUNDS * 9 / 10] / 1e6, ROUNDS);
  }

  /** Tells when the tone began and ended. Fed by the pool's thread, asked by the test's. */
  private static final class Meter implements SoundListener {
    private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
    private boolean sounds;

    @Override
    public void onSound(final short[] samples, final int count, final long arrivedNs) {
      final double heard = Goertzel.amplitude(samples, 0, count, FREQ_HZ, 8_000);
      if (heard > AMPLITUDE / 2.0 != sounds) {
        sounds = !sounds;
        changes.add(new Change(sounds, arrivedNs));
      }
    }

    /** When it last changed to this; waits for it. */
    long expect(final boolean on) throws InterruptedException {
      final Change change = changes.poll(PATIENCE_MS, TimeUnit.MILLISECONDS);
      assertThat(change).as("the tone goes %s", on ? "on" : "off").isNotNull();
      assertThat(change.on()).isEqualTo(on);
      return change.atNs();
    }
  }

  private record Change(boolean on, long atNs) {}
}
