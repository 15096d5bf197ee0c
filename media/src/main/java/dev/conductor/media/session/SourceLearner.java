package dev.conductor.media.session;

import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.rtp.Sequences;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Predicate;

/**
 * Decides whose packets count, and where ours go.
 *
 * <p>Packets count from the address SIP named. A phone behind a NAT sends from another: any port of
 * the address that SIP itself came from will do, after four packets in sequence of an agreed
 * payload type. Once an address has spoken, the same address may go on from a new port after a
 * second of silence, at most three times a minute. A new offer opens learning again.
 *
 * <p>A far end that does not send from where it receives is matched by its addresses instead:
 * packets of an agreed payload type count from any port of them, from several at once too, and what
 * else comes from there after. Ours go to the address SIP named: nothing is learned, and the socket
 * stays unconnected.
 *
 * <p>Nothing of ours goes to an address that SIP named before the line is confirmed, or before
 * something came from there.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction, but for what the far end's list of addresses allocates when
 *     it is asked: of RTP, where the source is another than before.
 * @units nanoseconds.
 */
final class SourceLearner {
  /** How long the far end must be silent before a new port of it is learned. */
  static final long SILENCE_NS = 1_000_000_000;

  private static final int PACKETS_TO_LEARN = 4;
  private static final int CANDIDATES = 4;
  private static final int LEARNINGS = 3;
  private static final long LEARNINGS_WITHIN_NS = 60_000_000_000L;

  private final Candidate[] candidates = new Candidate[CANDIDATES];
  private int nextCandidate;

  /** When the latest ports were learned anew; a ring. */
  private final long[] learnedNs = new long[LEARNINGS];

  private int learnedAnewCount;
  private long learnedPorts;

  private InetSocketAddress signalled;
  private InetAddress signallingSource;

  /** Where packets count from, in place of what is learned; null where that is learned. */
  private Predicate<InetAddress> sources;

  private boolean confirmed;

  /** Who spoke last, or null; null where the far end is matched by its addresses. */
  private InetSocketAddress peer;

  /** From where, of the addresses that the far end is matched by, it spoke last, or null. */
  private InetSocketAddress matched;

  private boolean open;
  private long heardNs;

  SourceLearner(final RtpSessionSpec spec) {
    for (int i = 0; i < CANDIDATES; i++) {
      candidates[i] = new Candidate();
    }
    signalled = spec.remoteRtp();
    signallingSource = spec.signallingSource();
    sources = spec.sources();
    confirmed = spec.confirmed();
    open = true;
  }

  /**
   * Opens learning again, unless all that is new is that the line is confirmed. A far end whose
   * address stays the same goes on where it is; a new address is to be confirmed anew.
   */
  void update(final RtpSessionSpec spec) {
    final boolean moved = spec.remoteRtp() == null || !spec.remoteRtp().equals(signalled);
    final boolean confirms = spec.confirmed() && !confirmed;
    confirmed = spec.confirmed() || confirmed && !moved;
    if (!moved && confirms) {
      return;
    }
    if (moved) {
      peer = null;
      matched = null;
    }
    signalled = spec.remoteRtp();
    signallingSource = spec.signallingSource();
    sources = spec.sources();
    open = true;
    forgetCandidates();
  }

  /**
   * Where our packets go: to who spoke last, before that to where SIP said once the line is
   * confirmed; null for nowhere.
   */
  InetSocketAddress target() {
    return peer == null && confirmed ? signalled : peer;
  }

  /** Whether the far end is matched by its addresses: then the socket is not to be connected. */
  boolean isMatchedByAddress() {
    return sources != null;
  }

  /** Whether this is one of the addresses that the far end is matched by. */
  boolean matches(final InetAddress address) {
    return sources.test(address);
  }

  /** A packet came over the connected socket. */
  void heard(final long nowNs) {
    heardNs = nowNs;
  }

  /** Whether the far end has been silent for so long that it may come back from a new port. */
  boolean isSilent(final long nowNs) {
    return nowNs - heardNs >= SILENCE_NS;
  }

  /**
   * Judges a packet that came over the unconnected socket.
   *
   * @param source from where
   * @param agreed whether its payload type was agreed
   * @return whether it counts; if so its source is now the far end, unless that is matched by its
   *     addresses
   */
  boolean accepts(
      final InetSocketAddress source,
      final int ssrc,
      final int sequence,
      final boolean agreed,
      final long nowNs) {
    if (isMatchedByAddress()) {
      return isMatched(source, agreed, nowNs);
    }
    if (source.equals(peer) || source.equals(signalled)) {
      settle(source, nowNs);
      return true;
    }
    if (!agreed || !mayLearn(source.getAddress(), nowNs)) {
      return false;
    }
    if (candidate(source).onPacket(ssrc, sequence) < PACKETS_TO_LEARN) {
      return false;
    }
    if (!open) {
      learnedNs[learnedAnewCount % LEARNINGS] = nowNs;
      learnedAnewCount++;
    }
    learnedPorts++;
    settle(source, nowNs);
    return true;
  }

  private boolean isMatched(
      final InetSocketAddress source, final boolean agreed, final long nowNs) {
    if (!source.equals(matched)) {
      if (!agreed || !matches(source.getAddress())) {
        return false;
      }
      matched = source;
      confirmed |= source.equals(signalled);
    }
    heardNs = nowNs;
    return true;
  }

  /** How often an address was learned that SIP had not named. */
  long learned() {
    return learnedPorts;
  }

  private boolean mayLearn(final InetAddress address, final long nowNs) {
    if (open) {
      return address.equals(signallingSource) || isPeers(address);
    }
    final boolean rested =
        learnedAnewCount < LEARNINGS
            || nowNs - learnedNs[learnedAnewCount % LEARNINGS] >= LEARNINGS_WITHIN_NS;
    return isPeers(address) && isSilent(nowNs) && rested;
  }

  private boolean isPeers(final InetAddress address) {
    return peer != null && address.equals(peer.getAddress());
  }

  private Candidate candidate(final InetSocketAddress source) {
    for (final Candidate candidate : candidates) {
      if (source.equals(candidate.source)) {
        return candidate;
      }
    }
    final Candidate replaced = candidates[nextCandidate];
    nextCandidate = (nextCandidate + 1) % CANDIDATES;
    replaced.source = source;
    replaced.inSequence = 0;
    return replaced;
  }

  private void settle(final InetSocketAddress source, final long nowNs) {
    peer = source;
    open = false;
    heardNs = nowNs;
    forgetCandidates();
  }

  private void forgetCandidates() {
    for (final Candidate candidate : candidates) {
      candidate.source = null;
    }
  }

  /**
   * Somebody who may turn out to be the far end.
   *
   * @threading the media agent that owns the session.
   * @allocation none after construction.
   */
  private static final class Candidate {
    private InetSocketAddress source;
    private int ssrc;
    private int next;
    private int inSequence;

    /** Counts packets that follow each other. */
    int onPacket(final int packetSsrc, final int sequence) {
      final boolean follows = inSequence > 0 && packetSsrc == ssrc && sequence == next;
      inSequence = follows ? inSequence + 1 : 1;
      ssrc = packetSsrc;
      next = Sequences.next(sequence);
      return inSequence;
    }
  }
}
