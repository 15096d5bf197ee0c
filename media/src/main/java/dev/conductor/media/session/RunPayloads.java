package dev.conductor.media.session;

import java.util.Arrays;
import org.agrona.collections.IntArrayList;

/**
 * Where an agent's lines keep the payloads of their runs: a shelf of places, many to an array. Each
 * line for itself would have its own array, and writing to one begins with reading its length, from
 * memory that nobody touched for a tick; here that length is read for many lines.
 *
 * @threading one media agent.
 * @allocation an array for {@link #PLACES} lines, when none is free.
 * @units bytes.
 */
public final class RunPayloads {
  /** Lines that share an array. */
  static final int PLACES = 64;

  private byte[][] shelves = {};
  private final IntArrayList free = new IntArrayList();

  /** Takes a place for a line. */
  public int take() {
    if (free.isEmpty()) {
      addShelf();
    }
    return free.popInt();
  }

  private void addShelf() {
    final int first = shelves.length * PLACES;
    final byte[][] more = Arrays.copyOf(shelves, shelves.length + 1);
    more[shelves.length] = new byte[PLACES * CleanLine.KEPT_BYTES];
    shelves = more;
    // The lowest is taken first, so that who comes one after the other is side by side.
    for (int place = first + PLACES - 1; place >= first; place--) {
      free.pushInt(place);
    }
  }

  /** Gives a place back; its line ended its run before. */
  public void giveBack(final int place) {
    free.pushInt(place);
  }

  /** The array that a place is in. */
  byte[] shelf(final int place) {
    return shelves[place / PLACES];
  }

  /** Where in its array a place begins. */
  static int offset(final int place) {
    return place % PLACES * CleanLine.KEPT_BYTES;
  }
}
