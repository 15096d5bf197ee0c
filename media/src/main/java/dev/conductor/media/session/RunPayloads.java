package dev.conductor.media.session;

import dev.conductor.media.jitter.CleanRun;
import java.util.Arrays;
import org.agrona.collections.IntArrayList;

/**
 * Where an agent's lines keep the payloads of their runs, and levels that nobody was told of yet:
 * shelves of places, many to an array. Each line for itself would have arrays of its own, and
 * writing to one begins with reading its length, from memory that nobody touched for a tick; here
 * that length is read for many lines.
 *
 * @threading one media agent.
 * @allocation an array for {@link #PLACES} lines, when none is free.
 * @units bytes.
 */
public final class RunPayloads {
  /** Lines that share an array. */
  static final int PLACES = 64;

  /** Levels of a place. */
  static final int LEVELS = 5;

  /** Behind them are the sums of the frames that are held. */
  private static final int PLACE_LEVELS = LEVELS + CleanRun.MAX_HELD;

  private byte[][] shelves = {};
  private int[][] levels = {};
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
    final int count = shelves.length;
    shelves = Arrays.copyOf(shelves, count + 1);
    shelves[count] = new byte[PLACES * CleanLine.KEPT_BYTES];
    levels = Arrays.copyOf(levels, count + 1);
    levels[count] = new int[PLACES * PLACE_LEVELS];
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

  /** The array that a place's levels are in. */
  int[] levels(final int place) {
    return levels[place / PLACES];
  }

  /** Where in that array they begin. */
  static int levelsOffset(final int place) {
    return place % PLACES * PLACE_LEVELS;
  }
}
