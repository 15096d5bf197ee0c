package dev.conductor.media.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.net.DatagramBatch;
import dev.conductor.media.net.PortKeeper;
import dev.conductor.media.net.PortPool;
import dev.conductor.media.play.Clip;
import dev.conductor.media.session.LineKeys;
import dev.conductor.media.session.RtpSession;
import dev.conductor.media.session.SessionSettings;
import dev.conductor.media.session.TickContext;
import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.BufferUtil;
import org.agrona.concurrent.CachedNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the engine's own guards let nobody cause, put into an agent by hand. */
class MediaAgentFaultTest {
  private static final int RING_BYTES = 1_024;

  private final CachedNanoClock clock = new CachedNanoClock();
  private final PortKeeper keeper =
      new PortKeeper(
          new PortPool(Stage.FIRST_PORT + 1_100, Stage.FIRST_PORT + 1_200, 0), new MediaCounters());
  private final ByteBuffer memory =
      BufferUtil.allocateDirectAligned(RING_BYTES + RingBufferDescriptor.TRAILER_LENGTH, 64);
  private final RingBuffer ring = new OneToOneRingBuffer(new UnsafeBuffer(memory));
  private final MediaAgent agent =
      new MediaAgent("media-test", clock, keeper, ring, context(), new WaitingMusic(null));
  private final Phone[] phones = {new Phone(), new Phone(), new Phone()};

  @BeforeEach
  void open() {
    agent.start(0);
    for (int i = 0; i < phones.length; i++) {
      final RtpSession session =
          new RtpSession(
              i + 1,
              Stage.spec(phones[i].address()),
              LineKeys.NONE,
              new SessionSettings(30_000, false),
              new SplittableRandom(i),
              agent.counters());
      agent.offer(owner -> owner.onOpen(session));
    }
    tick();
    tick();
  }

  @AfterEach
  void close() {
    agent.onClose();
    keeper.closeAll();
    Arrays.stream(phones).forEach(Phone::close);
  }

  @Test
  void shouldServeTheOthersInTheSameTickWhenOneSessionThrows() {
    // A clip that is none makes the sending of session 2 throw, every tick.
    agent.offer(owner -> owner.onAsk(2, session -> session.prompt(Arrays.asList((Clip) null), 0)));
    for (int i = 1; i <= 249; i++) {
      drain();
      tick();
      assertThat(phones[0].receive()).isTrue();
      assertThat(phones[1].receive()).isFalse();
      assertThat(phones[2].receive()).isTrue();
      assertThat(agent.counters().get(MediaCounter.SESSION_FAULTS)).isEqualTo(i);
    }
    ring.read((type, buffer, index, length) -> {});
    tick();
    tick();
    final int[] closed = {0};
    ring.read(
        (type, buffer, index, length) -> {
          assertThat(type).isEqualTo(EventWriter.CLOSED);
          assertThat(buffer.getLong(index)).isEqualTo(2);
          closed[0]++;
        });
    assertThat(closed[0]).isEqualTo(1);
    assertThat(agent.counters().get(MediaCounter.SESSIONS_GIVEN_UP)).isEqualTo(1);
  }

  @Test
  void shouldGiveUpNobodyWhoIsWellNowAndThen() {
    for (int round = 0; round < 3; round++) {
      agent.offer(
          owner -> owner.onAsk(2, session -> session.prompt(Arrays.asList((Clip) null), 0)));
      for (int i = 0; i < 200; i++) {
        tick();
      }
      agent.offer(owner -> owner.onAsk(2, RtpSession::stopPrompt));
      tick();
      drain();
      tick();
      assertThat(phones[1].receive()).isTrue();
    }
    assertThat(agent.counters().get(MediaCounter.SESSION_FAULTS)).isEqualTo(600);
    assertThat(agent.counters().get(MediaCounter.SESSIONS_GIVEN_UP)).isZero();
  }

  @Test
  void shouldGoOnWithTheNextCommandWhenOneThrows() {
    agent.offer(
        owner -> {
          throw new IllegalStateException("a command that fails");
        });
    agent.offer(owner -> owner.onAsk(1, session -> session.prompt(List.of(), 5)));
    tick();
    assertThat(agent.counters().get(MediaCounter.COMMANDS_FAILED)).isEqualTo(1);
    final int[] prompts = {0};
    ring.read(
        (type, buffer, index, length) -> prompts[0] += type == EventWriter.PROMPT_ENDED ? 1 : 0);
    assertThat(prompts[0]).isEqualTo(1);
  }

  @Test
  void shouldOfferEventsAgainUntilTheyAreTaken() {
    ring.read((type, buffer, index, length) -> {});
    final int pressed = 60;
    // The ring holds some thirty events; three sessions press twenty keys each.
    for (int key = 0; key < 20; key++) {
      for (final Phone phone : phones) {
        phone.press('7', key * 4_000, true, 800);
      }
      tick();
    }
    tick();
    assertThat(agent.counters().get(MediaCounter.HATCH_WAITS)).isPositive();
    final int[] digits = {0};
    for (int i = 0; i < 5; i++) {
      ring.read((type, buffer, index, length) -> digits[0] += type == EventWriter.DIGIT ? 1 : 0);
      tick();
    }
    assertThat(digits[0]).isEqualTo(pressed);
  }

  /** A figure is written by one thread alone: the agent's that owns the line. */
  @Test
  void shouldCountALineWithTheAgentThatTookItOver() {
    final MediaAgent home =
        new MediaAgent("media-home", clock, keeper, ring, context(), new WaitingMusic(null));
    home.start(clock.nanoTime());
    agent.offer(owner -> owner.onAdmit(1, Stage.CALL, home));
    tick();
    final long played = agent.counters().get(MediaCounter.JITTER_PLAYED);
    for (int i = 0; i < 10; i++) {
      phones[0].say(0x20);
      tick();
      home.doWork();
    }
    home.onClose();
    assertThat(home.counters().get(MediaCounter.SESSIONS_HANDED_OVER)).isEqualTo(1);
    assertThat(home.counters().get(MediaCounter.JITTER_PLAYED)).isGreaterThan(5);
    assertThat(agent.counters().get(MediaCounter.JITTER_PLAYED)).isEqualTo(played);
  }

  private void tick() {
    keeper.doWork(clock.nanoTime());
    clock.advance(Stage.TICK_NS);
    agent.doWork();
    for (final Phone phone : phones) {
      if (phone.server() == null && phone.receive()) {
        phone.dial(phone.source());
      }
    }
  }

  private void drain() {
    Arrays.stream(phones).forEach(Phone::drain);
  }

  private static TickContext context() {
    final MediaCounters counters = new MediaCounters();
    return new TickContext(counters, 0, DatagramBatch.open(counters, true));
  }
}
