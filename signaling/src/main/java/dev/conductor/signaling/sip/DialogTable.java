package dev.conductor.signaling.sip;

import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.guard.CallCaps;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The dialogs that are up, those that wait for an answer included. Any thread; never waits. */
final class DialogTable {
  private final Map<Long, Entry> dialogs = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final CallCaps caps;

  /** A dialog, and what it takes a place of. */
  private record Entry(SipDialog dialog, List<CallCaps.Kind> kinds) {}

  DialogTable(final int most) {
    caps = new CallCaps(most);
  }

  /** Takes a place for a new dialog of these kinds, if there is one. */
  CallCaps.Entry tryEnter(final List<CallCaps.Kind> kinds) {
    return caps.tryEnter(kinds);
  }

  /** Gives back a place that no dialog took. */
  void leave(final List<CallCaps.Kind> kinds) {
    caps.leave(kinds);
  }

  /** A name never used before. */
  DialogId nextId() {
    return new DialogId(ids.incrementAndGet());
  }

  /** Puts a dialog into the place taken for it. */
  void add(final SipDialog dialog, final List<CallCaps.Kind> kinds) {
    dialogs.put(dialog.id().value(), new Entry(dialog, kinds));
  }

  /** Its ACK came: who asked for it is there. */
  void acknowledged(final SipDialog dialog) {
    final Entry before = dialogs.get(dialog.id().value());
    if (before == null) {
      return;
    }
    final List<CallCaps.Kind> kept = new ArrayList<>(before.kinds());
    kept.removeIf(kind -> kind.name().equals(CallCaps.UNACKNOWLEDGED));
    final boolean changed =
        kept.size() < before.kinds().size()
            && dialogs.replace(dialog.id().value(), before, new Entry(dialog, kept));
    if (changed) {
      before.kinds().stream().filter(kind -> !kept.contains(kind)).forEach(caps::leave);
    }
  }

  /** Removes it and gives its place back. */
  void remove(final SipDialog dialog) {
    final Entry entry = dialogs.remove(dialog.id().value());
    if (entry != null) {
      caps.leave(entry.kinds());
    }
  }

  /** The dialog; null when it is over. */
  SipDialog get(final DialogId id) {
    final Entry entry = dialogs.get(id.value());
    return entry == null ? null : entry.dialog();
  }

  /** Looks at each, without copying. */
  void forEach(final Consumer<SipDialog> look) {
    dialogs.values().forEach(entry -> look.accept(entry.dialog()));
  }

  Collection<SipDialog> all() {
    return dialogs.values().stream().map(Entry::dialog).toList();
  }

  int up() {
    return caps.up();
  }
}
