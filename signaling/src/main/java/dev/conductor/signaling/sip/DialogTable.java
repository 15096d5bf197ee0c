package dev.conductor.signaling.sip;

import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.guard.DialogLimit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The dialogs that are up, those that wait for an answer included. Any thread; never waits. */
final class DialogTable {
  private final Map<Long, SipDialog> dialogs = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final DialogLimit limit;

  DialogTable(final int most) {
    limit = new DialogLimit(most);
  }

  /** Takes a place for a new dialog; false when all are taken. */
  boolean tryEnter() {
    return limit.tryEnter();
  }

  /** Gives back a place that no dialog took. */
  void leave() {
    limit.leave();
  }

  /** A name never used before. */
  DialogId nextId() {
    return new DialogId(ids.incrementAndGet());
  }

  void add(final SipDialog dialog) {
    dialogs.put(dialog.id().value(), dialog);
  }

  /** Removes it and gives its place back. */
  void remove(final SipDialog dialog) {
    if (dialogs.remove(dialog.id().value(), dialog)) {
      limit.leave();
    }
  }

  /** The dialog; null when it is over. */
  SipDialog get(final DialogId id) {
    return dialogs.get(id.value());
  }

  Collection<SipDialog> all() {
    return List.copyOf(dialogs.values());
  }

  int up() {
    return limit.up();
  }
}
