package dev.conductor.demo;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What {@code demo-callers} is asked to do. Immutable.
 *
 * @param callers how many phones dial
 * @param server where the server takes SIP
 * @param did what they dial
 * @param pins what they key, in turn
 * @param runFor when they all hang up
 * @param wav speech they say over and over, each from another place; null: each a tone of his own
 * @param restless whether hands are raised and people leave and come back
 */
public record DemoCallersOptions(
    int callers,
    InetSocketAddress server,
    String did,
    List<String> pins,
    Duration runFor,
    Path wav,
    boolean restless) {
  private static final int MOST_CALLERS = 1_000;

  /** Copies the list and checks the numbers. */
  public DemoCallersOptions {
    pins = List.copyOf(pins);
    if (callers < 1 || callers > MOST_CALLERS) {
      throw new IllegalArgumentException("callers: " + callers + " is not in 1.." + MOST_CALLERS);
    }
    if (pins.isEmpty()) {
      throw new IllegalArgumentException("pins: none is given");
    }
    if (server.isUnresolved()) {
      throw new IllegalArgumentException("server: " + server.getHostString() + " is not known");
    }
  }

  /** That many callers of the demo on this server, restless, for five minutes. */
  public static DemoCallersOptions of(final int callers, final InetSocketAddress server) {
    return new DemoCallersOptions(
        callers,
        server,
        DemoConference.DID,
        DemoConference.participantPins(),
        Duration.ofMinutes(5),
        null,
        true);
  }
}
