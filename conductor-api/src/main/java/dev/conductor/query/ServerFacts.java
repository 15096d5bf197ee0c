package dev.conductor.query;

import dev.conductor.model.DialWindow;
import java.util.Objects;

/**
 * What calls and conferences say of the server they run on. Immutable.
 *
 * @param server the advertised host
 * @param socketXml port of the XML event socket, 0 while there is none
 * @param window when a reservation is open to callers, for a conference's status
 */
public record ServerFacts(String server, int socketXml, DialWindow window) {
  /** Checks for null. */
  public ServerFacts {
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(window, "window");
  }

  /** Of a server that opens reservations exactly for their time. */
  public ServerFacts(final String server, final int socketXml) {
    this(server, socketXml, DialWindow.EXACT);
  }
}
