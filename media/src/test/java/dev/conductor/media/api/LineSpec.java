package dev.conductor.media.api;

import dev.conductor.media.api.RtpSessionSpec.Payload;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Predicate;

/**
 * Puts together what a session must know of a line. Unless told otherwise it is the plainest one: a
 * confirmed far end with PCMU and telephone events, both ways, in the clear, bound to loopback.
 */
public final class LineSpec {
  /** The payload type of telephone events. */
  public static final int EVENT_TYPE = 101;

  private final InetSocketAddress remoteRtp;
  private InetAddress bindAddress = InetAddress.getLoopbackAddress();
  private InetAddress signallingSource;
  private List<Payload> payloads = List.of(new Payload(0, Codec.PCMU));
  private List<Integer> eventTypes = List.of(EVENT_TYPE);
  private boolean mux;
  private InetSocketAddress remoteRtcp;
  private boolean sends = true;
  private boolean receives = true;
  private boolean hold;
  private MediaKeys keys;
  private Predicate<InetAddress> sources;

  /** One whose far end said it receives there. */
  public LineSpec(final InetSocketAddress remoteRtp) {
    this.remoteRtp = remoteRtp;
  }

  /** Our own address. */
  public LineSpec boundTo(final InetAddress address) {
    bindAddress = address;
    return this;
  }

  /** Where SIP came from. */
  public LineSpec signalledFrom(final InetAddress address) {
    signallingSource = address;
    return this;
  }

  /** The codecs in place of PCMU, the one we send first. */
  public LineSpec codecs(final List<Payload> agreed) {
    payloads = agreed;
    return this;
  }

  /** The codecs in place of PCMU, the one we send first. */
  public LineSpec codecs(final Payload... agreed) {
    return codecs(List.of(agreed));
  }

  /** One codec in place of PCMU. */
  public LineSpec codec(final int payloadType, final Codec codec) {
    return codecs(new Payload(payloadType, codec));
  }

  /** Telephone events by these payload types, or by none. */
  public LineSpec events(final List<Integer> types) {
    eventTypes = types;
    return this;
  }

  /** No telephone events were agreed. */
  public LineSpec noEvents() {
    return events(List.of());
  }

  /** Whether RTCP shares the port. */
  public LineSpec mux(final boolean isShared) {
    mux = isShared;
    return this;
  }

  /** Where the far end receives RTCP. */
  public LineSpec rtcpTo(final InetSocketAddress address) {
    remoteRtcp = address;
    return this;
  }

  /** Who may send sound, and whether the far end holds the line. */
  public LineSpec flow(final boolean weSend, final boolean weReceive, final boolean isOnHold) {
    sends = weSend;
    receives = weReceive;
    hold = isOnHold;
    return this;
  }

  /** What packets are protected with. */
  public LineSpec keys(final MediaKeys agreed) {
    keys = agreed;
    return this;
  }

  /** The addresses that packets count from. */
  public LineSpec sources(final Predicate<InetAddress> addresses) {
    sources = addresses;
    return this;
  }

  /** The line as it was described. */
  public RtpSessionSpec spec() {
    return new RtpSessionSpec(
        bindAddress,
        remoteRtp,
        signallingSource,
        payloads,
        eventTypes,
        mux,
        remoteRtcp,
        sends,
        receives,
        hold,
        true,
        keys,
        sources);
  }
}
