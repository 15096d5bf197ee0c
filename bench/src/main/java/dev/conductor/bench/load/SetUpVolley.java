package dev.conductor.bench.load;

import dev.conductor.media.status.TickHistogram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * Calls dialled at a steady pace from one socket, each hung up on so long after its answer. The
 * thread that runs it only.
 */
final class SetUpVolley implements AutoCloseable {
  /** Calls stay up until {@link #hangUp}. */
  static final long UNTIL_TOLD = Long.MAX_VALUE;

  private static final long SECOND_NS = 1_000_000_000;
  private static final long STEP_NS = 500_000;
  private static final long TICK_NS = 20_000_000;

  /** A request is given up after 64 times T1 (RFC 3261, section 17.1.1.2). */
  private static final long PATIENCE_NS = 32 * SECOND_NS;

  private final SipWire wire;
  private final IntFunction<SipCall.Names> names;
  private final int calls;
  private final long paceNs;
  private final long talkNs;
  private final List<SipCall> all = new ArrayList<>();
  private final List<SipCall> live = new ArrayList<>();
  private final Deque<SipCall> talking = new ArrayDeque<>();
  private final TickHistogram postDial = new TickHistogram();
  private long beganNs;
  private long lastDialNs;
  private long lastUpNs;
  private long nextNs;
  private long nextTickNs;
  private int established;

  /**
   * Opens the socket.
   *
   * @param dialled user part of the number that a call dials, by the call's number
   * @param sinkPort where sound is to be sent to
   * @param series makes ANIs and Call-IDs differ from those of other volleys
   * @param talkNs from answer to BYE, or {@link #UNTIL_TOLD}
   */
  SetUpVolley(
      final SetUpPlan plan,
      final InetSocketAddress server,
      final IntFunction<String> dialled,
      final int sinkPort,
      final int series,
      final int calls,
      final long talkNs)
      throws IOException {
    final InetAddress local = plan.address();
    this.wire = new SipWire(local, server, this::onUp);
    this.calls = calls;
    this.paceNs = SECOND_NS / plan.rate();
    this.talkNs = talkNs;
    final String sdp = SipDesk.offer(local.getHostAddress(), sinkPort);
    final String where = '@' + server.getHostString() + ':' + server.getPort();
    this.names =
        number ->
            new SipCall.Names(
                "sip:" + dialled.apply(number) + where,
                String.format("sip:+1%03d%07d@", 300 + series, number) + wire.via(),
                wire.via(),
                "set-up-" + series + '-' + number + '@' + wire.via(),
                sdp);
  }

  private void onUp(final SipCall call, final long nowNs) {
    postDial.record(call.postDialNs());
    established++;
    lastUpNs = nowNs;
    talking.add(call);
  }

  /** Dials all, and waits until each is up or has failed. */
  void dial() {
    beganNs = System.nanoTime();
    nextNs = beganNs;
    run(() -> all.size() == calls && count(SipCall.State.DIALLING) == 0);
  }

  /** Waits until each call that came up has ended. */
  void end() {
    run(() -> talking.isEmpty() && count(SipCall.State.ENDING) == 0);
  }

  /** Goes on for so long with the calls as they are. */
  void rest(final long forNs) {
    final long untilNs = System.nanoTime() + forNs;
    run(() -> System.nanoTime() - untilNs >= 0);
  }

  /** Hangs up on all, at the pace they were dialled at, and waits for the answers. */
  void hangUp() {
    nextNs = System.nanoTime();
    run(
        () -> {
          final long nowNs = System.nanoTime();
          while (!talking.isEmpty() && nowNs - nextNs >= 0) {
            talking.poll().hangUp(nowNs);
            nextNs += paceNs;
          }
          return talking.isEmpty();
        });
    end();
  }

  private void run(final BooleanSupplier done) {
    final long limitNs =
        System.nanoTime() + calls * paceNs + PATIENCE_NS + (talkNs == UNTIL_TOLD ? 0 : talkNs);
    while (!done.getAsBoolean() && System.nanoTime() - limitNs < 0) {
      step();
      Parking.until(System.nanoTime() + STEP_NS);
    }
  }

  private void step() {
    final long nowNs = System.nanoTime();
    while (beganNs != 0 && all.size() < calls && nowNs - nextNs >= 0) {
      final SipCall.Names name = names.apply(all.size());
      final SipCall call = new SipCall(name, wire::send, answer -> {});
      wire.add(name.callId(), call);
      all.add(call);
      live.add(call);
      call.dial(System.nanoTime());
      lastDialNs = nowNs;
      nextNs += paceNs;
    }
    wire.receive(System.nanoTime());
    while (talkNs != UNTIL_TOLD
        && !talking.isEmpty()
        && nowNs - talking.peek().answeredNs() >= talkNs) {
      talking.poll().hangUp(nowNs);
    }
    if (nowNs - nextTickNs >= 0) {
      nextTickNs = nowNs + TICK_NS;
      live.removeIf(
          call -> call.state() == SipCall.State.OVER || call.state() == SipCall.State.FAILED);
      live.forEach(call -> call.onTick(nowNs));
    }
  }

  private int count(final SipCall.State state) {
    int count = 0;
    for (final SipCall call : live) {
      count += call.state() == state ? 1 : 0;
    }
    return count;
  }

  /** What became of them so far. */
  SetUpTally tally() {
    final Map<String, Integer> failed = new TreeMap<>();
    int repeats = 0;
    for (final SipCall call : all) {
      repeats += call.repeats();
      final String why = why(call);
      if (!why.isEmpty()) {
        failed.merge(why, 1, Integer::sum);
      }
    }
    return new SetUpTally(
        all.size(),
        established,
        failed,
        repeats,
        lastDialNs - beganNs,
        Math.max(1, lastUpNs - beganNs),
        postDial);
  }

  private static String why(final SipCall call) {
    return switch (call.state()) {
      case DIALLING -> "no answer";
      case ENDING -> "BYE not answered";
      case FAILED -> call.refusal() == 0 ? "hung up on" : Integer.toString(call.refusal());
      default -> "";
    };
  }

  /** Closes the socket. */
  @Override
  public void close() throws IOException {
    wire.close();
  }
}
