package dev.conductor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.conductor.event.Event;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSamples;
import dev.conductor.event.EventSource;
import dev.conductor.model.Attendance;
import dev.conductor.model.Belongings;
import dev.conductor.model.Breakout;
import dev.conductor.model.Call;
import dev.conductor.model.CallRecord;
import dev.conductor.model.Caller;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.model.Erasure;
import dev.conductor.model.Person;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records of calls: kept for their time, read one by one, and without those who are erased. */
@Timeout(60)
class CallRecordsTest {
  private static final long T = EventSamples.TIME_MS;
  private static final Attendance ATTENDED = new Attendance(T, 1_500, Optional.empty(), false);
  private static final List<String> TABLES =
      List.of(
          "call_record",
          "caller_record",
          "breakout_record",
          "caller_step",
          "call_caller",
          "call_setting",
          "custom_value WHERE owner_type IN ('call', 'caller')");

  @TempDir Path directory;
  private SqlStore store;
  private long nowMs = T + 60_000;
  private final Outcomes outcomes = new Outcomes();
  private long lastBatch;

  @BeforeEach
  void open() {
    store = SqlStore.open(TestDatabase.config(directory), event -> "body", () -> nowMs);
    store.saveConference(ConferenceRowsTest.conference(EventSamples.CONFERENCE));
  }

  @AfterEach
  void close() {
    store.close();
    TestDatabase.drop(directory);
  }

  private void commit(final Change... changes) {
    Outcomes.offer(store, ++lastBatch, changes);
    outcomes.await(store, (int) lastBatch);
    assertThat(outcomes.failed).isEmpty();
  }

  /** Two callers, A and B and a number behind, of persons PA and PB; the first raised a hand. */
  private void saveCall(final String uid, final long startMs, final boolean over) {
    final Call up = EventSamples.call(uid, "A" + uid, "B" + uid);
    final Call call =
        new Call(
            uid,
            up.conferenceUid(),
            startMs,
            -1,
            true,
            up.callers(),
            up.breakouts(),
            up.settings(),
            up.tags(),
            up.flags(),
            up.texts(),
            "",
            -1);
    final Caller first = caller(uid, "A");
    final Caller second = caller(uid, "B");
    final Caller hand = first.withHand(new Caller.Hand(2, T));
    commit(
        new Change.CallSaved(over ? call.closed(startMs + 1_000) : call, 4, 0),
        new Change.CallerSaved(over ? hand.gone(startMs + 900, "BYE") : hand, ATTENDED),
        new Change.CallerSaved(over ? second.gone(startMs + 1_000, "CLOSED") : second, ATTENDED),
        new Change.BreakoutSaved(Breakout.empty("B1", uid, "One", false)),
        event(uid, 1, EventSource.CALL, EventName.UPDATE, null),
        event(uid, 2, EventSource.CALL, EventName.NEWCALLER, first),
        event(uid, 3, EventSource.CALL, EventName.NEWCALLER, second),
        event(uid, 4, EventSource.CALLER, EventName.ATTENTION, hand));
  }

  private static Caller caller(final String callUid, final String name) {
    final Caller plain = EventSamples.caller(callUid, name + callUid, false);
    return new Caller(
        new Caller.Identity(
            plain.uid(), callUid, "P" + name, "+1555", "100001", "+15550100", "a@b", T, ""),
        plain.role(),
        plain.seat(),
        plain.sound(),
        plain.hand(),
        new Caller.Texts(
            "Ann", "data", "notes", "c1", "c2", List.of(), EventSamples.pairs("secret", "x")),
        plain.presence(),
        false);
  }

  private static Change event(
      final String callUid,
      final long seq,
      final EventSource source,
      final EventName name,
      final Caller target) {
    return new Change.EventLogged(
        new Event(seq, T + seq, callUid, source, name, target, EventSamples.CAUSE));
  }

  private long rows(final String table) {
    return Long.parseLong(Outcomes.texts(store, "SELECT COUNT(*) FROM " + table).get(0));
  }

  @Test
  void shouldForgetARecordWithAllThatBelongsToItWhenItsTimeIsOver() {
    saveCall("OLD", T, true);
    saveCall("UP", T, false);
    final List<Long> both = TABLES.stream().map(this::rows).toList();
    assertThat(both).allMatch(count -> count > 0);

    nowMs = T + TimeUnit.DAYS.toMillis(365);
    restart();
    await()
        .during(Duration.ofMillis(300))
        .until(() -> Outcomes.texts(store, "SELECT uid FROM call_record").contains("OLD"));
    nowMs = T + TimeUnit.DAYS.toMillis(365) + 2_000;
    restart();

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Outcomes.texts(store, "SELECT uid FROM call_record"), List.of("UP")::equals);
    assertThat(TABLES.stream().map(this::rows).toList())
        .isEqualTo(both.stream().map(count -> count / 2).toList());
    assertThat(rows("event WHERE call_uid = 'OLD'")).isZero();
    assertThat(rows("event WHERE call_uid = 'UP'")).isEqualTo(4);
    assertThat(store.counters()).containsEntry("records_forgotten", 1L);
  }

  private void restart() {
    store.close();
    store = SqlStore.open(TestDatabase.config(directory), event -> "body", () -> nowMs);
    lastBatch = 0;
  }

  @Test
  void shouldTakeAPersonOutOfRecordsAndEventsAndLeaveTheOthers() {
    saveCall("K1", T, true);
    saveCall("K2", T + 1, true);

    assertThat(store.erasePerson(EventSamples.CONFERENCE, "PA").join())
        .satisfies(
            erasure -> {
              assertThat(erasure.outcome()).isEqualTo(Erasure.Outcome.ERASED);
              assertThat(erasure.calls()).containsExactlyInAnyOrder("K1", "K2");
            });

    final String texts = "ani || pin || email || tag || data || notes || custom1 || custom2";
    assertThat(
            Outcomes.texts(store, "SELECT " + texts + " FROM caller_record WHERE person_uid='PA'"))
        .containsExactly("", "");
    assertThat(
            Outcomes.texts(store, "SELECT " + texts + " FROM caller_record WHERE person_uid='PB'"))
        .allMatch(text -> text.contains("Ann") && text.contains("+1555100001a@b"));
    assertThat(Outcomes.texts(store, "SELECT seq FROM event WHERE call_uid = 'K1' ORDER BY seq"))
        .containsExactly("1", "3");
    assertThat(Outcomes.texts(store, "SELECT owner_uid FROM custom_value WHERE name = 'secret'"))
        .containsExactlyInAnyOrder("BK1", "BK2");
    assertThat(rows("caller_step WHERE caller_uid = 'AK1'")).as("that he was there").isEqualTo(2);
  }

  @Test
  void shouldLeaveNothingOfWhoWasErasedInTheFiles() throws Exception {
    assumeFalse(TestDatabase.isPostgres(), "its files are its own");
    saveCall("K1", T, true);
    saveCall("K2", T, true);
    final String written = "nobody else is to read this ";
    final Caller.Texts texts =
        new Caller.Texts(
            "Ann", "", written.repeat(300), "", "", List.of(), EventSamples.pairs("k", "v"));
    commit(new Change.CallerSaved(caller("K1", "A").withTexts(texts).gone(T, "BYE"), ATTENDED));
    assertThat(isOnDisk(written)).isTrue();

    assertThat(store.erasePerson(EventSamples.CONFERENCE, "PA").join().outcome())
        .isEqualTo(Erasure.Outcome.ERASED);

    assertThat(isOnDisk(written)).isFalse();
    assertThat(isOnDisk("Ann")).as("somebody else").isTrue();
  }

  private boolean isOnDisk(final String text) throws IOException {
    for (final String name : List.of("conductor.db", "conductor.db-wal")) {
      final byte[] bytes = Files.readAllBytes(directory.resolve(name));
      if (new String(bytes, StandardCharsets.ISO_8859_1).contains(text)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void shouldEraseNobodyWhoseCallIsUpNorOfAnotherConference() {
    saveCall("K1", T, true);
    assertThat(store.erasePerson("OTHER", "PA").join())
        .isEqualTo(Erasure.failed(Erasure.Outcome.UNKNOWN));
    saveCall("K2", T, false);

    assertThat(store.erasePerson(EventSamples.CONFERENCE, "PA").join())
        .isEqualTo(Erasure.failed(Erasure.Outcome.STILL_UP));

    assertThat(rows("caller_record WHERE tag = 'Ann'")).isEqualTo(4);
    assertThat(rows("event")).isEqualTo(8);
  }

  @Test
  void shouldEraseWhoIsBookedOrWasThereAndTellWhomNobodyKnows() throws Exception {
    final ConferenceSeed booked = ConferenceRowsTest.conference("BOOKED", "200002");
    store.saveConference(booked);
    saveCall("K1", T, true);
    final String uid = booked.persons().get(0).uid();

    assertThat(store.erasePerson("BOOKED", uid).join()).isEqualTo(Erasure.of(List.of()));
    assertThat(store.erasePerson(EventSamples.CONFERENCE, uid).join())
        .isEqualTo(Erasure.failed(Erasure.Outcome.UNKNOWN));
    for (final String time : List.of("first", "second")) {
      assertThat(store.erasePerson(EventSamples.CONFERENCE, "PA").join())
          .as(time)
          .isEqualTo(Erasure.of(List.of("K1")));
    }
    assertThat(store.erasePerson(EventSamples.CONFERENCE, "NOBODY").join())
        .isEqualTo(Erasure.failed(Erasure.Outcome.UNKNOWN));
  }

  @Test
  void shouldTellWhichPersonsAndCallsConferencesHave() throws Exception {
    saveCall("K2", T + 1, true);
    saveCall("K1", T + 2, true);
    saveCall("K0", T + 3, false);
    final ConferenceSeed booked = ConferenceRowsTest.conference("BOOKED", "200002", "200001");
    store.saveConference(booked);
    final BlockingQueue<Optional<Map<String, Belongings>>> read = new LinkedBlockingQueue<>();
    try (PersonReader reader = store.openPersonReader()) {
      assertThat(reader.readUids(List.of("BOOKED", "NONE", EventSamples.CONFERENCE), read::add))
          .isTrue();
      final Map<String, Belongings> found = read.poll(30, TimeUnit.SECONDS).orElseThrow();
      assertThat(found).containsOnlyKeys("BOOKED", EventSamples.CONFERENCE);
      assertThat(found.get("BOOKED"))
          .isEqualTo(
              new Belongings(booked.persons().stream().map(Person::uid).toList(), List.of()));
      assertThat(found.get(EventSamples.CONFERENCE).calls()).containsExactly("K2", "K1", "K0");
    }
  }

  @Test
  void shouldReadTheRecordsOfASpanOfTimeOneByOne() {
    saveCall("K3", T + 3, true);
    saveCall("K1", T + 1, true);
    saveCall("K2", T + 1, false);
    saveCall("K0", T, true);
    final String customer = ConferenceRowsTest.conference(EventSamples.CONFERENCE).customer().uid();

    try (CallRecordReader reader = CallRecordReader.open(TestDatabase.config(directory))) {
      final List<CallRecord> records = new ArrayList<>();
      reader.read(new CallRecordReader.Whose(customer, ""), T + 1, T + 3, records::add);
      assertThat(records.stream().map(record -> record.call().uid())).containsExactly("K1", "K2");
      final CallRecord.Visit visit = records.get(0).visits().get(0);
      assertThat(visit.caller().uid()).isEqualTo("AK1");
      assertThat(visit.caller().presence().reason()).isEqualTo("BYE");
      assertThat(visit.attendance()).isEqualTo(ATTENDED);
      assertThat(visit.steps().stream().map(CallRecord.Step::what))
          .containsExactly("ENTER", "HAND");
      assertThat(visit.steps().get(1).attention()).isEqualTo(2);
      reader.read(new CallRecordReader.Whose("NOBODY", ""), 0, Long.MAX_VALUE, records::add);
      assertThat(records).as("of another customer").hasSize(2);
    }
  }
}
