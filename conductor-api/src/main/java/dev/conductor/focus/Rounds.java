package dev.conductor.focus;

import dev.conductor.focus.Moving.Step;
import dev.conductor.model.Breakout;
import dev.conductor.model.Role;
import dev.conductor.store.KeptRounds;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * What a call remembers of its rounds of breakouts: who sat together, whom late-comers follow, the
 * last bulk move, the timers. The conductor only.
 */
final class Rounds {
  private final Together together = new Together();
  private Follow follow = Follow.NOBODY;
  private Bulk lastBulk;
  private Countdown timer;
  private Countdown recall;

  /** What is to be done after a crash. */
  KeptRounds toKeep(final String callUid) {
    return new KeptRounds(
        callUid,
        Optional.ofNullable(timer).map(Countdown::toKeep),
        Optional.ofNullable(recall).map(Countdown::toKeep),
        follow.role() == null ? "" : follow.role().name(),
        follow.breakoutUids());
  }

  /** Takes up whom late-comers followed before a crash. */
  void resume(final KeptRounds kept) {
    follow =
        kept.followRole().isEmpty()
            ? Follow.NOBODY
            : new Follow(Role.valueOf(kept.followRole()), kept.followInto());
  }

  Together together() {
    return together;
  }

  /** Whom late-comers follow. */
  Follow follow() {
    return follow;
  }

  void follow(final Follow groups) {
    follow = groups;
  }

  /** A breakout is no more: nobody follows into it, and no undo takes one of its name away. */
  void breakoutGone(final String uid) {
    if (follow.breakoutUids().contains(uid)) {
      follow = follow.only(there -> !there.equals(uid));
    }
    if (lastBulk != null && lastBulk.made().contains(uid)) {
      lastBulk = lastBulk.withoutMade(uid);
    }
  }

  /**
   * The smallest of the groups that late-comers of a role follow into, the first of several.
   *
   * @param sizeOf how many sit in a breakout
   * @return empty for the main room
   */
  String followed(final Role role, final ToIntFunction<String> sizeOf) {
    String smallest = Moves.MAIN_ROOM;
    int least = Integer.MAX_VALUE;
    for (final String uid : role == follow.role() ? follow.breakoutUids() : List.<String>of()) {
      final int size = sizeOf.applyAsInt(uid);
      if (size < least) {
        least = size;
        smallest = uid;
      }
    }
    return smallest;
  }

  /** The last bulk move, null for none. */
  Bulk lastBulk() {
    return lastBulk;
  }

  void lastBulk(final Bulk move) {
    lastBulk = move;
  }

  /** The breakout timer, null while none runs. */
  Countdown timer() {
    return timer;
  }

  void timer(final Countdown running) {
    timer = running;
  }

  /** The recall that is counted down to, null while none is. */
  Countdown recall() {
    return recall;
  }

  void recall(final Countdown running) {
    recall = running;
  }

  /**
   * Whom late-comers follow. Immutable.
   *
   * @param role late-comers of this role, null for nobody
   * @param breakoutUids into the smallest of these
   */
  record Follow(Role role, List<String> breakoutUids) {
    /** Late-comers stay in the main room. */
    static final Follow NOBODY = new Follow(null, List.of());

    /** The same, into these of its groups only. */
    Follow only(final Predicate<String> groups) {
      return new Follow(role, breakoutUids.stream().filter(groups).toList());
    }
  }

  /**
   * A bulk move that may be undone. Immutable.
   *
   * @param atNs when
   * @param steps who went where
   * @param made breakouts it made
   * @param removed breakouts it removed, as they were when the last had left
   * @param followBefore whom late-comers followed before it
   * @param greenroom whether the green room was on
   */
  record Bulk(
      long atNs,
      List<Step> steps,
      List<String> made,
      List<Breakout> removed,
      Follow followBefore,
      boolean greenroom) {
    /** The same, a breakout it made being no more. */
    Bulk withoutMade(final String uid) {
      final List<String> others = made.stream().filter(there -> !there.equals(uid)).toList();
      return new Bulk(atNs, steps, others, removed, followBefore, greenroom);
    }
  }
}
