package dev.conductor.config;

import java.nio.file.Path;
import java.util.List;

/**
 * The part of section {@code sip} that keeps out who should stay out. Any thread; immutable.
 *
 * @param accept whom we take calls from: {@link #OPEN}, {@link #LISTED} or {@link #ACCOUNTS}
 * @param allowedNetworks networks (CIDR) of peers that are known: they may always call
 * @param accountsFile accounts of phones, lines of {@code user:realm:digest}; an empty path: none
 * @param realm what a phone is asked a password for
 * @param loginFailuresPerMinute wrong passwords one address may send
 * @param unknownRequestsPerSecond requests outside a dialog that all unknown addresses together may
 *     send; more are dropped
 * @param unknownRequestBurst how many of them at once
 * @param maxDialogsPerDid dialogs up at once to one number; more are answered 486
 * @param maxDialogsPerUnknownAddress dialogs up at once from one unknown address
 * @param maxUnknownUnacknowledged dialogs of all unknown addresses together whose ACK has not come
 * @param maxHeaders a message with more header fields is refused
 * @param maxHeaderBytes a longer header field is refused
 * @param tcpMessageMs a message over TCP that is not whole by then closes its connection
 */
public record SipGuardConfig(
    String accept,
    List<String> allowedNetworks,
    Path accountsFile,
    String realm,
    int loginFailuresPerMinute,
    int unknownRequestsPerSecond,
    int unknownRequestBurst,
    int maxDialogsPerDid,
    int maxDialogsPerUnknownAddress,
    int maxUnknownUnacknowledged,
    int maxHeaders,
    int maxHeaderBytes,
    int tcpMessageMs) {
  /** Anybody may call. */
  public static final String OPEN = "open";

  /** Only known peers may call; others get no answer at all. */
  public static final String LISTED = "listed";

  /** Known peers may call, and others who log in. */
  public static final String ACCOUNTS = "accounts";

  /** Checks every value. */
  public SipGuardConfig {
    Checks.oneOf("sip.accept", accept, List.of(OPEN, LISTED, ACCOUNTS));
    allowedNetworks = List.copyOf(allowedNetworks);
    allowedNetworks.forEach(network -> Network.parse("sip.allowed-networks", network));
    if (accept.equals(ACCOUNTS) && accountsFile.toString().isEmpty()) {
      throw new ConfigException("sip.accept", "=" + accept + " needs sip.accounts-file beside it");
    }
    if (!realm.matches("[A-Za-z0-9.@_-]{1,64}")) {
      throw new ConfigException(
          "sip.realm", "=" + realm + " is not 1 to 64 letters, digits, dots, hyphens or @");
    }
    Checks.inRange("sip.login-failures-per-minute", loginFailuresPerMinute, 1, 100_000);
    Checks.inRange("sip.unknown-requests-per-second", unknownRequestsPerSecond, 1, 1_000_000);
    Checks.inRange("sip.unknown-request-burst", unknownRequestBurst, 1, 1_000_000);
    Checks.inRange("sip.max-dialogs-per-did", maxDialogsPerDid, 1, 100_000);
    Checks.inRange("sip.max-dialogs-per-unknown-address", maxDialogsPerUnknownAddress, 1, 100_000);
    Checks.inRange("sip.max-unknown-unacknowledged", maxUnknownUnacknowledged, 1, 100_000);
    Checks.inRange("sip.max-headers", maxHeaders, 20, 1_000);
    Checks.inRange("sip.max-header-bytes", maxHeaderBytes, 256, 65_535);
    Checks.inRange("sip.tcp-message-ms", tcpMessageMs, 1_000, 600_000);
  }

  /** Whether there are accounts. */
  public boolean hasAccounts() {
    return !accountsFile.toString().isEmpty();
  }
}
