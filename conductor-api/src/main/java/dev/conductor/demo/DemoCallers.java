package dev.conductor.demo;

import dev.conductor.media.play.Clip;
import dev.conductor.media.play.WavReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A running demo full of people, without a telephone: dials it with simulated phones, which speak,
 * raise hands, leave and come back until the time is over or the program is interrupted. Then all
 * hang up, and what they received is told.
 */
public final class DemoCallers {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final long DIAL_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int STEP_MS = 50;
  private static final int CLEAN_END_MS = 5_000;
  private static final int LOUDEST = 3_000;
  private static final int LOUDEST_SUM = 24_000;
  private static final int LISTEN_MS = 2_000;
  private static final int LISTEN_PARTS = 5;
  private static final int PAUSE_AFTER_SPEECH_MS = 1_000;
  private static final int EXCHANGE = 110;

  private final DemoCallersOptions options;
  private final PrintStream out;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  private DemoCallers(final DemoCallersOptions options, final PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Runs to the end; the calling thread waits. An interrupt of it, or of the program, ends all
   * calls first.
   *
   * @param out takes a line for each thing that happens, and a summary
   * @return 0, or 1 when nobody was in the conference at the end
   * @throws IOException when the WAV cannot be read or no socket opened
   */
  public static int run(final DemoCallersOptions options, final PrintStream out)
      throws IOException {
    return new DemoCallers(options, out).run();
  }

  private int run() throws IOException {
    final Thread hook = new Thread(this::stopCleanly, "demo-callers-end");
    Runtime.getRuntime().addShutdownHook(hook);
    try (PhonePool pool = PhonePool.start(localAddress(options.server()))) {
      final List<DemoCaller> callers = callers(pool);
      attend(callers);
      return sum(callers);
    } finally {
      ended.countDown();
      forget(hook);
    }
  }

  /** Steps everybody until the time is over. */
  private void attend(final List<DemoCaller> callers) {
    final long endNs = System.nanoTime() + options.runFor().toNanos();
    try {
      while (System.nanoTime() - endNs < 0
          && !callers.stream().allMatch(DemoCaller::isSentAway)
          && !stop.await(STEP_MS, TimeUnit.MILLISECONDS)) {
        final long nowNs = System.nanoTime();
        callers.forEach(caller -> caller.onStep(nowNs));
      }
    } catch (final InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private List<DemoCaller> callers(final PhonePool pool) throws IOException {
    final int count = options.callers();
    final Clip speech = options.wav() == null ? null : speech();
    final SplittableRandom random = new SplittableRandom();
    final List<DemoCaller> callers = new ArrayList<>();
    final long firstNs = System.nanoTime();
    for (int i = 0; i < count; i++) {
      final SimPhone phone = pool.phone("1555" + String.format("%07d", EXCHANGE + i));
      phone.play(speech == null ? Voices.tone(i, count, amplitude())::fill : from(speech, i));
      final String pin = options.pins().get(i % options.pins().size());
      final DemoCaller caller = new DemoCaller(phone, pin, options, random.split(), this::say);
      caller.dialAt(firstNs + i * DIAL_EVERY_NS);
      callers.add(caller);
    }
    return callers;
  }

  /** The speech from another place for each caller, so that they do not speak in chorus. */
  private Voice from(final Clip speech, final int index) {
    final Voice voice = Voice.repeating(speech, PAUSE_AFTER_SPEECH_MS);
    final int samples = speech.narrowSamples();
    voice.fill(new short[(int) ((long) samples * index / options.callers())]);
    return voice;
  }

  private Clip speech() throws IOException {
    try (InputStream in = Files.newInputStream(options.wav())) {
      return WavReader.read(options.wav().toString(), in).toClip("speech");
    }
  }

  /** Loud enough to count as talking, quiet enough that all together do not clip. */
  private int amplitude() {
    return Math.min(LOUDEST, LOUDEST_SUM / options.callers());
  }

  private int sum(final List<DemoCaller> callers) {
    Received all = Received.NOTHING;
    int in = 0;
    for (final DemoCaller caller : callers) {
      all = all.plus(caller.received());
      in += caller.isIn() ? 1 : 0;
    }
    final long sentAway = callers.stream().filter(DemoCaller::isSentAway).count();
    say(in + " of " + callers.size() + " callers in at the end, " + sentAway + " sent away");
    if (options.wav() == null) {
      say("voices heard by each in the last two seconds: " + voicesHeard(callers));
    }
    say(
        all.packets()
            + " packets received, "
            + all.gaps()
            + " missing, "
            + all.late()
            + " late, longest wait "
            + all.longestWaitMs()
            + " ms");
    return in > 0 ? 0 : 1;
  }

  private String voicesHeard(final List<DemoCaller> callers) {
    final List<Integer> heard = new ArrayList<>();
    for (final DemoCaller caller : callers) {
      if (caller.isIn()) {
        heard.add(voicesIn(caller.phone().lastHeard(LISTEN_MS), callers.size()));
      }
    }
    return heard.toString();
  }

  /** A voice is heard if it is in any part of what was heard: it may have paused in others. */
  private int voicesIn(final short[] heard, final int count) {
    final double threshold = Voices.threshold(amplitude());
    final int partSamples = heard.length / LISTEN_PARTS;
    int voices = 0;
    for (int i = 0; i < count; i++) {
      boolean found = false;
      for (int part = 0; part < LISTEN_PARTS && !found; part++) {
        final short[] samples =
            Arrays.copyOfRange(heard, part * partSamples, (part + 1) * partSamples);
        found = Ear.amplitude(samples, Voices.freqHz(i, count)) > threshold;
      }
      voices += found ? 1 : 0;
    }
    return voices;
  }

  private synchronized void say(final String line) {
    out.println(CLOCK.format(LocalTime.now()) + " " + line);
  }

  private void stopCleanly() {
    stop.countDown();
    try {
      ended.await(CLEAN_END_MS, TimeUnit.MILLISECONDS);
    } catch (final InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(final Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (final IllegalStateException shuttingDown) {
      // The hook is what brought us here.
    }
  }

  /** The address of ours by which the server is reached. */
  private static InetAddress localAddress(final InetSocketAddress server) throws SocketException {
    try (DatagramSocket probe = new DatagramSocket()) {
      probe.connect(server);
      return probe.getLocalAddress();
    }
  }
}
