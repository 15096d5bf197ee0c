package dev.conductor.media.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.jitter.JitterBuffer.Answer;
import dev.conductor.media.rtp.ReceptionStatistics;
import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.status.MediaCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Two lines get the same packets. One goes through everything tick by tick, the other rests in a
 * run whenever it may. Nobody may be able to tell which is which.
 */
class CleanRunTest {
  private static final int TICKS = 20_000;
  private static final int RATE_HZ = 8_000;
  private static final int SAMPLES = 160;
  private static final long MS = 1_000_000;

  private static final int FRAME_MS = 20;
  private static final long TICK_NS = FRAME_MS * MS;

  /** What came in a tick. */
  private record Packet(int sequence, int timestamp, int ssrc, boolean marker) {}

  @RepeatedTest(12)
  void shouldGoOnAfterAnyRunAsIfThereHadBeenNone(final RepetitionInfo repetition) {
    final long seed = 7_000 + repetition.getCurrentRepetition();
    final SplittableRandom random = new SplittableRandom(seed);
    final double trouble = List.of(0.0, 0.001, 0.01, 0.05).get((int) (seed % 4));
    final Line plain = new Line(false);
    final Line resting = new Line(true);
    final Weather weather = new Weather(random, trouble);
    long tickNs = 1_000_000 * MS;
    for (int tick = 0; tick < TICKS; tick++) {
      // As where another agent goes on with a line: between two ticks there is no whole step.
      final long nowNs = tickNs + (random.nextInt(50) == 0 ? random.nextLong(18 * MS) : 0);
      final List<Packet> packets = weather.packets();
      plain.tick(packets, nowNs);
      resting.tick(packets, nowNs);
      if (random.nextInt(40) == 0) {
        resting.catchUp();
        assertThat(resting.state()).as("seed %d tick %d", seed, tick).isEqualTo(plain.state());
      }
      tickNs += TICK_NS;
    }
    resting.catchUp();
    assertThat(resting.state()).isEqualTo(plain.state());
    assertThat(resting.played).isEqualTo(plain.played);
    assertThat(resting.rested).isGreaterThan(TICKS * (trouble > 0.02 ? 1 : 3) / 10);
    final int most = trouble > 0.005 ? CleanRun.MAX_HELD : trouble > 0 ? 1 : 0;
    for (int held = 0; held <= most; held++) {
      assertThat(resting.restedWithHeld[held]).as("seed %d held %d", seed, held).isPositive();
    }
  }

  /** A phone's stream with some trouble: lost, late, doubled packets, pauses, jumps, strangers. */
  private static final class Weather {
    private final SplittableRandom random;
    private final double trouble;
    private final List<Packet> late = new ArrayList<>();
    private int sequence = 65_000;
    private int timestamp = -5_000;
    private int ssrc = 7;
    private int standstill;

    Weather(final SplittableRandom random, final double trouble) {
      this.random = random;
      this.trouble = trouble;
    }

    List<Packet> packets() {
      final Packet next = new Packet(sequence & 0xFFFF, timestamp, ssrc, false);
      sequence++;
      timestamp += SAMPLES;
      if (standstill > 0) {
        standstill--;
        late.add(next);
        return List.of();
      }
      final List<Packet> packets = new ArrayList<>(late);
      late.clear();
      if (random.nextDouble() >= trouble) {
        packets.add(next);
        return packets;
      }
      switch (random.nextInt(8)) {
        case 0 -> late.add(next);
        case 6 -> {
          late.add(next);
          standstill = random.nextInt(6);
        }
        case 1 -> {
          packets.add(next);
          packets.add(next);
        }
        case 2 -> timestamp += SAMPLES * random.nextInt(50);
        case 3 -> {
          packets.add(next);
          ssrc++;
        }
        case 4 -> sequence += random.nextInt(300);
        case 5 -> packets.add(new Packet(random.nextInt(65_536), random.nextInt(), 99, false));
        default -> packets.add(new Packet(next.sequence, next.timestamp, ssrc, true));
      }
      return packets;
    }
  }

  /** One line: reads, plays and counts as a session does. */
  private static final class Line {
    private final boolean rests;
    private final SlotJitterBuffer buffer = new SlotJitterBuffer(640, new MediaCounters());
    private final ReceptionStatistics reception = new ReceptionStatistics();
    private final Run run = new Run();
    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[CleanRun.PACKET_BYTES]);
    private final List<Integer> played = new ArrayList<>();
    private int unplayed;
    private int rested;
    private final int[] restedWithHeld = new int[CleanRun.MAX_HELD + 1];

    Line(final boolean rests) {
      this.rests = rests;
    }

    void tick(final List<Packet> packets, final long nowNs) {
      if (run.isOn()) {
        if (packets.size() == 1) {
          write(packets.get(0));
          if (run.takes(bytes, CleanRun.PACKET_BYTES, nowNs - TICK_NS / 2, nowNs)) {
            played.add(packets.get(0).timestamp - run.held() * SAMPLES);
            run.keep(packets.get(0).timestamp);
            restedWithHeld[run.held()]++;
            rested++;
            return;
          }
        }
        catchUp();
      }
      for (final Packet packet : packets) {
        write(packet);
        reception.onPacket(
            packet.ssrc, packet.sequence, packet.timestamp, RATE_HZ, SAMPLES, nowNs - TICK_NS / 2);
        buffer.put(bytes, 0, RtpHeader.FIXED_BYTES, SAMPLES, SAMPLES, RATE_HZ, nowNs - TICK_NS / 2);
      }
      play(nowNs);
      if (rests && unplayed == 0 && packets.size() == 1) {
        buffer.begin(run, reception, TICK_NS / 2);
      }
    }

    private void play(final long nowNs) {
      buffer.begin(nowNs);
      while (unplayed < SAMPLES) {
        final Answer answer = buffer.next(SAMPLES - unplayed);
        if (answer == Answer.PLAY) {
          played.add(buffer.playedTimestamp());
          final int stamp = buffer.payload().getInt(buffer.payloadOffset());
          assertThat(stamp)
              .as("what the payload says")
              .isEqualTo(buffer.playedTimestamp() - buffer.fromTicks());
        } else {
          played.add(-answer.ordinal());
        }
        unplayed += answer == Answer.WAIT ? SAMPLES - unplayed : buffer.ticks();
      }
      final int surplus = buffer.surplusTicks();
      if (surplus > 0 && buffer.isUrgent() && unplayed > SAMPLES) {
        unplayed = SAMPLES;
        buffer.scaled(true);
      }
      unplayed -= SAMPLES;
      buffer.end(unplayed * 125_000L);
    }

    private void write(final Packet packet) {
      RtpHeader.putFirst(bytes, 0, packet.marker, 0);
      RtpHeader.putSequence(bytes, 0, packet.sequence);
      RtpHeader.putTimestamp(bytes, 0, packet.timestamp);
      RtpHeader.putSsrc(bytes, 0, packet.ssrc);
      bytes.putInt(RtpHeader.FIXED_BYTES, packet.timestamp);
    }

    void catchUp() {
      if (run.isOn()) {
        buffer.end(run, reception, run.payloads);
      }
    }

    /** Whatever can be asked between ticks. */
    String state() {
      return String.join(
          " ",
          List.of(
              "held " + buffer.held(),
              "depth " + buffer.depthMs(),
              "target " + buffer.targetMs(),
              "concealed " + buffer.concealedMs(),
              "late " + buffer.latePackets(),
              "dtx " + buffer.usesDtx(),
              "ssrc " + reception.ssrc(),
              "highest " + reception.highestSequence(),
              "received " + reception.packets(),
              "octets " + reception.octets(),
              "lost " + reception.totalLost(),
              "jitter " + reception.jitter16ths()));
    }
  }

  /** A run that keeps of each payload what the test wrote into it, in one place after another. */
  private static final class Run extends CleanRun {
    private final UnsafeBuffer payloads = new UnsafeBuffer(new byte[MAX_HELD * SAMPLES]);
    private int kept;

    void keep(final int stamp) {
      payloads.putInt(kept % MAX_HELD * SAMPLES, stamp);
      kept++;
    }

    @Override
    protected int payloadOffset(final int back) {
      return (kept - 1 - back) % MAX_HELD * SAMPLES;
    }
  }
}
