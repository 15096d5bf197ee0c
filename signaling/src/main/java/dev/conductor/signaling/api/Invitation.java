package dev.conductor.signaling.api;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * A new dialog that waits for our answer (RFC 3261, section 13.3). Any thread; immutable.
 *
 * @param dialog its name
 * @param dialled user part of the Request-URI, as sent: the DID
 * @param ani user part of From; empty when anonymous or none
 * @param displayName display name of From; empty for none
 * @param source where the INVITE came from
 * @param localAddress our address on the route to the peer; RTP is bound there
 * @param offer the far end's line; null when the INVITE had none and our 200 is to offer
 */
public record Invitation(
    DialogId dialog,
    String dialled,
    String ani,
    String displayName,
    InetSocketAddress source,
    InetAddress localAddress,
    MediaDescription offer) {

  /** Checks for nulls. */
  public Invitation {
    Objects.requireNonNull(dialog, "dialog");
    Objects.requireNonNull(dialled, "dialled");
    Objects.requireNonNull(ani, "ani");
    Objects.requireNonNull(displayName, "displayName");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(localAddress, "localAddress");
  }
}
