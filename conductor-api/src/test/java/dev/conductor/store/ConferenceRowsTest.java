package dev.conductor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conductor.event.EventSamples;
import dev.conductor.model.Audio;
import dev.conductor.model.AudioCatalog;
import dev.conductor.model.Booking;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.model.ConferenceStatus;
import dev.conductor.model.ConferenceTag;
import dev.conductor.model.Custom;
import dev.conductor.model.Customer;
import dev.conductor.model.PageText;
import dev.conductor.model.PageTexts;
import dev.conductor.model.Person;
import dev.conductor.model.Reservation;
import dev.conductor.model.Role;
import dev.conductor.model.RoleFlag;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConferenceRowsTest {
  @TempDir Path directory;
  private SqlStore store;

  @BeforeEach
  void open() {
    store = SqlStore.open(TestDatabase.config(directory), event -> "");
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** What is loaded at start, and the persons that are read when somebody asks. */
  private List<ConferenceSeed> stored() {
    return store.loadConferences().stream()
        .map(
            of ->
                new ConferenceSeed(of.conference(), of.customer(), persons(of.conference().uid())))
        .toList();
  }

  private List<Person> persons(final String conferenceUid) {
    final BlockingQueue<Optional<List<Person>>> read = new LinkedBlockingQueue<>();
    try (PersonReader reader = store.openPersonReader()) {
      assertThat(reader.read(conferenceUid, read::add)).isTrue();
      return read.poll(30, TimeUnit.SECONDS).orElseThrow();
    } catch (final InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  @Test
  void shouldLoadAfterARestartExactlyWhatWasSaved() {
    final ConferenceSeed first = conference("CONF1", "100001", "100002");
    final ConferenceSeed second = conference("CONF2", "200001");
    store.saveConference(second);
    store.saveConference(first);
    store.close();
    open();

    assertThat(stored()).containsExactly(first, second);
  }

  @Test
  void shouldReplaceAConferenceWithAllThatBelongsToIt() {
    store.saveConference(conference("CONF1", "100001", "100002", "100003"));
    final ConferenceSeed smaller = conference("CONF1", "100009");
    store.saveConference(smaller);

    assertThat(stored()).containsExactly(smaller);
  }

  @Test
  void shouldLoadAConferenceWithoutItsCall() {
    final ConferenceSeed conference = conference("CONF1");
    store.saveConference(
        new ConferenceSeed(
            conference.conference().withActiveCall("CALL1"), conference.customer(), List.of()));

    assertThat(stored()).containsExactly(conference);
  }

  @Test
  void shouldNotKeepTheClipsOfTheAudioFolder() {
    final ConferenceSeed conference = conference("CONF1");
    final AudioCatalog clips =
        new AudioCatalog(List.of(new Audio("A2", "Bell", "bell.wav")), Map.of());
    store.saveConference(
        new ConferenceSeed(
            conference.snapshot().withAudio(clips).conference(), conference.customer(), List.of()));

    assertThat(stored()).containsExactly(conference);
  }

  @Test
  void shouldSaveAllOrNothing() {
    final ConferenceSeed first = conference("CONF1", "100001");
    store.saveConference(first);
    final Person taken = first.persons().get(0);
    final ConferenceSeed other = conference("CONF2", "200001");

    assertThatThrownBy(
            () ->
                store.saveConference(
                    new ConferenceSeed(
                        other.conference(),
                        other.customer(),
                        List.of(other.persons().get(0), taken))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("CONF2");
    assertThat(stored()).containsExactly(first);
  }

  @Test
  void shouldHaveWhatCommandsChangedAfterARestartAndNothingElseTouched() {
    final ConferenceSeed before = conference("CONF1", "100001", "100002");
    final ConferenceSeed other = conference("CONF2", "200001");
    store.saveConference(before);
    store.saveConference(other);
    final Conference changed =
        before
            .conference()
            .withDefaults(
                before
                    .conference()
                    .defaults()
                    .withSettings(
                        List.of(
                            RoleFlag.open(Role.PARTICIPANT),
                            new RoleFlag(Role.ASSISTANT, false, true, true),
                            RoleFlag.open(Role.PRESENTER))))
            .withTexts(before.conference().texts().withCustom(EventSamples.pairs("new", "<\n>")));
    final Person annoyed = before.persons().get(0).withCustom(Custom.none());
    final Person named =
        new Person(
            before.persons().get(1).uid(),
            "CONF1",
            "New name",
            "+1",
            "300003",
            Role.OPERATOR,
            "new@example.org",
            "new notes",
            "new one",
            "new two",
            List.of(),
            EventSamples.pairs("seat", "12"),
            "row 3");
    store.offer(
        new Batch(
            1,
            List.of(
                new Change.ConferenceSaved(before.conference().withActiveCall("CALL1")),
                new Change.PersonSaved(annoyed),
                new Change.ConferenceSaved(changed),
                new Change.PersonSaved(named))));
    store.close(); // commits what waits
    open();

    assertThat(stored())
        .containsExactly(
            new ConferenceSeed(changed, before.customer(), List.of(annoyed, named)), other);
  }

  static ConferenceSeed conference(final String uid, final String... pins) {
    final List<ConferenceTag> tags =
        List.of(new ConferenceTag(9, "second first"), new ConferenceTag(2, "it's \"quoted\""));
    final Conference conference =
        new Conference(
            uid,
            "CUSTOMER",
            "Größe \u96fb\u8a71 \ud83d\ude00",
            "+15550100",
            List.of("15550100", "demo"),
            "token",
            "America/Los_Angeles",
            ConferenceStatus.IDLE,
            new Conference.Defaults(
                List.of(
                    new RoleFlag(Role.PARTICIPANT, false, true, false),
                    RoleFlag.open(Role.ASSISTANT),
                    RoleFlag.open(Role.PRESENTER)),
                true,
                false,
                true,
                false),
            new Conference.Texts("data", "a\r\nb", "text", EventSamples.pairs("key", "")),
            tags,
            List.of(),
            "",
            new Booking(
                List.of(
                    Reservation.at("R2" + uid, 1_769_850_903_123L, 50, 7),
                    Reservation.at("R1" + uid, 1_769_000_000_000L, 15, 5_000)),
                true,
                1_768_000_000_000L,
                "only to read",
                9,
                PageTexts.NONE.with(PageText.BANNER, "<b>\n").with(PageText.REMINDER, "1"),
                "their key"));
    final Customer customer =
        new Customer(
            "CUSTOMER",
            "Acme",
            "ACTIVE",
            "+15550100",
            "Europe/Berlin",
            true,
            false,
            true,
            false,
            "a@example.org,b@example.org",
            EventSamples.pairs("plan", "gold"),
            "00:11",
            PageTexts.NONE.with(PageText.AFFILIATE_CODE, "a'b"));
    return new ConferenceSeed(
        conference, customer, List.of(pins).stream().map(pin -> person(uid, pin, tags)).toList());
  }

  private static Person person(
      final String conferenceUid, final String pin, final List<ConferenceTag> tags) {
    return new Person(
        "P" + pin,
        conferenceUid,
        "Name " + pin,
        "+1555" + pin,
        pin,
        pin.endsWith("1") ? Role.PRESENTER : Role.PARTICIPANT,
        "p@example.org",
        "notes",
        "one",
        "two",
        pin.endsWith("1") ? tags : List.of(),
        pin.endsWith("1") ? EventSamples.pairs("k", "v") : Custom.none(),
        pin.endsWith("2") ? "row 2" : "");
  }
}
