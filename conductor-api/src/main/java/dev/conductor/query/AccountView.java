package dev.conductor.query;

import java.util.List;

/**
 * A conference as its customer sees it. Immutable.
 *
 * @param of the conference
 * @param calls UIDs of its calls
 */
record AccountView(ConferenceView of, List<String> calls) {
  /** Copies the list. */
  AccountView {
    calls = List.copyOf(calls);
  }
}
