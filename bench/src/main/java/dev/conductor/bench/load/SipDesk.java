package dev.conductor.bench.load;

import dev.conductor.demo.DemoConference;
import dev.conductor.media.status.TickHistogram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The signalling of all callers, over one UDP socket: dials and hangs up at a steady pace, each
 * caller by an ANI and with a PIN of the demo's participants. The swarm's thread only.
 */
final class SipDesk implements AutoCloseable {
  private static final int RETRY_SLOTS = 50;
  private static final int KEY_DELAY_PACKETS = 50;
  private static final long SECOND_NS = 1_000_000_000;

  private final SipWire wire;
  private final List<SipCall> calls = new ArrayList<>();
  private final TickHistogram setUpTimes = new TickHistogram();
  private final long paceNs;
  private long nextNs;
  private int dialled;
  private int hungUp;
  private boolean leaving;
  private int slots;

  /**
   * Prepares a call for each caller.
   *
   * @param round makes the ANIs and Call-IDs differ from those of other rounds
   * @param callsPerSecond at which pace to dial and to hang up
   */
  SipDesk(
      final InetAddress local,
      final InetSocketAddress server,
      final List<LoadCaller> callers,
      final int round,
      final int callsPerSecond)
      throws IOException {
    this.paceNs = SECOND_NS / callsPerSecond;
    wire = new SipWire(local, server, (call, nowNs) -> setUpTimes.record(call.setUpNs()));
    final String host = local.getHostAddress();
    final String via = wire.via();
    final String number =
        "sip:" + DemoConference.DID + '@' + server.getHostString() + ':' + server.getPort();
    for (final LoadCaller caller : callers) {
      final String ani = String.format("+1%03d%07d", 200 + round, caller.index());
      final String id = "load-" + round + '-' + caller.index() + '@' + via;
      final String sdp = offer(host, caller.port());
      final SipCall call =
          new SipCall(
              new SipCall.Names(number, "sip:" + ani + '@' + via, via, id, sdp),
              wire::send,
              answer -> onAnswered(caller, answer));
      calls.add(call);
      wire.add(id, call);
    }
    nextNs = System.nanoTime();
  }

  /** What a caller who receives there offers: PCMU and keys. */
  static String offer(final String host, final int port) {
    return "v=0\r\no=load 1 1 IN IP4 "
        + host
        + "\r\ns=-\r\nc=IN IP4 "
        + host
        + "\r\nt=0 0\r\nm=audio "
        + port
        + " RTP/AVP 0 "
        + KeyPackets.PAYLOAD_TYPE
        + "\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:"
        + KeyPackets.PAYLOAD_TYPE
        + " telephone-event/8000\r\na=fmtp:"
        + KeyPackets.PAYLOAD_TYPE
        + " 0-15\r\na=ptime:20\r\na=sendrecv\r\n";
  }

  /** How many calls stand there. */
  int count(final SipCall.State state) {
    int count = 0;
    for (final SipCall call : calls) {
      count += call.state() == state ? 1 : 0;
    }
    return count;
  }

  /** From INVITE to 200, over all calls that were answered. */
  TickHistogram setUpTimes() {
    return setUpTimes;
  }

  /** Whether every call was answered or refused. */
  boolean isSetUp() {
    return dialled == calls.size() && count(SipCall.State.DIALLING) == 0;
  }

  /** Whether every call has ended. */
  boolean isOver() {
    return hungUp == calls.size() && count(SipCall.State.ENDING) == 0;
  }

  /** Hangs up one after the other from now on. */
  void leave() {
    leaving = true;
    nextNs = System.nanoTime();
  }

  /** Does what is due in a slot. */
  void onSlot() {
    final long nowNs = System.nanoTime();
    while (nowNs - nextNs >= 0 && (leaving ? hungUp : dialled) < calls.size()) {
      if (leaving) {
        calls.get(hungUp++).hangUp(nowNs);
      } else {
        calls.get(dialled++).dial(nowNs);
      }
      nextNs += paceNs;
    }
    wire.receive(nowNs);
    if (++slots % RETRY_SLOTS == 0) {
      calls.forEach(call -> call.onTick(nowNs));
    }
  }

  private static void onAnswered(final LoadCaller caller, final SipText answer) {
    final String pin =
        DemoConference.participantPins()
            .get(caller.index() % DemoConference.participantPins().size());
    try {
      caller.key(new KeyPackets(pin + '#', KEY_DELAY_PACKETS));
      caller.connect(new InetSocketAddress(answer.audioHost(), answer.audioPort()));
    } catch (final IOException unusable) {
      throw new UncheckedIOException("caller " + caller.index(), unusable);
    }
  }

  /** Closes the socket. */
  @Override
  public void close() throws IOException {
    wire.close();
  }
}
