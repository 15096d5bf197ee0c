package dev.conductor.media.session;

import dev.conductor.media.api.MediaKeys;
import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.rtp.SrtpReceiver;
import dev.conductor.media.rtp.SrtpSender;
import dev.conductor.media.status.MediaCounter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Protects what one line sends and opens what it is sent, or hands both through where the line is
 * in the clear.
 *
 * <p>Keys that a new offer and answer leave as they were go on with their counters and with what
 * was received. With a new key of the far end, packets under the one before are taken too until the
 * first under the new one came: they are still on their way.
 *
 * @threading the media agent that owns the session.
 * @allocation none a packet.
 */
final class LineSecurity {
  private MediaKeys keys;
  private SrtpSender sender;
  private SrtpReceiver receiver;

  /** Of the key before, while nothing came under the one in force; else null. */
  private SrtpReceiver receiverBefore;

  LineSecurity(final LineKeys line) {
    take(line);
  }

  private void take(final LineKeys line) {
    keys = line.keys;
    sender = line.sender;
    receiver = line.receiver;
  }

  /** Whether the line is protected. */
  boolean isOn() {
    return keys != null;
  }

  /** Takes over what a new offer and answer agreed. */
  void update(final LineKeys line) {
    final MediaKeys before = keys;
    final SrtpSender senderBefore = sender;
    final SrtpReceiver heardWith = receiver;
    final boolean comparable =
        before != null && line.keys != null && before.profile().equals(line.keys.profile());
    final boolean sameRemote = comparable && Arrays.equals(before.remote(), line.keys.remote());
    if (sameRemote && Arrays.equals(before.local(), line.keys.local())) {
      return;
    }
    take(line);
    if (comparable && Arrays.equals(before.local(), line.keys.local())) {
      sender = senderBefore;
    }
    if (sameRemote) {
      receiver = heardWith;
    } else {
      receiverBefore = line.keys == null ? null : heardWith;
    }
  }

  /**
   * Opens an RTP packet in {@link TickContext#in}; counts why it cannot.
   *
   * @return its length, or negative when it is nothing to be looked at
   */
  int openRtp(final TickContext context, final int lengthBytes) {
    if (!isOn()) {
      return lengthBytes;
    }
    final int opened = receiver.unprotectRtp(context.in(), lengthBytes);
    return judge(
        context,
        opened,
        opened == SrtpReceiver.NOT_AUTHENTIC && receiverBefore != null
            ? receiverBefore.unprotectRtp(context.in(), lengthBytes)
            : opened);
  }

  /** The same with an RTCP datagram. */
  int openRtcp(final TickContext context, final int lengthBytes) {
    if (!isOn()) {
      return lengthBytes;
    }
    final int opened = receiver.unprotectRtcp(context.in(), lengthBytes);
    return judge(
        context,
        opened,
        opened == SrtpReceiver.NOT_AUTHENTIC && receiverBefore != null
            ? receiverBefore.unprotectRtcp(context.in(), lengthBytes)
            : opened);
  }

  private int judge(final TickContext context, final int byKey, final int byAny) {
    if (byKey >= 0) {
      receiverBefore = null;
    } else if (byAny < 0) {
      context.counters().increment(counterOf(byAny));
    }
    return byAny;
  }

  private static MediaCounter counterOf(final int reason) {
    return switch (reason) {
      case SrtpReceiver.NOT_AUTHENTIC -> MediaCounter.SRTP_NOT_AUTHENTIC;
      case SrtpReceiver.REPLAYED -> MediaCounter.SRTP_REPLAYED;
      case SrtpReceiver.TOO_MANY_SOURCES -> MediaCounter.SRTP_SOURCES_REFUSED;
      default -> MediaCounter.SRTP_MALFORMED;
    };
  }

  /**
   * What is to go out for an RTP packet: itself, or in {@link TickContext#sealed} what protects it.
   */
  ByteBuffer protectRtp(
      final TickContext context, final PacketBuffer packet, final int payloadBytes) {
    final int lengthBytes = RtpHeader.FIXED_BYTES + payloadBytes;
    if (!isOn()) {
      packet.bytes().clear().limit(lengthBytes);
      return packet.bytes();
    }
    final PacketBuffer sealed = context.sealed();
    final int sealedBytes = sender.protectRtp(packet.buffer(), lengthBytes, sealed.buffer());
    sealed.bytes().clear().limit(sealedBytes);
    return sealed.bytes();
  }

  /**
   * Protects an RTCP datagram where it lies.
   *
   * @return its new length, or negative when its key is used up
   */
  int protectRtcp(final UnsafeBuffer packet, final int lengthBytes) {
    return isOn() ? sender.protectRtcp(packet, lengthBytes) : lengthBytes;
  }
}
