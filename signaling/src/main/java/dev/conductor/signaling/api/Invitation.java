package dev.conductor.signaling.api;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * A new dialog that waits for our answer (RFC 3261, section 13.3). Any thread; immutable.
 *
 * @param dialog its name
 * @param dialled the number dialled, as sent: the DID
 * @param pin what a trunk dialled behind the number and a star: keys as if pressed at once; empty
 *     for none. Never logged
 * @param trunk name of the peer where it is one we know by name; empty otherwise
 * @param known whether it comes from a trunk or an allowed network: such a peer is believed where
 *     he wants his sound, a stranger only of the address he calls from
 * @param ani the caller's number; empty when anonymous or none
 * @param displayName the caller's name as sent; empty for none
 * @param source where the INVITE came from
 * @param localAddress our address on the route to the peer; RTP is bound there
 * @param offer the far end's line; null when the INVITE had none and our 200 is to offer
 */
public record Invitation(
    DialogId dialog,
    String dialled,
    String pin,
    String trunk,
    boolean known,
    String ani,
    String displayName,
    InetSocketAddress source,
    InetAddress localAddress,
    MediaDescription offer) {

  /** Checks for nulls. */
  public Invitation {
    Objects.requireNonNull(dialog, "dialog");
    Objects.requireNonNull(dialled, "dialled");
    Objects.requireNonNull(pin, "pin");
    Objects.requireNonNull(trunk, "trunk");
    Objects.requireNonNull(ani, "ani");
    Objects.requireNonNull(displayName, "displayName");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(localAddress, "localAddress");
  }

  /** Without what must not be seen. */
  @Override
  public String toString() {
    return "Invitation[dialog=" + dialog + ", dialled=" + dialled + ", trunk=" + trunk + "]";
  }
}
