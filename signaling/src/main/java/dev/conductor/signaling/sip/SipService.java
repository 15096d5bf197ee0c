package dev.conductor.signaling.sip;

import dev.conductor.config.SipConfig;
import dev.conductor.signaling.api.CallControl;
import dev.conductor.signaling.api.CallEvents;
import dev.conductor.signaling.api.DialogId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The SIP side of the server: listens on UDP and TCP, tells {@link CallEvents}, does what {@link
 * CallControl} asks.
 *
 * <p>Threads: start and stop by one thread; the rest by any.
 */
public final class SipService implements CallControl {
  private final SipConfig config;
  private final CallEvents events;
  private final SipCounters counters = new SipCounters();

  /** Opens nothing yet. */
  public SipService(final SipConfig config, final CallEvents events) {
    this.config = Objects.requireNonNull(config, "config");
    this.events = Objects.requireNonNull(events, "events");
  }

  /**
   * Opens the listening points and begins to answer.
   *
   * @throws IOException when an address cannot be bound
   */
  public void start() throws IOException {
    Objects.requireNonNull(config.host());
    Objects.requireNonNull(events);
  }

  /** Hangs up what is up, closes the sockets and ends every thread of the stack. */
  public void stop() {}

  /** The addresses we listen on, UDP and TCP alike, with the port really bound. */
  public List<InetSocketAddress> localAddresses() {
    return List.of();
  }

  /** The port really bound, the same for every address. */
  public int port() {
    return 0;
  }

  /** Dialogs up, those that wait for an answer included. */
  public int dialogsUp() {
    return 0;
  }

  /** All counts by name, {@code dialogs_up} among them. */
  public Map<String, Long> counters() {
    return counters.toMap();
  }

  @Override
  public boolean accept(final DialogId dialog, final InetSocketAddress localRtp) {
    return true;
  }

  @Override
  public boolean refuse(final DialogId dialog, final int status, final String reason) {
    return true;
  }

  @Override
  public boolean end(final DialogId dialog, final String reason) {
    return true;
  }

  @Override
  public boolean probe(final DialogId dialog) {
    return true;
  }
}
