package dev.conductor.signaling.sdp;

import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.api.SrtpKeys;
import dev.conductor.signaling.api.SrtpSuite;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of one dialog's sound (RFC 4568): what we offered, and what is in force. A far end that
 * goes on with its key gets ours again, and the stream goes on; one with a new key may be another
 * device behind the same dialog, which knows nothing of our stream so far: it gets a new key.
 *
 * <p>Threads: any; guarded by itself, never for long.
 */
public final class KeyAgreement {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SrtpPolicy policy;
  private final boolean overTls;
  private String profile;
  private SrtpKeys inForce;
  private List<CryptoLine> offered = List.of();

  /**
   * Of a dialog that has none yet.
   *
   * @param overTls whether its signalling comes over TLS
   */
  public KeyAgreement(final SrtpPolicy policy, final boolean overTls) {
    this.policy = policy;
    this.overTls = overTls;
    profile = policy == SrtpPolicy.REQUIRED ? "RTP/SAVP" : "RTP/AVP";
  }

  /** An offer of the far end was taken. */
  public synchronized void took(final Agreement agreement) {
    profile = agreement.offer().media().get(agreement.lineIndex()).profile();
    inForce = agreement.remote().keys();
  }

  /** An answer to an offer of ours was taken. */
  public synchronized void took(final MediaDescription answer) {
    inForce = answer.keys();
  }

  /** The transport of the media line, as the next offer of ours says it. */
  synchronized String profile() {
    return profile;
  }

  boolean mayProtect() {
    return policy.mayProtect(overTls);
  }

  boolean mayBeClear() {
    return policy.mayBeClear();
  }

  /** The keys that answer an offered line. */
  synchronized SrtpKeys answer(final CryptoLine line) {
    final SrtpKeys again = new SrtpKeys(line.suite(), line.tag(), new byte[0], line.master());
    final byte[] local = again.hasRemoteOf(inForce) ? inForce.local() : newMaster(line.suite());
    return new SrtpKeys(line.suite(), line.tag(), local, line.master());
  }

  /** What an offer of ours says of keys: those in force, or each suite with a new one. */
  synchronized List<CryptoLine> offer() {
    if (!mayProtect()) {
      offered = List.of();
    } else if (inForce != null) {
      offered = List.of(new CryptoLine(inForce.tag(), inForce.suite(), inForce.local()));
    } else {
      final List<CryptoLine> lines = new ArrayList<>();
      for (final SrtpSuite suite : SrtpSuite.values()) {
        lines.add(new CryptoLine(lines.size() + 1, suite, newMaster(suite)));
      }
      offered = List.copyOf(lines);
    }
    return offered;
  }

  /** The keys that an answer to {@link #offer} comes to; null when it fits no offered line. */
  synchronized SrtpKeys answered(final CryptoLine answer) {
    for (final CryptoLine ours : offered) {
      if (ours.tag() == answer.tag() && ours.suite() == answer.suite()) {
        return new SrtpKeys(answer.suite(), answer.tag(), ours.master(), answer.master());
      }
    }
    return null;
  }

  private static byte[] newMaster(final SrtpSuite suite) {
    final byte[] master = new byte[suite.masterBytes()];
    RANDOM.nextBytes(master);
    return master;
  }
}
