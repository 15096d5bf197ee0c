package dev.conductor.query;

import java.util.Objects;

/**
 * What a call says of the server it runs on. Immutable.
 *
 * @param server the advertised host
 * @param socketXml port of the XML event socket, 0 while there is none
 */
public record ServerFacts(String server, int socketXml) {
  /** Checks for null. */
  public ServerFacts {
    Objects.requireNonNull(server, "server");
  }
}
