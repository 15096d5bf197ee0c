package dev.conductor.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Section {@code sip}. Any thread; immutable.
 *
 * @param host address to listen on; {@code 0.0.0.0} means every interface address, loopback
 *     included, each with a listening point of its own
 * @param port UDP and TCP port; 0 lets the system choose (tests)
 * @param advertisedAddress what Contact, Via and c= say to peers outside {@code localNetworks};
 *     empty: the local address of the route
 * @param localNetworks networks (CIDR) that are reached without the advertised address
 * @param codecs codecs we take, and offer in this order where the far end leaves it to us; L16 at
 *     16 and 8 kHz
 * @param maxDialogs dialogs up at once; more are answered 503
 * @param maxMessageBytes a SIP message larger than this is refused
 * @param maxTcpConnections TCP connections accepted at once
 * @param maxTcpConnectionsPerAddress of these, from one address
 * @param tcpIdleMs a TCP connection without a byte for this long is closed
 * @param requestsPerSecond requests outside a dialog that one address may send; more are dropped
 * @param requestBurst how many of them at once
 * @param retryAfterSeconds what a 503 of ours says
 * @param sessionExpiresSeconds how long a call lasts that nobody refreshes (RFC 4028), where the
 *     far end knows session timers; 0: none of our own wish
 * @param minSeSeconds a far end that wants to refresh more often is answered 422; at least 90
 * @param security TLS, and when sound is protected
 * @param numbers how numbers are read
 * @param trunks peers we know
 * @param guard who is kept out, and how
 */
public record SipConfig(
    String host,
    int port,
    String advertisedAddress,
    List<String> localNetworks,
    List<String> codecs,
    int maxDialogs,
    int maxMessageBytes,
    int maxTcpConnections,
    int maxTcpConnectionsPerAddress,
    int tcpIdleMs,
    int requestsPerSecond,
    int requestBurst,
    int retryAfterSeconds,
    int sessionExpiresSeconds,
    int minSeSeconds,
    Security security,
    NumberConfig numbers,
    List<TrunkConfig> trunks,
    SipGuardConfig guard) {

  /** The names of {@code codecs}. */
  static final List<String> CODECS = List.of("OPUS", "G722", "PCMU", "PCMA", "L16");

  /** Checks every value. */
  public SipConfig {
    Checks.address("sip.host", host);
    Checks.inRange("sip.port", port, 0, 65_535);
    if (!advertisedAddress.isEmpty()) {
      Checks.address("sip.advertised-address", advertisedAddress);
    }
    localNetworks = List.copyOf(localNetworks);
    for (final String network : localNetworks) {
      Checks.network("sip.local-networks", network);
    }
    codecs = List.copyOf(codecs);
    Checks.someOf("sip.codecs", codecs, CODECS);
    Checks.inRange("sip.max-dialogs", maxDialogs, 1, 100_000);
    Checks.inRange("sip.max-message-bytes", maxMessageBytes, 2_048, 65_535);
    Checks.inRange("sip.max-tcp-connections", maxTcpConnections, 1, 10_000);
    Checks.inRange("sip.max-tcp-connections-per-address", maxTcpConnectionsPerAddress, 1, 10_000);
    Checks.inRange("sip.tcp-idle-ms", tcpIdleMs, 1_000, 86_400_000);
    Checks.inRange("sip.requests-per-second", requestsPerSecond, 1, 1_000_000);
    Checks.inRange("sip.request-burst", requestBurst, 1, 1_000_000);
    Checks.inRange("sip.retry-after-seconds", retryAfterSeconds, 1, 3_600);
    // RFC 4028, section 5: nobody may ask for less than 90 s.
    Checks.inRange("sip.min-se-seconds", minSeSeconds, 90, 86_400);
    if (sessionExpiresSeconds != 0) {
      Checks.inRange("sip.session-expires-seconds", sessionExpiresSeconds, minSeSeconds, 86_400);
    }
    trunks = List.copyOf(trunks);
    TrunkConfig.checkNames(trunks);
    for (final TrunkConfig trunk : trunks) {
      if (trunk.transport().equals("TLS") && !security.isTls()) {
        throw new ConfigException(
            "sip.trunks", ": " + trunk.name() + " is of TLS, which needs sip.tls-certificate");
      }
    }
  }

  /**
   * TLS for SIP, and when sound is protected. PEM files; certificate and key are set both or
   * neither.
   *
   * @param tlsCertificate our certificate and those that lead to its issuer; empty for no TLS
   * @param tlsKey its private key, PKCS#8 without a password
   * @param tlsPort TCP port for TLS; 0 lets the system choose (tests)
   * @param tlsTrust certificates of the issuers whose peers we connect to by ourselves; empty:
   *     those that Java trusts
   * @param srtp {@code off}, {@code preferred} or {@code required}
   */
  public record Security(
      Path tlsCertificate, Path tlsKey, int tlsPort, Path tlsTrust, String srtp) {
    static final List<String> POLICIES = List.of("off", "preferred", "required");

    /** Checks every value. */
    public Security {
      checkBeside("sip.tls-certificate", tlsCertificate, "sip.tls-key", tlsKey);
      checkBeside("sip.tls-key", tlsKey, "sip.tls-certificate", tlsCertificate);
      Checks.inRange("sip.tls-port", tlsPort, 0, 65_535);
      Checks.oneOf("sip.srtp", srtp, POLICIES);
    }

    private static void checkBeside(
        final String key, final Path path, final String otherKey, final Path other) {
      if (!path.toString().isEmpty() && other.toString().isEmpty()) {
        throw new ConfigException(key, "=" + path + " needs " + otherKey + " beside it");
      }
    }

    /** Whether there is TLS. */
    public boolean isTls() {
      return !tlsCertificate.toString().isEmpty();
    }
  }
}
