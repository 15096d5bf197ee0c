package dev.conductor.app;

import dev.conductor.config.SipGuardConfig;
import java.net.InetSocketAddress;
import java.util.stream.Collectors;

/** What {@code serve} prints when calls are answered. The main thread. */
final class Greeting {
  private Greeting() {}

  /** Where the doors are. */
  static String plain(final ConductorServer server) {
    return String.join(
        System.lineSeparator(),
        "Conductor answers calls.",
        "  SIP   " + sip(server) + " (UDP and TCP" + tls(server) + ")",
        "  HTTP  " + server.httpUrl());
  }

  /** The same, and what to dial, to key and to type. */
  static String demo(final ConductorServer server) {
    final String url = server.httpUrl();
    final String who = "conferenceUID=DEMO&securityToken=demo";
    return String.join(
        System.lineSeparator(),
        plain(server),
        "",
        dialler(server.config().sip().guard().accept()),
        "  sip:demo@" + dialled(server) + "   (also +15550100 and 15550100)",
        "Key:",
        "  100001# to 100020#  participants",
        "  900001#             the presenter",
        "  900002#             the assistant",
        "No phone? In a second terminal:",
        "  java @config/jvm.options -jar conductor-api/target/conductor.jar demo-callers 20"
            + demoServer(server),
        "",
        "Be the host, once somebody is in (who, mute everybody, what happens):",
        "  curl '" + url + "/_conference/getCallData?" + who + "&type=json'",
        "  curl -d '" + who + "&field=mute&value=true' " + url + "/_conference/updateActiveCaller",
        "  curl -N '" + url + "/_conference/events?" + who + "'");
  }

  private static String tls(final ConductorServer server) {
    return server.sipTlsPort() == 0 ? "" : "; TLS on port " + server.sipTlsPort();
  }

  /** Whose call is taken. */
  static String dialler(final String accept) {
    return switch (accept) {
      case SipGuardConfig.LISTED -> "Dial with a phone of sip.allowed-networks or of a trunk:";
      case SipGuardConfig.ACCOUNTS ->
          "Dial with a phone of sip.allowed-networks, or of an account of sip.accounts-file:";
      default -> "Dial with any SIP phone, no account needed:";
    };
  }

  private static String sip(final ConductorServer server) {
    return server.sipAddresses().stream().map(Greeting::text).collect(Collectors.joining(", "));
  }

  /** An address that other machines reach, where there is one. */
  private static String dialled(final ConductorServer server) {
    return server.sipAddresses().stream()
        .filter(address -> !address.getAddress().isLoopbackAddress())
        .findFirst()
        .or(() -> server.sipAddresses().stream().findFirst())
        .map(Greeting::text)
        .orElse("nowhere");
  }

  private static String demoServer(final ConductorServer server) {
    return server.sipAddresses().stream()
        .filter(address -> address.getAddress().isLoopbackAddress())
        .findFirst()
        .or(() -> server.sipAddresses().stream().findFirst())
        .filter(address -> address.getPort() != 5060 || !address.getAddress().isLoopbackAddress())
        .map(address -> " --server " + text(address))
        .orElse("");
  }

  private static String text(final InetSocketAddress address) {
    final String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
