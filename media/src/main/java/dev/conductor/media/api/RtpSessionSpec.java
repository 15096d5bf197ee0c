package dev.conductor.media.api;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * All that media must know of one caller's line, as the offer and the answer agreed it.
 *
 * @threading immutable.
 * @allocation one per offer and answer.
 * @param bindAddress local address of the socket
 * @param remoteRtp where the far end said it receives; null until a late offer is answered
 * @param signallingSource the address SIP came from; the phone's RTP may come from there instead
 *     when it sits behind a NAT
 * @param payloads agreed codecs by payload type; the first is the one we send
 * @param digitPayloadTypes payload types of telephone-event (RFC 4733), one a clock rate; empty
 *     where not agreed
 * @param rtcpMux whether RTCP shares the RTP port (RFC 5761)
 * @param remoteRtcp where the far end receives RTCP (RFC 3605); null for the port above its RTP
 * @param sends whether we send sound (false on hold: RTCP only)
 * @param receives whether the far end may send sound; while false its silence is no dead line
 * @param hold whether the far end put the line on hold
 * @param confirmed whether who asked for the line is known to be there (the ACK came) and may name
 *     these addresses. Until then nothing at all is sent to them: a forged INVITE may name
 *     anybody's, and so may a stranger. The first RTP from there confirms them too.
 * @param keys what packets are protected with, both ways; null for a line in the clear
 * @param sources the addresses that packets count from, whatever their port, where the far end does
 *     not send from where it receives; ours then go to where it said, and nowhere else. Asked by
 *     the media agent. Null for a line on which the far end's address is found by what it sends
 */
public record RtpSessionSpec(
    InetAddress bindAddress,
    InetSocketAddress remoteRtp,
    InetAddress signallingSource,
    List<Payload> payloads,
    List<Integer> digitPayloadTypes,
    boolean rtcpMux,
    InetSocketAddress remoteRtcp,
    boolean sends,
    boolean receives,
    boolean hold,
    boolean confirmed,
    MediaKeys keys,
    Predicate<InetAddress> sources) {

  /** Checks that there is something to speak with. */
  public RtpSessionSpec {
    Objects.requireNonNull(bindAddress, "bindAddress");
    payloads = List.copyOf(payloads);
    digitPayloadTypes = List.copyOf(digitPayloadTypes);
    if (payloads.isEmpty()) {
      throw new IllegalArgumentException("payloads: at least one codec");
    }
  }

  /** The same line, whose far end has not shown yet that it is there. */
  public RtpSessionSpec unconfirmed() {
    return new RtpSessionSpec(
        bindAddress,
        remoteRtp,
        signallingSource,
        payloads,
        digitPayloadTypes,
        rtcpMux,
        remoteRtcp,
        sends,
        receives,
        hold,
        false,
        keys,
        sources);
  }

  /** Whether what the far end says is wanted: it may say something, and is not on hold. */
  public boolean isHeard() {
    return receives && !hold;
  }

  /** Whether the same codecs and telephone events have the same numbers. */
  public boolean hasFormatsOf(final RtpSessionSpec other) {
    return payloads.equals(other.payloads) && digitPayloadTypes.equals(other.digitPayloadTypes);
  }

  /**
   * One codec with its number on this line, and how the far end wants it sent.
   *
   * @threading immutable.
   * @allocation one per offer and answer.
   * @param payloadType 0..127
   * @param codec what it stands for
   * @param maxRateHz more than this the far end does not play (Opus: {@code maxplaybackrate})
   * @param maxBitrateBps more than this it does not take (Opus: {@code maxaveragebitrate}); 0 for
   *     no limit
   * @param fec whether it makes use of forward error correction (Opus: {@code useinbandfec})
   */
  public record Payload(
      int payloadType, Codec codec, int maxRateHz, int maxBitrateBps, boolean fec) {
    /** Checks the range. */
    public Payload {
      if (payloadType < 0 || payloadType > 127) {
        throw new IllegalArgumentException("payloadType " + payloadType + " is not in 0..127");
      }
      Objects.requireNonNull(codec, "codec");
    }

    /** A codec without wishes of the far end. */
    public Payload(final int payloadType, final Codec codec) {
      this(payloadType, codec, codec.sampleRateHz(), 0, false);
    }
  }
}
