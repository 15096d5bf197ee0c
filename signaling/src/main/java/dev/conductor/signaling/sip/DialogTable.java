package dev.conductor.signaling.sip;

import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.guard.CallCaps;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The dialogs that are up, those that wait for an answer included. Any thread; never waits. */
final class DialogTable {
  private final Map<Long, Entry> dialogs = new ConcurrentHashMap<>();
  private final Set<String> invites = ConcurrentHashMap.newKeySet();
  private final AtomicLong ids = new AtomicLong();
  private final CallCaps caps;

  /** A dialog, the transaction of its INVITE, and what it takes a place of. */
  private record Entry(SipDialog dialog, String invite, List<CallCaps.Kind> kinds) {}

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

  /**
   * Puts a dialog into the place taken for it.
   *
   * @param invite names the transaction of the INVITE that came; empty when we sent it
   */
  void add(final SipDialog dialog, final String invite, final List<CallCaps.Kind> kinds) {
    invites.add(invite);
    dialogs.put(dialog.id().value(), new Entry(dialog, invite, kinds));
  }

  /** Whether a dialog is up that this transaction began. */
  boolean isBegunBy(final String invite) {
    return invites.contains(invite);
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
            && dialogs.replace(
                dialog.id().value(), before, new Entry(dialog, before.invite(), kept));
    if (changed) {
      before.kinds().stream().filter(kind -> !kept.contains(kind)).forEach(caps::leave);
    }
  }

  /** Removes it and gives its place back. */
  void remove(final SipDialog dialog) {
    final Entry entry = dialogs.remove(dialog.id().value());
    if (entry != null) {
      invites.remove(entry.invite());
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
