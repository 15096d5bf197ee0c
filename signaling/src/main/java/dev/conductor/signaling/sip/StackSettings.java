package dev.conductor.signaling.sip;

import dev.conductor.config.SipConfig;
import java.util.Properties;

/**
 * The settings of one JAIN-SIP stack, with the reason for each that differs from its default. Any
 * thread; stateless.
 */
final class StackSettings {
  /** Below this the stack falls back to 4096 by itself. */
  private static final int LEAST_MESSAGE_BYTES = 4_096;

  private static final int LEAST_TRANSACTIONS = 10_000;
  private static final String UDP_BUFFER_BYTES = "1048576";

  private StackSettings() {}

  /**
   * How many transactions are kept before new work is refused: each call leaves one for half a
   * minute after its BYE (RFC 3261, section 17.2.2), 32 of them for each call a second.
   */
  static int mostTransactions(final SipConfig config) {
    return LEAST_TRANSACTIONS + 4 * config.maxDialogs();
  }

  /**
   * The settings.
   *
   * @param mostTransactions the valve lets be kept
   * @param name of its own in this JVM: the stack factory gives the same stack for the same name
   */
  static Properties of(final SipConfig config, final String name, final int mostTransactions) {
    final Properties settings = new Properties();
    settings.setProperty("javax.sip.STACK_NAME", name);
    settings.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "on");
    settings.setProperty("javax.sip.ROUTER_PATH", PeerRouter.class.getName());
    // Without both the stack looks for log4j.
    set(settings, "STACK_LOGGER", FencedStackLogger.class.getName());
    set(settings, "SERVER_LOGGER", FencedServerLogger.class.getName());
    set(settings, "MESSAGE_PARSER_FACTORY", FencedParserFactory.class.getName());
    set(settings, "NETWORK_LAYER", FencedNetworkLayer.class.getName());
    set(settings, "ADDRESS_RESOLVER", LiteralResolver.class.getName());
    set(settings, "TIMER_CLASS_NAME", FencedTimer.class.getName());
    // One UDP thread: more of them deliver ACK and BYE out of order, and unset means one a packet.
    set(settings, "THREAD_POOL_SIZE", "1");
    set(settings, "THREAD_PRIORITY", Integer.toString(Thread.NORM_PRIORITY));
    set(settings, "REENTRANT_LISTENER", "true");
    // The socket bounds what waits; every datagram it gives is parsed, none is dropped in between.
    set(settings, "CONGESTION_CONTROL_TIMEOUT", "0");
    set(settings, "MAX_MESSAGE_SIZE", Integer.toString(messageBytes(config)));
    set(settings, "RECEIVE_UDP_BUFFER_SIZE", UDP_BUFFER_BYTES);
    set(settings, "SEND_UDP_BUFFER_SIZE", UDP_BUFFER_BYTES);
    // Half a message over TCP waits this long for its rest.
    set(settings, "READ_TIMEOUT", "10000");
    // The valve refuses before this; from four fifths of it on the stack drops at random, unheard.
    set(settings, "MAX_SERVER_TRANSACTIONS", Integer.toString(2 * mostTransactions));
    set(settings, "RELEASE_REFERENCES_STRATEGY", "Normal");
    addTls(settings);
    return settings;
  }

  /**
   * The stack's own lists are ten years old and hold suites without authentication, and no
   * handshake of a new Java fits them; ours hold in {@link FencedTlsSocket} too.
   */
  private static void addTls(final Properties settings) {
    set(settings, "TLS_CLIENT_PROTOCOLS", String.join(",", TlsContexts.PROTOCOLS));
    set(settings, "ENABLED_CIPHER_SUITES", String.join(",", TlsContexts.SUITES));
    set(settings, "TLS_CLIENT_AUTH_TYPE", "Disabled");
    set(settings, "SSL_HANDSHAKE_TIMEOUT", "5000");
    set(settings, "SSL_RENEGOTIATION_ENABLED", "false");
  }

  /** What the stack takes; a byte more than ours, so that what is cut off can be told. */
  private static int messageBytes(final SipConfig config) {
    return Math.max(LEAST_MESSAGE_BYTES, config.maxMessageBytes() + 1);
  }

  private static void set(final Properties settings, final String key, final String value) {
    settings.setProperty("gov.nist.javax.sip." + key, value);
  }
}
