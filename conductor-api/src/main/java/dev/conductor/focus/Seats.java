package dev.conductor.focus;

import dev.conductor.model.Caller;
import dev.conductor.model.Caller.Seat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * The seats of one call whose callers dropped off, kept for a redial. The conductor only.
 *
 * <p>A redial takes the one seat that has its PIN and number. A caller without a number takes the
 * one seat left of his PIN. With several to choose from, or none, he is a newcomer.
 */
final class Seats {
  private final Deque<Vacated> vacated = new ArrayDeque<>();
  private final UnaryOperator<Caller> intoMainRoom;
  private final BiConsumer<String, Seat> file;

  /**
   * No seats yet.
   *
   * @param intoMainRoom seats somebody in the main room, or where he waits for it
   * @param file is told of each seat that is kept or changed, by its caller's UID; with null of one
   *     that is kept no longer
   */
  Seats(final UnaryOperator<Caller> intoMainRoom, final BiConsumer<String, Seat> file) {
    this.intoMainRoom = intoMainRoom;
    this.file = file;
  }

  /** Keeps the seat of somebody who dropped off, as it was when he did. */
  void vacate(final Caller lastState, final long nowNs) {
    vacated.addLast(new Vacated(lastState, nowNs));
    file.accept(lastState.uid(), lastState.seat());
  }

  /** Forgets seats vacated longer ago than this. */
  void expire(final long keptNs, final long nowNs) {
    while (!vacated.isEmpty() && nowNs - vacated.peekFirst().sinceNs() >= keptNs) {
      file.accept(vacated.removeFirst().caller().uid(), null);
    }
  }

  /**
   * Whose seat a redial may take.
   *
   * @param here those still on the line, in case the old dialog is not known to be dead
   * @return null when it is nobody's or could be several's
   */
  Caller find(final String pin, final String ani, final List<Caller> here) {
    final List<Caller> found = new ArrayList<>();
    for (final Vacated seat : vacated) {
      final Caller.Identity identity = seat.caller().identity();
      if (identity.pin().equals(pin) && (ani.isEmpty() || identity.ani().equals(ani))) {
        found.add(seat.caller());
      }
    }
    if (!ani.isEmpty()) {
      for (final Caller caller : here) {
        if (caller.identity().pin().equals(pin) && caller.identity().ani().equals(ani)) {
          found.add(caller);
        }
      }
    }
    return found.size() == 1 ? found.get(0) : null;
  }

  /** Whether a seat of this PIN is kept, whichever it is. */
  boolean isKept(final String pin) {
    return vacated.stream().anyMatch(seat -> seat.caller().identity().pin().equals(pin));
  }

  /** The seat is taken: nobody else may have it. */
  void taken(final Caller previous) {
    if (vacated.removeIf(seat -> seat.caller().uid().equals(previous.uid()))) {
      file.accept(previous.uid(), null);
    }
  }

  /** A breakout is no more: the seats in it are seats in the main room now. */
  void breakoutGone(final String breakoutUid) {
    reseat(
        caller ->
            caller.seat().breakoutUid().equals(breakoutUid) ? intoMainRoom.apply(caller) : caller);
  }

  /** Those on the line were moved: the seats of those who are not move with them. */
  void reseat(final UnaryOperator<Caller> move) {
    final int kept = vacated.size();
    for (int i = 0; i < kept; i++) {
      final Vacated seat = vacated.removeFirst();
      final Caller moved = move.apply(seat.caller());
      vacated.addLast(new Vacated(moved, seat.sinceNs()));
      if (moved != seat.caller()) {
        file.accept(moved.uid(), moved.seat());
      }
    }
  }

  private record Vacated(Caller caller, long sinceNs) {}
}
