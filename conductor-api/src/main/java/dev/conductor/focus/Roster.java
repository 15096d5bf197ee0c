package dev.conductor.focus;

import dev.conductor.model.Person;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Persons changed so lately that an answer of the store may show them as they were: kept until
 * every question asked before the change was handed over has been answered. So commands on one
 * person may follow each other faster than the disk. The conductor only.
 */
final class Roster {
  private static final long NOT_HANDED_OVER = -1;

  /** By UID, in the order of their changes. */
  private final Map<String, Fresh> fresh = new LinkedHashMap<>();

  private final Map<String, String> uidByReference = new HashMap<>();
  private final TreeMap<String, String> uidByPin = new TreeMap<>();
  private final Inquiries inquiries;

  Roster(final Inquiries inquiries) {
    this.inquiries = inquiries;
  }

  /** The person the store speaks of as he is by now; null when he has been removed. */
  Person asOfNow(final Person stored) {
    final Fresh changed = fresh.get(stored.uid());
    return changed == null ? stored : changed.isRemoved ? null : changed.person;
  }

  /** Who lately got this reference in a conference; null for nobody. */
  Person withReference(final String conferenceUid, final String reference) {
    final Fresh changed = fresh.get(uidByReference.get(key(conferenceUid, reference)));
    return changed == null ? null : changed.person;
  }

  /**
   * Whether a PIN is one that was lately given to another, or begins it, or begins with it. Of
   * whatever number: such a one is as well not given.
   */
  boolean isGiven(final String pin, final String ownUid) {
    for (int digits = 1; digits <= pin.length(); digits++) {
      final String uid = uidByPin.get(pin.substring(0, digits));
      if (uid != null && !uid.equals(ownUid)) {
        return true;
      }
    }
    final Map.Entry<String, String> next = uidByPin.higherEntry(pin);
    return next != null && next.getKey().startsWith(pin) && !next.getValue().equals(ownUid);
  }

  /** He was added or changed in this turn. */
  void changed(final Person person) {
    forget(fresh.remove(person.uid()));
    fresh.put(person.uid(), new Fresh(person, false));
    if (!person.reference().isEmpty()) {
      uidByReference.put(key(person.conferenceUid(), person.reference()), person.uid());
    }
    if (!person.pin().isEmpty()) {
      uidByPin.put(person.pin(), person.uid());
    }
  }

  /** He was removed in this turn. */
  void removed(final Person person) {
    forget(fresh.remove(person.uid()));
    fresh.put(person.uid(), new Fresh(person, true));
  }

  /** Forgets those whom every answer to come shows as they are; once a turn, before all else. */
  void run() {
    final Iterator<Fresh> oldest = fresh.values().iterator();
    while (oldest.hasNext()) {
      final Fresh one = oldest.next();
      if (one.askedBefore == NOT_HANDED_OVER) {
        one.askedBefore = inquiries.lastId();
      }
      if (one.askedBefore < inquiries.oldestId()) {
        oldest.remove();
        forget(one);
      }
    }
  }

  private void forget(final Fresh gone) {
    if (gone != null) {
      final Person person = gone.person;
      uidByReference.remove(key(person.conferenceUid(), person.reference()), person.uid());
      uidByPin.remove(person.pin(), person.uid());
    }
  }

  private static String key(final String conferenceUid, final String reference) {
    return conferenceUid + '\n' + reference;
  }

  private static final class Fresh {
    private final Person person;
    private final boolean isRemoved;

    /** Questions up to this number may have been answered before the store had the change. */
    private long askedBefore = NOT_HANDED_OVER;

    Fresh(final Person person, final boolean isRemoved) {
      this.person = person;
      this.isRemoved = isRemoved;
    }
  }
}
