package dev.conductor.focus;

import dev.conductor.command.Command.PlaceCall;
import dev.conductor.command.Origin;
import dev.conductor.config.ConductorConfig;
import dev.conductor.config.OutboundConfig;
import dev.conductor.config.Prompt;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.focus.Line.Stage;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.model.PlacedCall;
import dev.conductor.model.PlacedCall.Status;
import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.api.Invitation;
import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.api.OutboundLine;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The numbers that are called into calls, from the command to the key by which whoever answers
 * joins; what he says before that nobody hears. The conductor only.
 */
final class PlacedCalls {
  private static final String ALL_FINE = "";

  /** How often he is asked for the key. */
  private static final long ASK_NS = TimeUnit.SECONDS.toNanos(6);

  private final Set<Line> lines = new LinkedHashSet<>();
  private final OutboundConfig config;
  private final OutboundPolicy policy;
  private final SpecBuilder specs;
  private final Turn turn;
  private final Lines all;
  private final FocusCounters counters;
  private final Supplier<String> uids;

  PlacedCalls(
      final ConductorConfig config,
      final Turn turn,
      final Lines all,
      final FocusCounters counters,
      final Supplier<String> uids) {
    this.config = config.outbound();
    this.policy = new OutboundPolicy(config);
    this.specs = new SpecBuilder(config.sip());
    this.turn = turn;
    this.all = all;
    this.counters = counters;
    this.uids = uids;
  }

  /** Why nobody may be called so from this call, empty when he may. */
  String check(final PlaceCall command, final CallState call) {
    final ConferenceState conference = call.conference();
    final String customer = conference.snapshot().customer().uid();
    if (!conference.snapshot().customer().placeCall()) {
      return "placeCall: not enabled for customer " + customer;
    }
    if (!conference.conference().defaults().placeCall()) {
      return "placeCall: not enabled for conference " + conference.uid();
    }
    final String number = command.number();
    if (!policy.isAllowed(number)) {
      return "number: numbers like " + number + " may not be called from this server";
    }
    if (!all.hasRoute(number)) {
      return "number: no trunk of this server is for " + number;
    }
    if (lines.size() >= config.maxAtOnce()) {
      return "number: as many numbers as allowed are being called; try again";
    }
    return policy.refusal(customer, conference.uid(), number, turn.nowMs());
  }

  /** Begins to call somebody; empty, or why it cannot. */
  String place(final PlaceCall command, final CallState call) {
    final Optional<OutboundLine> way = all.lineTo(command.number());
    if (way.isEmpty()) {
      return "number: no trunk for " + command.number() + " is up; try again";
    }
    final PlacedCall placed =
        new PlacedCall(
            uids.get(), command.number(), command.name(), command.role(), Status.DIALING, 0, "");
    final Line line = line(way.get(), placed, call);
    final RtpSessionSpec spec =
        specs.unanswered(
            way.get().localAddress(), way.get().target().getAddress(), way.get().trunk());
    if (!all.open(line, spec)) {
      return "number: no room for another call; try again";
    }
    lines.add(line);
    policy.placed(
        call.conference().snapshot().customer().uid(),
        call.conference().uid(),
        command.number(),
        turn.nowMs());
    counters.increment(FocusCounter.PLACED);
    tell(line, placed);
    return ALL_FINE;
  }

  private Line line(final OutboundLine way, final PlacedCall placed, final CallState call) {
    final Invitation asIfHeCalled =
        new Invitation(
            way.dialog(),
            "",
            "",
            way.trunk(),
            true,
            placed.number(),
            placed.name(),
            way.target(),
            way.localAddress(),
            null);
    final Line line = new Line(asIfHeCalled, null, all.nextSessionId(), turn.nowMs(), turn.nowNs());
    line.placement(new Line.Placement(way, placed, call));
    line.stage(Stage.DIALING, turn.nowNs());
    return line;
  }

  /** The socket is bound: the INVITE goes out. */
  void onOpened(final Line line, final InetSocketAddress localRtp) {
    if (line.stage() != Stage.DIALING || line.localRtp() != null) {
      return;
    }
    line.localRtp(localRtp);
    if (!all.dial(line)) {
      failed(line, Status.FAILED, 503, "no room for another dialog");
    }
  }

  /** No socket. */
  void onOpenFailed(final Line line) {
    counters.increment(FocusCounter.NO_MEDIA);
    failed(line, Status.FAILED, 503, "no port for its sound");
  }

  /** It rings there. */
  void onRinging(final Line line, final int status) {
    if (line.stage() == Stage.DIALING) {
      turn.actFor(Origin.By.PHONE);
      tell(line, line.placement().placed().now(Status.RINGING, status, ""));
    }
  }

  /**
   * Somebody has answered.
   *
   * @return whether he joins at once
   */
  boolean onAnswered(final Line line, final MediaDescription answer) {
    if (line.stage() != Stage.DIALING) {
      return false;
    }
    turn.actFor(Origin.By.PHONE);
    final Optional<RtpSessionSpec> spec = specs.agreed(line.invitation(), answer);
    if (spec.isEmpty() || !all.update(line, spec.get())) {
      failed(line, Status.FAILED, 488, "no common codec");
      return false;
    }
    line.hold(spec.get().hold(), turn.nowNs());
    line.stage(Stage.CONFIRMING, turn.nowNs());
    tell(line, line.placement().placed().now(Status.ANSWERED, 200, ""));
    if (config.confirmKey().isEmpty()) {
      lines.remove(line);
      return true;
    }
    ask(line);
    return false;
  }

  private void ask(final Line line) {
    final int key = config.confirmKey().charAt(0) - '0';
    final Prompt press = Prompt.values()[Prompt.PRESS_ZERO_TO_JOIN.ordinal() + key];
    all.prompt(line, List.of(Prompt.CONFERENCE_CALLS_YOU, press));
    line.placement().askedNs(turn.nowNs());
  }

  /**
   * A key of a line that is not in the call yet.
   *
   * @return whether it lets him in
   */
  boolean onDigit(final Line line, final char digit) {
    final boolean confirms =
        line.stage() == Stage.CONFIRMING && config.confirmKey().equals(String.valueOf(digit));
    if (confirms) {
      all.hush(line);
      lines.remove(line);
    }
    return confirms;
  }

  /** He confirmed, but the call does not take him. */
  void onNotLetIn(final Line line) {
    failed(line, Status.FAILED, 0, "the call takes nobody more");
  }

  /** Nobody answered: SIP says why. */
  void onDialFailed(final Line line, final int status, final String reason) {
    turn.actFor(Origin.By.PHONE);
    final Status how =
        status == 486 || status == 600
            ? Status.BUSY
            : status == 408 || status == 480
                ? Status.NOANSWER
                : status >= 500 && status < 600 || status < 400 ? Status.FAILED : Status.REJECTED;
    lines.remove(line);
    all.forget(line, turn.nowNs());
    counters.increment(FocusCounter.PLACED_IN_VAIN);
    tell(line, line.placement().placed().now(how, status, reason));
  }

  /** Who had answered hung up before he joined. */
  void onEnded(final Line line, final DialogEnd end) {
    if (lines.remove(line)) {
      turn.actFor(Origin.By.PHONE);
      counters.increment(FocusCounter.PLACED_IN_VAIN);
      final String why = "hung up before joining: " + end.name();
      tell(line, line.placement().placed().now(Status.UNCONFIRMED, 200, why));
    }
  }

  /** Gives up the number called into this call under this UID; false when there is none. */
  boolean cancel(final CallState call, final String uid) {
    for (final Line line : lines) {
      if (line.placement().call() == call && line.placement().placed().uid().equals(uid)) {
        failed(line, Status.CANCELLED, 0, "given up by the host");
        return true;
      }
    }
    return false;
  }

  /** Lets time go by. */
  int sweep() {
    int due = 0;
    for (final Line line : List.copyOf(lines)) {
      due += isDue(line) ? 1 : 0;
    }
    return due;
  }

  private boolean isDue(final Line line) {
    final long forNs = turn.nowNs() - line.sinceNs();
    turn.actFor(Origin.By.TIMER);
    if (!line.placement().call().call().active()) {
      failed(line, Status.CANCELLED, 0, "the call is closed");
    } else if (line.stage() == Stage.OVER) {
      failed(line, Status.FAILED, 0, "its line was lost");
    } else if (line.stage() == Stage.DIALING && forNs >= ns(config.ringMs())) {
      failed(line, Status.NOANSWER, 0, "not answered in " + config.ringMs() / 1_000 + " s");
    } else if (line.stage() == Stage.CONFIRMING && forNs >= ns(config.confirmMs())) {
      failed(line, Status.UNCONFIRMED, 200, "the key was not pressed");
    } else if (line.stage() == Stage.CONFIRMING
        && turn.nowNs() - line.placement().askedNs() >= ASK_NS) {
      ask(line);
    } else {
      return false;
    }
    return true;
  }

  private static long ns(final int durationMs) {
    return TimeUnit.MILLISECONDS.toNanos(durationMs);
  }

  private void failed(
      final Line line, final Status status, final int sipStatus, final String reason) {
    lines.remove(line);
    all.end(line, status.name().toLowerCase(Locale.ROOT), turn.nowNs());
    counters.increment(FocusCounter.PLACED_IN_VAIN);
    tell(line, line.placement().placed().now(status, sipStatus, reason));
  }

  private void tell(final Line line, final PlacedCall now) {
    line.placement().placed(now);
    final CallState call = line.placement().call();
    if (call.call().active()) {
      turn.raise(call, EventSource.CALL, EventName.PLACECALL, now);
    }
  }
}
