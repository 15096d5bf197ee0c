package dev.conductor.signaling.sip;

import dev.conductor.signaling.dialog.UasDialog;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Waits for the ACKs to our 200s (RFC 3261, section 13.3.1.4). All wait equally long, so they stand
 * in a plain queue. (JAIN-SIP's own dialog timer repeats the 200, but does not always tell when it
 * gives up.)
 *
 * <p>Threads: any adds; one polls.
 */
final class AckWatch {
  private record Waiting(SipDialog dialog, long version, long deadlineNs) {}

  private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
  private final long patienceNs;

  AckWatch(final int patienceMs) {
    patienceNs = patienceMs * 1_000_000L;
  }

  /** A 200 of this dialog went out now. */
  void add(final SipDialog dialog, final long nowNs) {
    queue.add(new Waiting(dialog, version(dialog), nowNs + patienceNs));
  }

  /** Tells of every 200 whose ACK is overdue. */
  void poll(final long nowNs, final Consumer<SipDialog> overdue) {
    Waiting head = queue.peek();
    while (head != null && nowNs - head.deadlineNs() >= 0) {
      queue.poll();
      if (version(head.dialog()) == head.version()) {
        overdue.accept(head.dialog());
      }
      head = queue.peek();
    }
  }

  private static long version(final SipDialog dialog) {
    return dialog.read(UasDialog::invitesAnswered);
  }
}
