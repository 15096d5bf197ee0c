package dev.conductor.media.net;

import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

/**
 * Opens, binds and closes the sockets of all agents, so that they never do, and keeps the ports.
 *
 * <p>Its hatch is bounded: an agent that finds it full asks again at its next tick. An answer that
 * an agent has no room for is kept and offered again.
 *
 * @threading {@link #open} and {@link #close}: any agent; neither waits. The rest: the keeper's own
 *     thread.
 * @allocation per open and close, on the keeper's thread; a small object an ask on the agent's.
 * @units times in nanoseconds.
 */
public final class PortKeeper {
  /** Asks waiting at most; full: the agent tries again. */
  private static final int CAPACITY = 8_192;

  /** Asks carried out in one duty cycle. */
  private static final int LIMIT = 256;

  /** Ports tried for one open before giving up. */
  private static final int TRIES = 16;

  private final PortPool pool;
  private final MediaCounters counters;
  private final Queue<Task> tasks = new ManyToOneConcurrentArrayQueue<>(CAPACITY);
  private final Set<RtpSocket> open = new HashSet<>();
  private final ArrayDeque<Delivery> undelivered = new ArrayDeque<>();

  /**
   * A keeper with nothing open.
   *
   * @param counters written by the keeper's thread alone
   */
  public PortKeeper(final PortPool pool, final MediaCounters counters) {
    this.pool = pool;
    this.counters = counters;
  }

  /**
   * Asks for a pair of sockets on a free port.
   *
   * @return false when too much is waiting
   */
  public boolean open(
      final long sessionId, final InetAddress bindAddress, final PortAnswers answers) {
    return tasks.offer(nowNs -> onOpen(sessionId, bindAddress, answers, nowNs));
  }

  /**
   * Asks to close what was opened; the asker must not use it again.
   *
   * @return false when too much is waiting
   */
  public boolean close(final RtpSocket socket) {
    return tasks.offer(nowNs -> onClose(socket, nowNs));
  }

  /**
   * Delivers answers and carries out what was asked.
   *
   * @return how much was done
   */
  public int doWork(final long nowNs) {
    int work = deliver();
    Task task;
    while (undelivered.size() < LIMIT && work < LIMIT && (task = tasks.poll()) != null) {
      task.run(nowNs);
      work++;
    }
    return work;
  }

  /** Closes every socket that is open. Once nobody uses one any more. */
  public void closeAll() {
    open.forEach(RtpSocket::close);
    open.clear();
  }

  private void onOpen(
      final long sessionId,
      final InetAddress bindAddress,
      final PortAnswers answers,
      final long nowNs) {
    final PortAnswer answer = tryOpen(sessionId, bindAddress, nowNs);
    if (answer.socket() == null) {
      counters.increment(MediaCounter.SESSIONS_REFUSED);
    } else {
      open.add(answer.socket());
      counters.increment(MediaCounter.PORTS_OPENED);
    }
    final Delivery delivery = new Delivery(answers, answer);
    if (!undelivered.isEmpty() || !delivery.tryNow()) {
      undelivered.add(delivery);
    }
  }

  private PortAnswer tryOpen(
      final long sessionId, final InetAddress bindAddress, final long nowNs) {
    String reason = "no port is free in rtp.first-port..rtp.last-port";
    for (int i = 0; i < TRIES; i++) {
      final int port = pool.take(nowNs);
      if (port == PortPool.NONE) {
        break;
      }
      try {
        return new PortAnswer(sessionId, RtpSocket.bind(bindAddress, port), null);
      } catch (final IOException | RuntimeException e) {
        // Some platforms refuse an address family with an exception of the other kind.
        counters.increment(MediaCounter.PORTS_TAKEN);
        pool.giveBack(port, nowNs);
        reason = "cannot bind " + bindAddress.getHostAddress() + ":" + port + ": " + e.getMessage();
      }
    }
    return new PortAnswer(sessionId, null, reason);
  }

  private void onClose(final RtpSocket socket, final long nowNs) {
    if (open.remove(socket)) {
      socket.close();
      counters.increment(MediaCounter.PORTS_CLOSED);
      pool.giveBack(socket.port(), nowNs);
    }
  }

  private int deliver() {
    int work = 0;
    while (!undelivered.isEmpty() && undelivered.peek().tryNow()) {
      undelivered.remove();
      work++;
    }
    return work;
  }

  /**
   * Something asked of the keeper.
   *
   * @threading run by the keeper.
   * @allocation one an ask.
   */
  @FunctionalInterface
  private interface Task {
    void run(long nowNs);
  }

  /**
   * An answer and where it goes.
   *
   * @threading the keeper.
   * @allocation one an open.
   */
  private record Delivery(PortAnswers answers, PortAnswer answer) {
    boolean tryNow() {
      return answers.offer(answer);
    }
  }
}
