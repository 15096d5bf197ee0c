package dev.conductor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.event.Event;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSamples;
import dev.conductor.event.EventSource;
import dev.conductor.model.Attendance;
import dev.conductor.model.Breakout;
import dev.conductor.model.Call;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.CallTag;
import dev.conductor.model.Caller;
import dev.conductor.model.Caller.Seat;
import dev.conductor.model.Place;
import dev.conductor.model.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls come back from the disk as they were. */
@Timeout(60)
class OpenCallRowsTest {
  private static final long T = EventSamples.TIME_MS;
  private static final Attendance PLAIN = new Attendance(T, 0, Optional.empty(), false);

  @TempDir Path directory;
  private SqlStore store;
  private long lastBatch;

  @BeforeEach
  void open() {
    store = SqlStore.open(TestDatabase.config(directory), event -> "body", () -> T + 60_000);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void reopen() {
    store.close();
    open();
    lastBatch = 0;
  }

  private void commit(final Change... changes) {
    final Outcomes outcomes = new Outcomes();
    Outcomes.offer(store, ++lastBatch, changes);
    await().until(() -> store.poll(outcomes) > 0);
    assertThat(outcomes.failed).isEmpty();
  }

  private static Caller full(final Call call, final String uid) {
    return new Caller(
        new Caller.Identity(uid, call.uid(), "P1", "+1555", "100001", "+15550100", "a@b", T, "OLD"),
        Role.ASSISTANT,
        new Seat(Place.BREAKOUT, "B2", T + 1),
        new Caller.Sound(true, true, false, true, "SELF", -3, 2, 500),
        new Caller.Hand(4, T + 2),
        new Caller.Texts(
            "näme", "data", "no\ntes", "c1", "c2", call.tags(), EventSamples.pairs("k", "v")),
        Caller.Presence.HERE,
        false);
  }

  @Test
  void shouldBringBackEverythingOfAnOpenCall() {
    saveConference();
    final Call call = EventSamples.call("UP", "A", "B").withBreakouts(List.of("B2"));
    final Caller first = full(call, "A");
    final Caller second =
        EventSamples.caller("UP", "B", false).withSeat(new Seat(Place.BREAKOUT, "B2", T));
    final Breakout breakout =
        Breakout.empty("B2", "UP", "Bees", true)
            .withData("d")
            .withOwnAttention(true, T + 3)
            .withCallers(List.of("B", "A"))
            .refreshed(List.of(second, first), T);
    final Attendance kept =
        new Attendance(T + 4, 55, Optional.of(new Seat(Place.ENTRYWAY, "", -1)), true);
    final KeptRounds rounds =
        new KeptRounds(
            "UP",
            Optional.of(new KeptRounds.Timer(T + 5, List.of("B2"), List.of(120, 30), 10)),
            Optional.of(new KeptRounds.Timer(T + 6, List.of(), List.of(), 0)),
            "PARTICIPANT",
            List.of("B2"));
    commit(
        new Change.CallSaved(call, 3, 7),
        new Change.CallerSaved(first, kept),
        new Change.CallerSaved(second, PLAIN),
        new Change.BreakoutSaved(breakout),
        new Change.RoundsSaved(rounds),
        new Change.EventLogged(EventSamples.logged("UP", 1)),
        new Change.EventLogged(EventSamples.logged("UP", 2)),
        new Change.EventLogged(EventSamples.logged("UP", 3)),
        new Change.EventLogged(EventSamples.logged("UP", 4)));

    reopen();

    assertThat(store.loadOpenCalls())
        .containsExactly(
            new OpenCall(
                new CallSnapshot(call, Map.of("A", first, "B", second), Map.of("B2", breakout), 4),
                Map.of("A", kept, "B", PLAIN),
                rounds,
                7));
  }

  @Test
  void shouldWriteEachChangeOfACallerAndForgetTheTimersOfACallThatIsOver() {
    saveConference();
    final Call call = EventSamples.call("UP", "A").withBreakouts(List.of());
    final Caller first = full(call, "A").withSeat(new Seat(Place.MAIN, "", T));
    commit(new Change.CallSaved(call, 1, 0), new Change.CallerSaved(first, PLAIN));
    final Caller changed =
        first
            .withHand(Caller.Hand.DOWN)
            .withTexts(first.texts().withTags(List.of()).withCustom(EventSamples.pairs("x", "y")))
            .withRole(Role.PARTICIPANT)
            .gone(T + 9, "BYE");
    final Attendance later = new Attendance(T, 77, Optional.of(first.seat()), false);
    commit(new Change.CallerSaved(changed, later));

    reopen();

    final OpenCall left = store.loadOpenCalls().get(0);
    assertThat(left.snapshot().callers()).containsEntry("A", changed);
    assertThat(left.attendance()).containsEntry("A", later);
    commit(
        new Change.CallSaved(call.closed(T + 10), 9, 0),
        new Change.RoundsSaved(KeptRounds.none("UP")));
    reopen();
    assertThat(store.loadOpenCalls()).isEmpty();
    final OpenCall over = store.call("", () -> OpenCallRows.load(store.handle(), "UP")).get();
    assertThat(over.snapshot().seq()).isEqualTo(9);
    assertThat(over.snapshot().call().endMs()).isEqualTo(T + 10);
  }

  @Test
  void shouldCloseCallsThatNobodyCanGoOnWith() {
    final Call orphan = EventSamples.call("UP", "A");
    commit(
        new Change.CallSaved(orphan, 1, 0),
        new Change.CallerSaved(full(orphan, "A"), PLAIN),
        new Change.CallSaved(EventSamples.call("ENDED").closed(T), 0, 0),
        new Change.EventLogged(EventSamples.logged("UP", 1)),
        new Change.EventLogged(EventSamples.logged("UP", 2)));

    reopen();

    assertThat(
            texts(
                "SELECT uid || CASE WHEN active THEN 1 ELSE 0 END || end_reason FROM call_record ORDER BY uid"))
        .containsExactly("ENDED0", "UP0CRASH");
    assertThat(texts("SELECT end_ms FROM call_record WHERE uid = 'UP'"))
        .containsExactly(Long.toString(T + 2));
    assertThat(
            texts(
                "SELECT CASE WHEN active THEN 1 ELSE 0 END || reason || (end_ms - "
                    + T
                    + ") FROM caller_record"))
        .containsExactly("0CRASH2");
    assertThat(store.loadOpenCalls()).isEmpty();
  }

  @Test
  void shouldNoteWhatCallersDidInTheOrderOfItsEvents() {
    final Call call = EventSamples.call("UP", "A");
    final Caller here = EventSamples.caller("UP", "A", false);
    final Caller waits = here.withSeat(new Seat(Place.ENTRYWAY, "", -1));
    commit(
        new Change.CallSaved(call, 1, 0),
        new Change.CallerSaved(waits, PLAIN),
        event(1, EventSource.CALL, EventName.NEWCALLER, waits));
    commit(
        new Change.CallerSaved(here, PLAIN), event(2, EventSource.CALLER, EventName.UPDATE, here));
    final Caller seated = here.withSeat(new Seat(Place.BREAKOUT, "B1", T));
    final Caller raised = seated.withHand(new Caller.Hand(2, T));
    final Caller gone = raised.gone(T + 6, "BYE");
    commit(
        event(3, EventSource.CALLER, EventName.BREAKOUT, seated),
        event(4, EventSource.CALLER, EventName.MUTE, seated),
        event(5, EventSource.CALLER, EventName.ATTENTION, raised),
        event(6, EventSource.CALLER, EventName.UPDATE, gone),
        event(7, EventSource.CALLER, EventName.UPDATE, gone),
        new Change.CallerSaved(gone, PLAIN));

    assertThat(
            texts(
                "SELECT seq || what || place || breakout_uid || attention || reason"
                    + " FROM caller_step ORDER BY seq"))
        .containsExactly(
            "1ENTERENTRYWAY0",
            "2MOVEMAIN0",
            "3MOVEBREAKOUTB10",
            "5HANDBREAKOUTB12",
            "6LEAVEBREAKOUTB12BYE");
  }

  private static Change event(
      final long seq, final EventSource source, final EventName name, final Caller target) {
    return new Change.EventLogged(
        new Event(seq, T + seq, "UP", source, name, target, EventSamples.CAUSE));
  }

  private void saveConference() {
    store.saveConference(ConferenceRowsTest.conference(EventSamples.CONFERENCE));
  }

  private List<String> texts(final String sql) {
    return Outcomes.texts(store, sql);
  }

  @Test
  void shouldKnowTheTagsOfACallerByTheirNumbers() {
    saveConference();
    final Call call = EventSamples.call("UP", "A").withTags(List.of(new CallTag(7, "old", 0)));
    final Caller caller = full(call, "A").withSeat(new Seat(Place.MAIN, "", T));
    commit(new Change.CallSaved(call, 1, 0), new Change.CallerSaved(caller, PLAIN));
    commit(new Change.CallSaved(call.withTags(List.of(new CallTag(7, "new", 0))), 2, 0));

    reopen();

    assertThat(store.loadOpenCalls().get(0).snapshot().callers().get("A").texts().tags())
        .containsExactly(new CallTag(7, "new", 0));
  }
}
