package dev.conductor.media.session;

import dev.conductor.media.api.RtpSessionSpec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * Whose RTCP counts, and where ours goes. Both follow the far end's RTP: only a datagram from the
 * host that RTP goes to counts, or from the one that signalling named for RTCP (RFC 3605).
 *
 * <p>Where the far end is matched by its addresses, what comes from any of them counts, and ours
 * goes to where signalling says, or to the port above its RTP.
 *
 * <p>Ours goes to the address signalling named; where it named none, or the far end turned out to
 * be behind a NAT so that what it named means nothing, to the port that its own RTCP comes from;
 * before any came, to the port above its RTP.
 *
 * @threading the media agent that owns the session.
 * @allocation one address each time the far end's RTP address changes.
 */
final class RtcpAddresses {
  private static final int LAST_PORT = 65_535;

  private final SourceLearner learner;
  private InetSocketAddress signalledRtp;
  private InetSocketAddress signalled;
  private InetSocketAddress learned;

  /** The port above this one. */
  private InetSocketAddress below;

  private InetSocketAddress above;

  RtcpAddresses(final SourceLearner learner, final RtpSessionSpec spec) {
    this.learner = learner;
    signalledRtp = spec.remoteRtp();
    signalled = spec.remoteRtcp();
  }

  /** Takes over a new offer and answer; true when the far end is another. */
  boolean update(final RtpSessionSpec spec) {
    final boolean moved =
        !Objects.equals(signalledRtp, spec.remoteRtp())
            || !Objects.equals(signalled, spec.remoteRtcp());
    if (moved) {
      learned = null;
    }
    signalledRtp = spec.remoteRtp();
    signalled = spec.remoteRtcp();
    return moved;
  }

  /** Whether a datagram from there is the far end's. */
  boolean accepts(final InetSocketAddress source) {
    if (learner.isMatchedByAddress()) {
      return learner.matches(source.getAddress());
    }
    final InetSocketAddress rtp = learner.target();
    return rtp != null
        && (source.getAddress().equals(rtp.getAddress())
            || isAsSignalled(rtp) && isSignalled(source.getAddress()));
  }

  private boolean isSignalled(final InetAddress address) {
    return signalled != null && address.equals(signalled.getAddress());
  }

  /** The far end's RTCP came from there. */
  void learn(final InetSocketAddress source) {
    learned = learner.isMatchedByAddress() ? null : source;
  }

  /** Where RTP goes; null for nowhere. */
  InetSocketAddress rtpTarget() {
    final InetSocketAddress target = learner.target();
    // The null address of a hold (RFC 3264, section 8.4) is no place to send to.
    return target == null || target.getAddress().isAnyLocalAddress() ? null : target;
  }

  /** Where RTCP goes when it has a port of its own; null for nowhere. */
  InetSocketAddress target() {
    final InetSocketAddress rtp = rtpTarget();
    if (rtp == null) {
      return null;
    }
    if (signalled != null && isAsSignalled(rtp)) {
      return signalled;
    }
    if (learned != null && learned.getAddress().equals(rtp.getAddress())) {
      return learned;
    }
    if (!rtp.equals(below)) {
      below = rtp;
      above =
          rtp.getPort() == LAST_PORT
              ? null
              : new InetSocketAddress(rtp.getAddress(), rtp.getPort() + 1);
    }
    return above;
  }

  /** Whether the far end sends its RTP from the host it named. */
  private boolean isAsSignalled(final InetSocketAddress rtp) {
    return signalledRtp != null && rtp.getAddress().equals(signalledRtp.getAddress());
  }
}
