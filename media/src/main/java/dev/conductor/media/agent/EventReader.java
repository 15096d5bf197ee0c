package dev.conductor.media.agent;

import dev.conductor.media.api.MediaEvents;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;

/**
 * Turns the records of {@link EventWriter} into calls.
 *
 * @threading the conductor.
 * @allocation none but for addresses and reasons.
 */
final class EventReader implements MessageHandler {
  private final LongConsumer onGone;
  private MediaEvents handler;

  /**
   * A reader.
   *
   * @param onGone told each session that is no more; of one that closed after the handler is, which
   *     may ask how it did
   */
  EventReader(final LongConsumer onGone) {
    this.onGone = onGone;
  }

  /** Calls this from now on. */
  void handler(final MediaEvents newHandler) {
    handler = newHandler;
  }

  @Override
  public void onMessage(
      final int type, final MutableDirectBuffer buffer, final int index, final int length) {
    final long sessionId = buffer.getLong(index);
    final long value = buffer.getLong(index + EventWriter.VALUE_OFFSET);
    switch (type) {
      case EventWriter.OPENED ->
          handler.onOpened(
              sessionId, new InetSocketAddress(address(buffer, index, length), (int) value));
      case EventWriter.OPEN_FAILED -> {
        onGone.accept(sessionId);
        handler.onOpenFailed(
            sessionId, new String(bytes(buffer, index, length), StandardCharsets.UTF_8));
      }
      case EventWriter.FIRST_RTP -> handler.onFirstRtp(sessionId);
      case EventWriter.DIGIT -> handler.onDigit(sessionId, (char) value);
      case EventWriter.INBAND_DIGIT -> handler.onInbandDigit(sessionId, (char) value);
      case EventWriter.TALKING -> handler.onTalking(sessionId, value != 0);
      case EventWriter.PROMPT_ENDED -> handler.onPromptEnded(sessionId, value);
      case EventWriter.SILENT_LINE -> handler.onSilentLine(sessionId, value);
      case EventWriter.CLOSED -> {
        try {
          handler.onClosed(sessionId);
        } finally {
          onGone.accept(sessionId);
        }
      }
      default -> throw new IllegalStateException("no event: " + type);
    }
  }

  private static byte[] bytes(final MutableDirectBuffer buffer, final int index, final int length) {
    final byte[] bytes = new byte[length - EventWriter.BYTES_OFFSET];
    buffer.getBytes(index + EventWriter.BYTES_OFFSET, bytes);
    return bytes;
  }

  private static InetAddress address(
      final MutableDirectBuffer buffer, final int index, final int length) {
    try {
      return InetAddress.getByAddress(bytes(buffer, index, length));
    } catch (final UnknownHostException e) {
      throw new IllegalStateException("an address of " + length + " bytes", e);
    }
  }
}
