package dev.conductor.media.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.conductor.config.MediaConfig;
import dev.conductor.config.RtpConfig;
import dev.conductor.media.api.MediaEvents;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.play.ClipLibrary;
import dev.conductor.media.status.MediaCounter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;

/** The same engine with its threads running. */
class MediaEngineThreadsTest {
  private static final long CALL = 3;

  private final Map<Long, InetSocketAddress> opened = new HashMap<>();
  private final List<Long> closed = new ArrayList<>();

  @Test
  void shouldCarrySoundBetweenTwoAgentsLobbiesOnItsOwnThreads() {
    try (MediaEngine engine = engine(2, SystemNanoClock.INSTANCE);
        Phone first = new Phone();
        Phone second = new Phone()) {
      engine.start();
      assertThatThrownBy(engine::start).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(engine::step).isInstanceOf(IllegalStateException.class);
      engine.open(1, Stage.spec(first.address()));
      engine.open(2, Stage.spec(second.address()));
      await().until(() -> poll(engine) >= 0 && opened.size() == 2);
      first.dial(opened.get(1L));
      second.dial(opened.get(2L));
      engine.plan(new MixPlan(CALL, 1, 1, List.of(Stage.place(1, 0, 0), Stage.place(2, 0, 0))));
      engine.admit(1, CALL);
      engine.admit(2, CALL);

      final short voice = first.codecSample(0x20);
      await()
          .until(
              () -> {
                first.say(0x20);
                boolean heard = false;
                while (second.receive()) {
                  heard |= second.heard()[80] == voice;
                }
                return heard;
              });
      assertThat(names()).contains("media-0", "media-1", "media-ports");
      assertThat(engine.sessions()).isEqualTo(2);
      assertThat(engine.tickLateness().sumNs()).isPositive();

      engine.close(1);
      engine.close(2);
      await().until(() -> poll(engine) >= 0 && closed.size() == 2);
      assertThat(engine.sessions()).isZero();
      assertThat(engine.counters().get(MediaCounter.AGENT_FAULTS.label())).isZero();
    }
    assertThat(names()).doesNotContain("media-0", "media-1", "media-ports");
  }

  @Test
  void shouldSpreadTheTicksOfItsAgentsOverATicksTime() {
    final AtomicLong nowNs = new AtomicLong(Stage.TICK_NS);
    try (MediaEngine engine = engine(4, nowNs::get)) {
      engine.start();
      nowNs.addAndGet(Stage.TICK_NS - 1);
      for (int ticks = 0; ticks <= 12; ticks++) {
        final long expected = ticks;
        await().until(() -> engine.counters().get(MediaCounter.TICKS.label()) == expected);
        nowNs.addAndGet(ticks == 0 ? 1 : Stage.TICK_NS / 4);
      }
      assertThat(engine.tickLateness().sumNs()).isZero();
    }
  }

  private static MediaEngine engine(final int agents, final NanoClock clock) {
    return new MediaEngine(
        new RtpConfig(Stage.FIRST_PORT + 1_300, Stage.FIRST_PORT + 1_400, 0),
        new MediaConfig(agents, 30_000, 300_000, 7_200_000, "en", false, Path.of(""), 0, true),
        ClipLibrary.of(),
        clock,
        0);
  }

  private static List<String> names() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }

  private int poll(final MediaEngine engine) {
    return engine.poll(
        new MediaEvents() {
          @Override
          public void onOpened(final long sessionId, final InetSocketAddress localRtp) {
            opened.put(sessionId, localRtp);
          }

          @Override
          public void onClosed(final long sessionId) {
            closed.add(sessionId);
          }

          @Override
          public void onOpenFailed(final long sessionId, final String reason) {
            throw new IllegalStateException(reason);
          }

          @Override
          public void onFirstRtp(final long sessionId) {}

          @Override
          public void onDigit(final long sessionId, final char digit) {}

          @Override
          public void onInbandDigit(final long sessionId, final char digit) {}

          @Override
          public void onTalking(final long sessionId, final boolean talking) {}

          @Override
          public void onPromptEnded(final long sessionId, final long tag) {}

          @Override
          public void onSilentLine(final long sessionId, final long silentMs) {}
        },
        100);
  }
}
