package dev.conductor.signaling.sip;

import dev.conductor.config.NumberConfig;
import dev.conductor.config.SipConfig;
import dev.conductor.config.SipGuardConfig;
import dev.conductor.signaling.api.CallEvents;
import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.api.Invitation;
import dev.conductor.signaling.api.MediaDescription;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The far side of the border in tests: writes down what it is told, accepts when it is to. */
final class Focus implements CallEvents, AutoCloseable {
  /** One thing told. */
  record Told(String what, DialogId dialog, Object detail) {}

  static final InetSocketAddress RTP =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 30_000);

  final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  final ConcurrentHashMap<DialogId, AtomicInteger> ends = new ConcurrentHashMap<>();
  final ConcurrentHashMap<DialogId, String> reasons = new ConcurrentHashMap<>();

  /** What the clock of sessions is ahead of the real one. */
  final AtomicLong aheadNs = new AtomicLong();

  volatile boolean accepting = true;
  volatile boolean takingWork = true;
  volatile boolean failing;

  /** Done at the end of a dialog, on the thread that tells it. */
  volatile Runnable atEnd = () -> {};

  SipService service;

  Focus() {}

  static Focus start() throws IOException {
    return start(config(100, 100_000, 64), 32_000);
  }

  static Focus start(final SipConfig config, final int ackPatienceMs) throws IOException {
    return start(config, ackPatienceMs, StackSettings.mostTransactions(config));
  }

  static Focus start(final SipConfig config, final int ackPatienceMs, final int mostTransactions)
      throws IOException {
    return start(config, ackPatienceMs, mostTransactions, SipService.SYSTEM_NAME_SERVERS);
  }

  /** Starts it with other name servers, as {@code dns://127.0.0.1:5353}. */
  static Focus start(final SipConfig config, final String nameServers) throws IOException {
    return start(config, 32_000, StackSettings.mostTransactions(config), nameServers);
  }

  private static Focus start(
      final SipConfig config,
      final int ackPatienceMs,
      final int mostTransactions,
      final String nameServers)
      throws IOException {
    final Focus focus = new Focus();
    focus.service =
        new SipService(
            config,
            focus,
            ackPatienceMs,
            () -> System.nanoTime() + focus.aheadNs.get(),
            mostTransactions,
            nameServers);
    focus.service.start();
    return focus;
  }

  static SipConfig config(final int maxDialogs, final int burst, final int tcpPerAddress) {
    return config("127.0.0.1", maxDialogs, burst, tcpPerAddress);
  }

  static SipConfig config(
      final String host, final int maxDialogs, final int burst, final int tcpPerAddress) {
    return new SipConfig(
        host,
        0,
        "",
        List.of(),
        List.of("PCMU", "PCMA"),
        maxDialogs,
        16_384,
        128,
        tcpPerAddress,
        600_000,
        burst,
        burst,
        5,
        1_800,
        90,
        new SipConfig.Security(Path.of(""), Path.of(""), 0, Path.of(""), "preferred"),
        new NumberConfig("", "REQUEST-URI"),
        List.of(),
        guard(SipGuardConfig.OPEN, List.of("127.0.0.1/32"), Path.of("")));
  }

  /** The same with another guard. */
  static SipConfig with(final SipConfig base, final SipGuardConfig guard) {
    return new SipConfig(
        base.host(),
        base.port(),
        base.advertisedAddress(),
        base.localNetworks(),
        base.codecs(),
        base.maxDialogs(),
        base.maxMessageBytes(),
        base.maxTcpConnections(),
        base.maxTcpConnectionsPerAddress(),
        base.tcpIdleMs(),
        base.requestsPerSecond(),
        base.requestBurst(),
        base.retryAfterSeconds(),
        base.sessionExpiresSeconds(),
        base.minSeSeconds(),
        base.security(),
        base.numbers(),
        base.trunks(),
        guard);
  }

  static SipGuardConfig guard(
      final String accept, final List<String> allowed, final Path accounts) {
    return new SipGuardConfig(
        accept, allowed, accounts, "calls", 5, 100_000, 100_000, 100_000, 100_000, 100_000, 200,
        8_192, 1_000);
  }

  Told next(final String what) throws InterruptedException {
    final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (System.nanoTime() - deadlineNs < 0) {
      final Told next = told.poll(100, TimeUnit.MILLISECONDS);
      if (next != null && next.what().equals(what)) {
        return next;
      }
      if (next != null) {
        throw new AssertionError("wanted " + what + ", was told " + next);
      }
    }
    throw new AssertionError("was never told " + what);
  }

  Invitation nextInvitation() throws InterruptedException {
    return (Invitation) next("invite").detail();
  }

  private void failIfAsked() {
    if (failing) {
      throw new IllegalStateException("the focus fails");
    }
  }

  @Override
  public boolean onInvite(final Invitation invitation) {
    failIfAsked();
    if (!takingWork) {
      return false;
    }
    told.add(new Told("invite", invitation.dialog(), invitation));
    if (accepting) {
      service.accept(invitation.dialog(), RTP);
    }
    return true;
  }

  @Override
  public void onConfirmed(final DialogId dialog, final MediaDescription answer) {
    told.add(new Told("confirmed", dialog, answer));
  }

  @Override
  public boolean onOffer(final DialogId dialog, final MediaDescription offer) {
    failIfAsked();
    if (!takingWork) {
      return false;
    }
    told.add(new Told("offer", dialog, offer));
    if (accepting) {
      service.accept(dialog, RTP);
    }
    return true;
  }

  @Override
  public void onDigit(final DialogId dialog, final char digit) {
    told.add(new Told("digit", dialog, digit));
  }

  @Override
  public void onRinging(final DialogId dialog, final int status) {
    told.add(new Told("ringing", dialog, status));
  }

  @Override
  public void onAnswered(final DialogId dialog, final MediaDescription answer) {
    told.add(new Told("answered", dialog, answer));
  }

  @Override
  public void onDialFailed(final DialogId dialog, final int status, final String reason) {
    told.add(new Told("failed", dialog, status));
  }

  @Override
  public void onEnded(final DialogId dialog, final DialogEnd end, final String reason) {
    ends.computeIfAbsent(dialog, key -> new AtomicInteger()).incrementAndGet();
    reasons.put(dialog, reason);
    told.add(new Told("ended", dialog, end));
    atEnd.run();
  }

  @Override
  public void close() {
    service.stop();
  }
}
