package dev.conductor.store;

import java.util.List;

/**
 * What one turn of the conductor changed; committed whole or not at all. Immutable.
 *
 * @param id rises by one; stored with the batch, so that a retry after a lost connection is exact
 * @param changes in order
 */
public record Batch(long id, List<Change> changes) {
  /** Copies the list. */
  public Batch {
    changes = List.copyOf(changes);
  }
}
