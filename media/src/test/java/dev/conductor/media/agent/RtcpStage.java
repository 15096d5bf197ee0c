package dev.conductor.media.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.rtp.RtcpReader;
import dev.conductor.media.rtp.RtcpWriter;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;

/** A stage and what it takes to speak RTCP to it. */
abstract class RtcpStage {
  /** The longest a report takes: 7.5 s, and a little. */
  static final int REPORT_TICKS = 380;

  final Stage stage = new Stage(1);
  final RtcpReader reader = new RtcpReader();
  final RtcpWriter writer = new RtcpWriter();
  final UnsafeBuffer written = new UnsafeBuffer(new byte[600]);

  @AfterEach
  void close() {
    stage.close();
  }

  byte[] lossReport(final Phone phone, final int about, final int fraction) {
    writer.wrap(written, 0);
    writer.receiverReport(phone.ssrc);
    writer.block(about, fraction, 1, 1, 1, 0, 0);
    return datagram();
  }

  byte[] datagram() {
    return Arrays.copyOf(written.byteArray(), writer.lengthBytes());
  }

  /** Goes to the report at the beginning of the datagram read last; packets in it. */
  int report(final Phone phone) {
    final int packets = reader.wrap(phone.packet(), 0, phone.length());
    assertThat(packets).isPositive();
    assertThat(reader.next()).isTrue();
    assertThat(reader.isReport()).isTrue();
    return packets;
  }

  void waitForReport(final Phone phone, final Consumer<Phone> everyTick) {
    waitUntil(phone::receiveRtcp, phone, everyTick);
    report(phone);
  }

  void waitUntil(final BooleanSupplier came, final Phone phone, final Consumer<Phone> everyTick) {
    for (int ticks = 0; ticks < REPORT_TICKS; ticks++) {
      everyTick.accept(phone);
      stage.tick();
      if (came.getAsBoolean()) {
        return;
      }
    }
    throw new AssertionError("no report in " + REPORT_TICKS + " ticks");
  }
}
