package dev.conductor.demo;

import java.net.InetSocketAddress;
import java.util.function.IntConsumer;

/**
 * One request of ours and its repetition over UDP until an answer comes (RFC 3261, section 17.1):
 * timers A and B for INVITE, E and F for the others. The pool's thread only.
 */
final class ClientTransaction {
  /** RFC 3261, 17.1.1.1: the estimate of a round trip. */
  static final long T1_NS = 500_000_000;

  /** RFC 3261, 17.1.2.2: the longest wait between two repetitions of a request but INVITE. */
  static final long T2_NS = 4_000_000_000L;

  /** What the caller is told when no answer comes: 408, as if the far end had said so. */
  static final int TIMED_OUT = 408;

  private final Request request;
  private final IntConsumer onFinal;
  private long intervalNs = T1_NS;
  private long nextSendNs;
  private long endNs;
  private boolean provisional;
  private boolean cancelled;
  private boolean done;
  private String acknowledgement = "";

  /**
   * @param onFinal told the final status, once
   */
  ClientTransaction(final Request request, final long nowNs, final IntConsumer onFinal) {
    this.request = request;
    this.onFinal = onFinal;
    this.endNs = nowNs + 64 * T1_NS;
    this.nextSendNs = nowNs + T1_NS;
  }

  Request request() {
    return request;
  }

  boolean isInvite() {
    return request.method().equals("INVITE");
  }

  boolean isDone() {
    return done;
  }

  /** Whether a provisional answer has come. */
  boolean isProvisional() {
    return provisional;
  }

  void start(final Wire wire) {
    wire.send(request.text(), request.to());
  }

  /** A 1xx came: INVITE is repeated no more, others at their slowest pace. */
  void onProvisional() {
    provisional = true;
    intervalNs = T2_NS;
  }

  /** CANCEL was sent: INVITE waits no longer than this for its final answer (section 9.1). */
  void onCancelled(final long nowNs) {
    cancelled = true;
    endNs = nowNs + 64 * T1_NS;
  }

  /** A final answer came; only the first one counts. */
  void onFinal(final int status) {
    if (!done) {
      done = true;
      onFinal.accept(status);
    }
  }

  /** Sends what acknowledges the final answer, and keeps it for when that answer is repeated. */
  void acknowledge(final String ack, final InetSocketAddress target, final Wire wire) {
    acknowledgement = ack;
    wire.send(ack, target);
  }

  /** What acknowledged the final answer, empty if nothing did yet. */
  String acknowledgement() {
    return acknowledgement;
  }

  /** Repeats the request when it is time, and gives up when it is late. */
  void onTick(final long nowNs, final Wire wire) {
    final boolean rings = isInvite() && provisional;
    if (done || (rings && !cancelled)) {
      return;
    }
    if (nowNs - endNs >= 0) {
      onFinal(TIMED_OUT);
    } else if (!rings && nowNs - nextSendNs >= 0) {
      wire.send(request.text(), request.to());
      intervalNs = isInvite() ? 2 * intervalNs : Math.min(2 * intervalNs, T2_NS);
      nextSendNs = nowNs + intervalNs;
    }
  }

  /** Whether nothing more can come that this transaction has to answer (timers D and K). */
  boolean isForgettable(final long nowNs) {
    return done && nowNs - (endNs + 64 * T1_NS) >= 0;
  }

  /**
   * What is sent. Immutable.
   *
   * @param uri its Request-URI
   * @param branch of its Via
   * @param sequence number of its CSeq
   * @param text the whole message
   * @param to where it goes
   */
  record Request(
      String method, String uri, String branch, long sequence, String text, InetSocketAddress to) {
    /** What tells its answers from others: a CANCEL shares the INVITE's branch. */
    String key() {
      return branch + ' ' + method;
    }
  }
}
