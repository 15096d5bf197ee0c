package dev.conductor.signaling.sip;

import dev.conductor.config.SipConfig;
import dev.conductor.signaling.guard.Accounts;
import dev.conductor.signaling.guard.DigestServer;
import dev.conductor.signaling.guard.DigestServer.Credentials;
import dev.conductor.signaling.guard.DigestServer.Verdict;
import dev.conductor.signaling.guard.RequestGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sip.header.AuthorizationHeader;
import javax.sip.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets requests through whose sender logs in, and answers the others 401 (RFC 3261, section 22.2)
 * before anything is kept of them. An address that sends too many wrong passwords gets no answer.
 *
 * <p>Threads: JAIN-SIP's. It keeps no transaction: a client that did not hear our 401 asks again.
 */
final class LoginGate {
  /** Who reads this log shuts addresses out: only one that has proved itself its own is named. */
  private static final Logger SECURITY = LoggerFactory.getLogger("dev.conductor.security");

  private static final int MAX_FAILED_SOURCES = 16_384;
  private static final int KEY_BYTES = 32;
  private static final double SECONDS_A_MINUTE = 60;

  private final LogLimit limit = new LogLimit(20);
  private final SipCounters counters;
  private final Messages messages;
  private final Replies replies;
  private final RequestGuard failures;
  private final String realm;
  private final DigestServer digest;

  /**
   * Reads the accounts.
   *
   * @throws IOException when their file cannot be read; names the setting, and nothing of a line
   */
  LoginGate(final SipCore core, final Replies replies) throws IOException {
    this.counters = core.counters();
    this.messages = core.messages();
    this.replies = replies;
    final int failuresPerMinute = core.config().guard().loginFailuresPerMinute();
    failures =
        new RequestGuard(
            failuresPerMinute / SECONDS_A_MINUTE, failuresPerMinute, MAX_FAILED_SOURCES);
    realm = core.config().guard().realm();
    digest = core.config().guard().hasAccounts() ? server(core.config()) : null;
  }

  /**
   * Reads the accounts.
   *
   * @throws IOException as the constructor
   */
  static DigestServer server(final SipConfig config) throws IOException {
    final String realm = config.guard().realm();
    final String setting = "sip.accounts-file=" + config.guard().accountsFile();
    final byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    try {
      final List<String> lines = Files.readAllLines(config.guard().accountsFile());
      return new DigestServer(realm, Accounts.parse(lines, realm), key);
    } catch (final IllegalArgumentException wrong) {
      throw new IOException(setting + ": " + wrong.getMessage(), wrong);
    } catch (final NoSuchFileException missing) {
      throw new IOException(setting + " cannot be read: there is no such file", missing);
    } catch (final IOException unreadable) {
      throw new IOException(setting + " cannot be read", unreadable);
    }
  }

  /** Whether its sender is logged in; if not it is answered, or dropped. */
  boolean admits(final Incoming incoming) {
    final long nowNs = System.nanoTime();
    final AuthorizationHeader said = credentials(incoming);
    if (said == null) {
      challenge(incoming, false, nowNs);
      return false;
    }
    if (!failures.admit(incoming.source().getAddress(), nowNs)) {
      counters.increment(SipCounter.LOGIN_DROPS);
      return false;
    }
    final Verdict verdict =
        digest.judge(incoming.method(), read(said), TimeUnit.NANOSECONDS.toMillis(nowNs));
    switch (verdict) {
      case GOOD -> failures.refund(incoming.source().getAddress());
      case WRONG -> onWrong(incoming);
      default -> {
        // He is asked again; that is no failure to be told of, but it takes from his budget.
      }
    }
    if (verdict != Verdict.GOOD) {
      challenge(incoming, verdict == Verdict.STALE, nowNs);
    }
    return verdict == Verdict.GOOD;
  }

  private void onWrong(final Incoming incoming) {
    counters.increment(SipCounter.LOGIN_FAILURES);
    if (limit.admit()) {
      SECURITY.warn("login refused from {}", incoming.source().getAddress().getHostAddress());
    }
  }

  private void challenge(final Incoming incoming, final boolean stale, final long nowNs) {
    final List<Header> headers =
        messages.headers(
            "WWW-Authenticate", digest.challenges(stale, TimeUnit.NANOSECONDS.toMillis(nowNs)));
    replies.refuse(incoming, 401, null, headers);
  }

  /** What the sender says for our realm; null when nothing. */
  private AuthorizationHeader credentials(final Incoming incoming) {
    return Messages.all(incoming.request(), AuthorizationHeader.NAME).stream()
        .map(AuthorizationHeader.class::cast)
        .filter(header -> "Digest".equalsIgnoreCase(header.getScheme()))
        .filter(header -> realm.equals(header.getRealm()))
        .findFirst()
        .orElse(null);
  }

  private static Credentials read(final AuthorizationHeader header) {
    return new Credentials(
        header.getUsername(),
        header.getRealm(),
        header.getNonce(),
        header.getParameter("uri"),
        header.getResponse(),
        header.getAlgorithm(),
        header.getQop(),
        header.getParameter("nc"),
        header.getCNonce());
  }
}
