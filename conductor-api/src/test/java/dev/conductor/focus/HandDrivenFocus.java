package dev.conductor.focus;

import dev.conductor.command.Accepted;
import dev.conductor.command.BreakoutChange;
import dev.conductor.command.CallChange;
import dev.conductor.command.CallerChange;
import dev.conductor.command.Command;
import dev.conductor.command.Command.NewBreakout;
import dev.conductor.command.Origin;
import dev.conductor.config.ConductorConfig;
import dev.conductor.config.ConfigLoader;
import dev.conductor.media.api.MixPlan;
import dev.conductor.model.Breakout;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.Caller;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.Snapshots;
import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.api.Direction;
import dev.conductor.signaling.api.Invitation;
import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.api.PayloadFormat;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.CachedEpochClock;
import org.agrona.concurrent.CachedNanoClock;

/** A whole focus on clocks moved by hand, between fakes; nothing happens but by {@link #turn}. */
final class HandDrivenFocus {
  static final Origin API = new Origin(Origin.By.API, "test", "request-1", "Ann");
  static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final ConductorConfig USUAL = config(Map.of());

  final ConductorConfig config;
  final FakeStore store;
  final FakeMedia media = new FakeMedia();
  final FakeControl control = new FakeControl();
  final Snapshots snapshots = new Snapshots();
  final RecordedLog log = new RecordedLog();
  final FocusCounters counters = new FocusCounters();
  final SipInbox sip;
  final ConductorAgent agent;
  private final CachedEpochClock epoch = new CachedEpochClock();
  private final CachedNanoClock nano = new CachedNanoClock();
  private final Map<Long, Long> sessionOfDialog = new HashMap<>();
  private final Map<String, Long> dialogOfCaller = new HashMap<>();
  private long lastDialog;
  boolean commits = true;

  /** What a trunk dials behind the number, in every INVITE from now on. */
  String directPin = "";

  /** Whether who dials is no stranger. */
  boolean known = true;

  HandDrivenFocus(final ConferenceSeed... conferences) {
    this(Map.of(), conferences);
  }

  HandDrivenFocus(final Map<String, String> settings, final ConferenceSeed... conferences) {
    this(settings, new FakeStore(List.of(conferences)));
  }

  /** One that finds what an earlier one has left in the store. */
  HandDrivenFocus(final Map<String, String> settings, final FakeStore store) {
    config = settings.isEmpty() ? USUAL : config(settings);
    this.store = store;
    epoch.update(1_800_000_000_000L);
    nano.update(Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(30)); // the clock wraps in every test
    sip = new SipInbox(config.sip().maxDialogs(), nano, counters);
    agent =
        new ConductorAgent(
            config,
            sip,
            new FocusBorders(
                control,
                media,
                media,
                media.figures::get,
                store,
                snapshots,
                log,
                TestConference.CLIPS),
            FocusClocks.of(epoch, nano, new SplittableRandom(7)),
            counters);
  }

  private static ConductorConfig config(final Map<String, String> settings) {
    return ConfigLoader.load(Optional.empty(), Map.of(), settings);
  }

  long nowMs() {
    return epoch.time();
  }

  /** One turn, those that take the store's answers, the commit, and the turn that shows it. */
  void turn() {
    agent.doWork();
    while (store.isAsked()) {
      agent.doWork();
    }
    if (commits) {
      store.commitAll();
      agent.doWork();
    }
  }

  /** Time goes by in steps of 10 ms. */
  void pass(final long ms) {
    for (long left = ms; left > 0; left -= 10) {
      final long stepMs = Math.min(10, left);
      epoch.advance(stepMs);
      nano.update(nano.nanoTime() + TimeUnit.MILLISECONDS.toNanos(stepMs));
      turn();
    }
  }

  /** Time goes by in one step. */
  void jump(final long ms) {
    pause(ms);
    turn();
  }

  /** Time goes by, and the conductor stands still. */
  void pause(final long ms) {
    epoch.advance(ms);
    nano.update(nano.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms));
  }

  static MediaDescription sendRecv() {
    return description(Direction.SENDRECV, 40_000);
  }

  static MediaDescription description(final Direction direction, final int port) {
    return new MediaDescription(
        new InetSocketAddress(HERE, port),
        List.of(
            new PayloadFormat(0, "PCMU", 8_000, 1, ""),
            new PayloadFormat(101, PayloadFormat.TELEPHONE_EVENT, 8_000, 1, "0-15")),
        direction,
        false,
        false,
        null,
        null);
  }

  /** An INVITE; answers its dialog. */
  long invite(final String dialled, final String ani, final MediaDescription offer) {
    final long dialog = ++lastDialog;
    final int sessionsBefore = media.sessions.size();
    sip.onInvite(
        new Invitation(
            new DialogId(dialog),
            dialled,
            directPin,
            "",
            known,
            ani,
            "",
            new InetSocketAddress(HERE, 5_070),
            HERE,
            offer));
    turn();
    if (media.sessions.size() > sessionsBefore) {
      sessionOfDialog.put(dialog, List.copyOf(media.sessions.keySet()).get(sessionsBefore));
    }
    return dialog;
  }

  long session(final long dialog) {
    return sessionOfDialog.get(dialog);
  }

  /** An INVITE that is answered and acknowledged; RTP flows. */
  long dial(final String ani) {
    return dial("+15550100", ani);
  }

  long dial(final String dialled, final String ani) {
    final long dialog = invite(dialled, ani, sendRecv());
    final long session = session(dialog);
    media.tell(to -> to.onOpened(session, new InetSocketAddress(HERE, 10_000)));
    turn();
    sip.onConfirmed(new DialogId(dialog), null);
    media.tell(to -> to.onFirstRtp(session));
    turn();
    return dialog;
  }

  void key(final long dialog, final String digits) {
    for (final char digit : digits.toCharArray()) {
      media.tell(to -> to.onDigit(session(dialog), digit));
    }
    turn();
  }

  /** Dials and keys; answers the new caller's UID. */
  String enter(final String pin, final String ani) {
    final long dialog = dial(ani);
    key(dialog, pin);
    final List<String> uids = callUids();
    for (final String callUid : uids) {
      final List<String> callers = snapshots.call(callUid).orElseThrow().call().callers();
      final String uid = callers.get(callers.size() - 1);
      if (!dialogOfCaller.containsKey(uid)) {
        dialogOfCaller.put(uid, dialog);
        return uid;
      }
    }
    throw new AssertionError("nobody came in by that PIN");
  }

  long dialogOf(final String callerUid) {
    return dialogOfCaller.get(callerUid);
  }

  long sessionOf(final String callerUid) {
    return session(dialogOf(callerUid));
  }

  void bye(final String callerUid) {
    sip.onEnded(new DialogId(dialogOf(callerUid)), DialogEnd.BYE, "");
    turn();
  }

  List<String> callUids() {
    final List<String> uids = new ArrayList<>();
    for (final ConferenceSnapshot conference : store.loadConferences()) {
      final String uid =
          snapshots
              .conference(conference.conference().uid())
              .orElseThrow()
              .conference()
              .activeCallUid();
      if (!uid.isEmpty()) {
        uids.add(uid);
      }
    }
    return uids;
  }

  /** The call of the first conference that has one. */
  String callUid() {
    return callUids().get(0);
  }

  CallSnapshot call() {
    return snapshots.call(callUid()).orElseThrow();
  }

  Caller caller(final String uid) {
    return call().callers().get(uid);
  }

  Breakout breakout(final String uid) {
    return call().breakouts().get(uid);
  }

  MixPlan.Place place(final String callerUid) {
    final long session = sessionOf(callerUid);
    return media.plans.get(media.callOf.get(session)).places().stream()
        .filter(place -> place.sessionId() == session)
        .findFirst()
        .orElseThrow();
  }

  boolean hears(final String listener, final String source) {
    final MixPlan.Place to = place(listener);
    final int feeds = place(source).feedsFirst();
    return feeds != MixPlan.NO_MIX && (feeds == to.hearsFirst() || feeds == to.hearsSecond());
  }

  /** Asks, and takes turns until the answer is there. */
  Accepted ask(final Command command) {
    final List<Accepted> answers = new ArrayList<>();
    agent.offer(command, answers::add);
    turn();
    if (answers.size() != 1) {
      throw new AssertionError(answers.size() + " answers");
    }
    return answers.get(0);
  }

  Accepted update(final CallerChange change, final String... uids) {
    return ask(new Command.UpdateCaller(API, callUid(), List.of(uids), change));
  }

  Accepted updateCall(final CallChange change) {
    return ask(new Command.UpdateCall(API, callUid(), change));
  }

  Accepted set(final CallChange.FlagField field, final boolean on) {
    return updateCall(new CallChange.Flag(field, on));
  }

  /** What media says of a caller. */
  void talks(final String callerUid, final boolean on) {
    final long session = sessionOf(callerUid);
    media.tell(to -> to.onTalking(session, on));
    turn();
  }

  Accepted updateBreakout(final String uid, final BreakoutChange change) {
    return ask(new Command.UpdateBreakout(API, callUid(), uid, change));
  }

  Accepted breakouts(final NewBreakout... groups) {
    return ask(new Command.CreateBreakout(API, callUid(), List.of(groups)));
  }

  /** One breakout of this UID with these callers. */
  static NewBreakout group(final String uid, final String... callers) {
    return new NewBreakout(uid, "", false, List.of(callers), 0);
  }

  /** Makes a breakout without waiting for the commit. */
  void breakoutsNow(final String uid, final List<Accepted> answers) {
    agent.offer(new Command.CreateBreakout(API, callUid(), List.of(group(uid))), answers::add);
    turn();
  }

  /** Dials and keys without waiting for the commit. */
  void enterNow(final String pin, final String ani) {
    key(dial(ani), pin);
  }
}
