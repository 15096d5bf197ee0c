package dev.conductor.media.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.conductor.media.api.Codec;
import dev.conductor.media.api.LineSpec;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.codec.OpusLibrary;
import dev.conductor.media.dsp.RatePlane;
import dev.conductor.media.mix.VoicePool;
import dev.conductor.media.net.DatagramBatch;
import dev.conductor.media.net.PortKeeper;
import dev.conductor.media.net.PortPool;
import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.session.LineKeys;
import dev.conductor.media.session.RtpSession;
import dev.conductor.media.session.SessionSettings;
import dev.conductor.media.session.SharedPacket;
import dev.conductor.media.session.TickContext;
import dev.conductor.media.status.LatestSlot;
import dev.conductor.media.status.MediaCounters;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a call gives back of what it made for those who hear alike: it lies outside the heap. */
class CallRoomTest {
  private static final int OPUS = 111;
  private static final int RING_BYTES = 1_024;

  /** An encoder that was given back makes a frame of one byte of anything. */
  private static final int EMPTY_BYTES = RtpHeader.FIXED_BYTES + 1;

  private final MediaCounters counters = new MediaCounters();
  private final TickContext context =
      new TickContext(counters, 0, DatagramBatch.open(counters, false));
  private final PortKeeper keeper =
      new PortKeeper(
          new PortPool(Stage.FIRST_PORT + 1_500, Stage.FIRST_PORT + 1_600, 0), new MediaCounters());
  private final MediaAgent agent =
      new MediaAgent(
          "media-test",
          () -> 0,
          keeper,
          new OneToOneRingBuffer(
              new UnsafeBuffer(
                  BufferUtil.allocateDirectAligned(
                      RING_BYTES + RingBufferDescriptor.TRAILER_LENGTH, 64))),
          context,
          new WaitingMusic(null));
  private final Residents residents = new Residents();
  private final LatestSlot<MixPlan> plans = new LatestSlot<>();
  private final CallRoom room =
      new CallRoom(Stage.CALL, plans, new VoicePool(), new WaitingMusic(null));
  private final Phone phone = new Phone();
  private Resident listener;
  private SharedPacket shared;
  private long ticks;

  @BeforeEach
  void shareOpus() {
    assumeThat(OpusLibrary.system().isNative()).as("libopus").isTrue();
    final RtpSession session =
        new RtpSession(
            1,
            spec(),
            LineKeys.NONE,
            new SessionSettings(30_000, false),
            new SplittableRandom(1),
            counters);
    keeper.open(
        1,
        session.bindAddress(),
        answer -> {
          session.opened(answer.socket(), context);
          return true;
        });
    keeper.doWork(0);
    listener = residents.add(session, Resident.State.OPEN);
    room.enter(listener);
    plan(1, Stage.place(1, MixPlan.NO_MIX, 0));
    // It begins to share after a second's pause.
    for (int tick = 0; tick < 80; tick++) {
      tick();
      room.give(agent, listener, context);
      room.giveShared(agent, context);
    }
    shared = listener.packets.of(session.sentBy());
    assertThat(bytesShared()).as("while it is shared").isGreaterThan(EMPTY_BYTES);
  }

  @AfterEach
  void close() {
    if (listener != null) {
      listener.session.discard();
    }
    keeper.closeAll();
    phone.close();
  }

  @Test
  void shouldGiveBackTheEncodersThatWereSharedWhenTheCallIsOver() {
    room.close();
    assertThat(bytesShared()).isEqualTo(EMPTY_BYTES);
  }

  @Test
  void shouldGiveBackAnEncoderThatNobodySharesAnyMore() {
    plan(2);
    for (int tick = 0; tick < 60; tick++) {
      tick();
    }
    assertThat(bytesShared()).as("until the next plan").isGreaterThan(EMPTY_BYTES);
    plan(3);
    assertThat(bytesShared()).isEqualTo(EMPTY_BYTES);
    room.close();
  }

  private void tick() {
    ticks++;
    context.begin(ticks * Stage.TICK_NS, ticks * Stage.TICK_NS, ticks);
    room.begin();
  }

  private void plan(final long version, final MixPlan.Place... places) {
    plans.put(new MixPlan(Stage.CALL, version, 1, List.of(places)));
    assertThat(room.takePlan(residents)).isTrue();
  }

  /** How long the packet of a loud frame is that goes to all who share. */
  private int bytesShared() {
    final short[] noise = new short[RatePlane.FULL.frameSamples()];
    final SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (short) random.nextInt(-9_000, 9_000);
    }
    tick();
    phone.drain();
    shared.make(noise, RatePlane.FULL, ticks);
    assertThat(listener.session.sendShared(context, listener.packets, shared)).isTrue();
    assertThat(phone.receive()).isTrue();
    return phone.length();
  }

  private RtpSessionSpec spec() {
    return new LineSpec(phone.address()).codec(OPUS, Codec.OPUS).noEvents().spec();
  }
}
