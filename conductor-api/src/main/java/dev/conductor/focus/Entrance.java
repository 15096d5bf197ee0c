package dev.conductor.focus;

import dev.conductor.command.Origin;
import dev.conductor.config.EntryConfig;
import dev.conductor.config.Prompt;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.focus.ConferenceDirectory.Match;
import dev.conductor.model.CallTag;
import dev.conductor.model.Caller;
import dev.conductor.model.Caller.Hand;
import dev.conductor.model.Caller.Identity;
import dev.conductor.model.Caller.Presence;
import dev.conductor.model.Caller.Seat;
import dev.conductor.model.Caller.Sound;
import dev.conductor.model.Caller.Texts;
import dev.conductor.model.ConferenceTag;
import dev.conductor.model.Custom;
import dev.conductor.model.DialWindow;
import dev.conductor.model.Person;
import dev.conductor.model.Place;
import dev.conductor.model.PlacedCall;
import dev.conductor.model.Role;
import dev.conductor.model.Times;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a caller with a right PIN into the call, opening it for the first one; a redial into the
 * seat it left. The conductor only.
 */
final class Entrance {
  private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

  private final EntryConfig config;
  private final DialWindow window;
  private final Turn turn;
  private final Calls calls;
  private final Lines lines;
  private final Moves moves;
  private final Announcer announcer;
  private final CallTags tags;
  private final Departures departures;
  private final FocusCounters counters;
  private final Supplier<String> uids;

  Entrance(final EntryConfig config, final Room room, final Supplier<String> uids) {
    this.config = config;
    this.window = new DialWindow(config.window().windowEarlyMs(), config.window().windowGraceMs());
    this.turn = room.turn();
    this.calls = room.calls();
    this.lines = room.lines();
    this.moves = room.moves();
    this.announcer = room.announcer();
    this.tags = new CallTags(room.turn());
    this.departures = room.departures();
    this.counters = room.counters();
    this.uids = uids;
  }

  /**
   * Lets him in.
   *
   * @return empty when he is in; else what to tell him before we hang up
   */
  Optional<Prompt> admit(final Line line, final Match match) {
    final ConferenceState conference = match.conference();
    final CallState up = conference.activeCall();
    final String pin = match.person().pin();
    final String ani = line.invitation().ani();
    final Caller previous = up == null ? null : up.seats().find(pin, ani, up.activeCallers());
    final Prompt refusal = refusal(conference, pin, ani, previous);
    if (refusal != null) {
      counters.increment(
          refusal == Prompt.TOO_MANY ? FocusCounter.CALL_FULL : FocusCounter.TURNED_AWAY);
      return Optional.of(refusal);
    }
    final long mediaId = up == null ? calls.nextMediaId() : up.mediaId();
    if (!lines.admit(line, mediaId)) {
      return Optional.of(Prompt.APOLOGY);
    }
    turn.actFor(Origin.By.PHONE);
    final CallState call = up == null ? calls.open(conference, mediaId) : up;
    if (previous != null) {
      counters.increment(FocusCounter.REDIALS);
      call.seats().taken(previous);
      if (isStillHere(call, previous)) {
        departures.replace(call, call.caller(previous.uid()));
      }
    }
    enter(line, call, match.person(), previous);
    return Optional.empty();
  }

  /** Lets in whom we called into a call; false when it has no room, or is over. */
  boolean join(final Line line) {
    final CallState call = line.placement().call();
    final PlacedCall placed = line.placement().placed();
    if (!call.call().active()
        || call.activeCount() >= config.maxCallersPerCall()
        || !lines.admit(line, call.mediaId())) {
      counters.increment(FocusCounter.CALL_FULL);
      return false;
    }
    turn.actFor(Origin.By.PHONE);
    enter(line, call, guest(call, placed), null);
    return true;
  }

  /** Somebody who is no person of the conference. */
  private static Person guest(final CallState call, final PlacedCall placed) {
    return new Person(
        "",
        call.conference().uid(),
        placed.name(),
        placed.number(),
        "",
        placed.role(),
        "",
        "",
        "",
        "",
        List.of(),
        Custom.none(),
        "");
  }

  private Prompt refusal(
      final ConferenceState conference, final String pin, final String ani, final Caller previous) {
    final CallState call = conference.activeCall();
    if (call == null) {
      return switch (conference.conference().statusAt(turn.nowMs(), window)) {
        case CANCEL -> Prompt.CANCELLED;
        case SCHED -> Prompt.TOO_EARLY;
        case CLOSED -> Prompt.CLOSED;
        default -> null;
      };
    }
    if (call.isBanned(pin, ani)) {
      return Prompt.REMOVED;
    }
    if (call.call().flags().locked() && !belongs(call, pin)) {
      return Prompt.LOCKED;
    }
    final int others = call.activeCount() - (isStillHere(call, previous) ? 1 : 0);
    return others >= config.maxCallersPerCall() ? Prompt.TOO_MANY : null;
  }

  /** A lock shuts out no person who is in or whose seat is kept, whatever he calls from. */
  private static boolean belongs(final CallState call, final String pin) {
    return call.seats().isKept(pin)
        || call.activeCallers().stream().anyMatch(one -> one.identity().pin().equals(pin));
  }

  /** A kept seat shows its caller as he was on the line; the call knows whether he is. */
  private static boolean isStillHere(final CallState call, final Caller previous) {
    final Caller now = previous == null ? null : call.caller(previous.uid());
    return now != null && now.active();
  }

  private void enter(
      final Line line, final CallState call, final Person person, final Caller previous) {
    final List<CallTag> tags = callTags(call, person.tags());
    final Caller caller =
        new Caller(
            identity(line, call, person, previous),
            person.role(),
            seat(call, person, previous),
            sound(line, call, person, previous),
            previous == null ? Hand.DOWN : previous.hand(),
            texts(line, person, asWritten(call, previous), tags),
            Presence.HERE,
            false);
    final Set<String> groups = new LinkedHashSet<>();
    call.enter(caller, line, turn.nowMs());
    call.remember(person);
    if (caller.seat().place() == Place.BREAKOUT) {
      moves.joinGroup(call, caller.uid(), caller.seat().breakoutUid(), groups);
      groups.forEach(group -> moves.refresh(call, group));
    }
    line.admitted(call, caller.uid(), turn.nowNs());
    turn.save(call);
    turn.raise(call, EventSource.CALL, EventName.NEWCALLER, caller);
    groups.forEach(group -> moves.raiseUpdate(call, group));
    if (previous != null && call.returnFloor(previous.uid(), caller.uid())) {
      turn.raiseUpdate(call);
    }
    turn.reroute(call);
    counters.increment(FocusCounter.ADMITTED);
    LOG.info("caller {} entered call {} as {}", caller.uid(), call.uid(), caller.role());
    greet(line, call, caller);
  }

  private void greet(final Line line, final CallState call, final Caller caller) {
    if (caller.seat().place() == Place.ENTRYWAY) {
      lines.prompt(line, Prompt.WAITING);
    } else if (caller.seat().place() == Place.BREAKOUT) {
      announcer.onChange(line, Prompt.ENTERED_BREAKOUT);
    } else if (call.activeCount() == 1) {
      lines.prompt(line, Prompt.FIRST_CALLER);
    }
  }

  private Identity identity(
      final Line line, final CallState call, final Person person, final Caller previous) {
    return new Identity(
        line.placement() == null ? uids.get() : line.placement().placed().uid(),
        call.uid(),
        person.uid(),
        line.invitation().ani(),
        person.pin(),
        line.invitation().dialled(),
        person.email(),
        line.invitedMs(),
        previous == null ? "" : previous.uid());
  }

  private Seat seat(final CallState call, final Person person, final Caller previous) {
    if (previous != null
        && previous.seat().place() == Place.BREAKOUT
        && call.breakout(previous.seat().breakoutUid()) != null) {
      return new Seat(Place.BREAKOUT, previous.seat().breakoutUid(), turn.nowMs());
    }
    if (waits(call, person, previous)) {
      return new Seat(Place.ENTRYWAY, Moves.MAIN_ROOM, Times.NONE);
    }
    final String follows = previous == null ? followed(call, person) : Moves.MAIN_ROOM;
    return follows.isEmpty()
        ? new Seat(Place.MAIN, Moves.MAIN_ROOM, Times.NONE)
        : new Seat(Place.BREAKOUT, follows, turn.nowMs());
  }

  /** Where a late-comer follows the others to; empty for the main room. */
  private static String followed(final CallState call, final Person person) {
    return call.rounds().followed(person.role(), uid -> call.breakout(uid).callers().size());
  }

  /** Who redials goes where his seat is: one who was let in need not wait again. */
  private static boolean waits(final CallState call, final Person person, final Caller previous) {
    if (person.role().isHost()) {
      return false;
    }
    if (previous == null) {
      return call.greenroom() || call.call().flags().entryway();
    }
    final boolean stepsDown = previous.role().isHost() && call.greenroom();
    return stepsDown || previous.seat().place() == Place.ENTRYWAY;
  }

  private static Sound sound(
      final Line line, final CallState call, final Person person, final Caller previous) {
    final Sound fresh = Sound.of(call.call().setting(person.role())).withHold(line.hold());
    if (previous == null) {
      return fresh;
    }
    final Sound kept = previous.sound();
    return fresh
        .withMic(kept.mic() || person.role() == Role.OPERATOR)
        .withMute(kept.mute(), kept.mutedBy())
        .withLevels(kept.volumeIn(), kept.volumeOut(), kept.energy());
  }

  /** What is written about somebody may have changed since he left, while the call lists him. */
  private static Caller asWritten(final CallState call, final Caller previous) {
    final Caller listed = previous == null ? null : call.caller(previous.uid());
    return listed == null ? previous : listed;
  }

  private static Texts texts(
      final Line line, final Person person, final Caller previous, final List<CallTag> tags) {
    final String tag = person.name().isEmpty() ? line.invitation().ani() : person.name();
    return new Texts(
        previous == null ? tag : previous.texts().tag(),
        "",
        previous == null ? person.notes() : previous.texts().notes(),
        person.custom1(),
        person.custom2(),
        tags,
        Custom.none());
  }

  /** The conference's tags of a person as tags of the call, made where they are needed first. */
  private List<CallTag> callTags(final CallState call, final List<ConferenceTag> wanted) {
    final List<CallTag> found = new ArrayList<>();
    for (final ConferenceTag tag : wanted) {
      found.add(tags.of(call, tag));
    }
    return found;
  }
}
