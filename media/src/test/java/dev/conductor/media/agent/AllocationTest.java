package dev.conductor.media.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.rtp.RtcpWriter;
import dev.conductor.media.status.MediaCounter;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What a media agent's tick leaves on the heap. */
class AllocationTest {
  private static final int SESSIONS = 100;
  private static final int TICKS = 500;

  /** A report every five seconds, as phones send them. */
  private static final int REPORT_TICKS = 250;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void shouldAllocateLessThanAByteAPacketInSteadyTraffic() {
    try (Stage stage = new Stage(1)) {
      stage.openCall(SESSIONS);
      final MixPlan.Place[] places = new MixPlan.Place[SESSIONS];
      for (int i = 0; i < SESSIONS; i++) {
        places[i] = Stage.place(i + 1, 0, 0);
      }
      stage.plan(places);
      run(stage, TICKS);
      final long receivedBefore = stage.count(MediaCounter.RTP_RECEIVED);
      final long sentBefore = stage.count(MediaCounter.RTP_SENT);
      final long reportsBefore = stage.count(MediaCounter.RTCP_RECEIVED);
      final long ownReportsBefore = stage.count(MediaCounter.RTCP_SENT);

      final long allocatedBytes = run(stage, TICKS);

      final long packets = (long) SESSIONS * TICKS;
      assertThat(stage.count(MediaCounter.RTP_RECEIVED) - receivedBefore).isEqualTo(packets);
      assertThat(stage.count(MediaCounter.RTP_SENT) - sentBefore).isEqualTo(packets);
      assertThat(stage.count(MediaCounter.RTCP_RECEIVED) - reportsBefore).isEqualTo(2 * SESSIONS);
      assertThat(stage.count(MediaCounter.RTCP_SENT) - ownReportsBefore).isGreaterThan(SESSIONS);
      assertThat(allocatedBytes).isLessThan(packets);
    }
  }

  private byte[] report() {
    final RtcpWriter writer = new RtcpWriter();
    final UnsafeBuffer bytes = new UnsafeBuffer(new byte[100]);
    writer.wrap(bytes, 0);
    writer.senderReport(4_711, 1, 2, 3, 4);
    writer.block(4_711, 1, 2, 3, 4, 0, 0);
    return Arrays.copyOf(bytes.byteArray(), writer.lengthBytes());
  }

  /** Lets everybody talk for so many ticks; bytes allocated by the steps alone. */
  private long run(final Stage stage, final int ticks) {
    long allocatedBytes = 0;
    for (int tick = 0; tick < ticks; tick++) {
      for (final Phone phone : stage.phones.values()) {
        phone.say(tick % 12 < 6 ? 0xFF : 0x20);
        phone.drain();
        if (tick % REPORT_TICKS == 0) {
          phone.sendRtcp(report());
        }
      }
      stage.clock.advance(Stage.TICK_NS);
      final long before = threads.getCurrentThreadAllocatedBytes();
      stage.engine.step();
      allocatedBytes += threads.getCurrentThreadAllocatedBytes() - before;
      stage.engine.poll(stage, Integer.MAX_VALUE);
    }
    return allocatedBytes;
  }
}
