package dev.conductor.media.agent;

import dev.conductor.media.session.SessionEventSink;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * An agent's events into its ring to the conductor. A record is the session's number and, by type,
 * one value or some bytes behind it.
 *
 * @threading the media agent that owns the ring's writing end.
 * @allocation none but for addresses and reasons.
 */
final class EventWriter implements SessionEventSink {
  static final int OPENED = 1;
  static final int OPEN_FAILED = 2;
  static final int FIRST_RTP = 3;
  static final int DIGIT = 4;
  static final int TALKING = 5;
  static final int PROMPT_ENDED = 6;
  static final int SILENT_LINE = 7;
  static final int CLOSED = 8;
  static final int INBAND_DIGIT = 9;

  static final int VALUE_OFFSET = Long.BYTES;
  static final int BYTES_OFFSET = 2 * Long.BYTES;

  private final RingBuffer ring;

  EventWriter(final RingBuffer ring) {
    this.ring = ring;
  }

  @Override
  public boolean opened(final long sessionId, final InetSocketAddress localRtp) {
    return write(OPENED, sessionId, localRtp.getPort(), localRtp.getAddress().getAddress());
  }

  @Override
  public boolean openFailed(final long sessionId, final String reason) {
    return write(OPEN_FAILED, sessionId, 0, reason.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean firstRtp(final long sessionId) {
    return write(FIRST_RTP, sessionId, 0);
  }

  @Override
  public boolean digit(final long sessionId, final char digit) {
    return write(DIGIT, sessionId, digit);
  }

  @Override
  public boolean inbandDigit(final long sessionId, final char digit) {
    return write(INBAND_DIGIT, sessionId, digit);
  }

  @Override
  public boolean talking(final long sessionId, final boolean talking) {
    return write(TALKING, sessionId, talking ? 1 : 0);
  }

  @Override
  public boolean promptEnded(final long sessionId, final long tag) {
    return write(PROMPT_ENDED, sessionId, tag);
  }

  @Override
  public boolean silentLine(final long sessionId, final long silentMs) {
    return write(SILENT_LINE, sessionId, silentMs);
  }

  @Override
  public boolean closed(final long sessionId) {
    return write(CLOSED, sessionId, 0);
  }

  private boolean write(final int type, final long sessionId, final long value) {
    final int index = ring.tryClaim(type, BYTES_OFFSET);
    if (index < 0) {
      return false;
    }
    final AtomicBuffer buffer = ring.buffer();
    buffer.putLong(index, sessionId);
    buffer.putLong(index + VALUE_OFFSET, value);
    ring.commit(index);
    return true;
  }

  private boolean write(
      final int type, final long sessionId, final long value, final byte[] bytes) {
    final int index = ring.tryClaim(type, BYTES_OFFSET + bytes.length);
    if (index < 0) {
      return false;
    }
    final AtomicBuffer buffer = ring.buffer();
    buffer.putLong(index, sessionId);
    buffer.putLong(index + VALUE_OFFSET, value);
    buffer.putBytes(index + BYTES_OFFSET, bytes);
    ring.commit(index);
    return true;
  }
}
