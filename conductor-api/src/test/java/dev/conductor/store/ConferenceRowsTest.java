package dev.conductor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conductor.event.EventSamples;
import dev.conductor.model.Audio;
import dev.conductor.model.AudioCatalog;
import dev.conductor.model.Booking;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceSnapshot;
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

  @Test
  void shouldLoadAfterARestartExactlyWhatWasSaved() {
    final ConferenceSnapshot first = conference("CONF1", "100001", "100002");
    final ConferenceSnapshot second = conference("CONF2", "200001");
    store.saveConference(second);
    store.saveConference(first);
    store.close();
    open();

    assertThat(store.loadConferences()).containsExactly(first, second);
  }

  @Test
  void shouldReplaceAConferenceWithAllThatBelongsToIt() {
    store.saveConference(conference("CONF1", "100001", "100002", "100003"));
    final ConferenceSnapshot smaller = conference("CONF1", "100009");
    store.saveConference(smaller);

    assertThat(store.loadConferences()).containsExactly(smaller);
  }

  @Test
  void shouldLoadAConferenceWithoutItsCall() {
    final ConferenceSnapshot conference = conference("CONF1");
    store.saveConference(
        new ConferenceSnapshot(
            conference.conference().withActiveCall("CALL1"), conference.customer(), List.of()));

    assertThat(store.loadConferences()).containsExactly(conference);
  }

  @Test
  void shouldNotKeepTheClipsOfTheAudioFolder() {
    final ConferenceSnapshot conference = conference("CONF1");
    final AudioCatalog clips =
        new AudioCatalog(List.of(new Audio("A2", "Bell", "bell.wav")), Map.of());
    store.saveConference(conference.withAudio(clips));

    assertThat(store.loadConferences()).containsExactly(conference);
  }

  @Test
  void shouldSaveAllOrNothing() {
    final ConferenceSnapshot first = conference("CONF1", "100001");
    store.saveConference(first);
    final Person taken = first.persons().get(0);
    final ConferenceSnapshot other = conference("CONF2", "200001");

    assertThatThrownBy(
            () ->
                store.saveConference(
                    new ConferenceSnapshot(
                        other.conference(),
                        other.customer(),
                        List.of(other.persons().get(0), taken))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("CONF2");
    assertThat(store.loadConferences()).containsExactly(first);
  }

  @Test
  void shouldHaveWhatCommandsChangedAfterARestartAndNothingElseTouched() {
    final ConferenceSnapshot before = conference("CONF1", "100001", "100002");
    final ConferenceSnapshot other = conference("CONF2", "200001");
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
    final Person named = before.persons().get(1).withCustom(EventSamples.pairs("seat", "12"));
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

    assertThat(store.loadConferences())
        .containsExactly(
            new ConferenceSnapshot(changed, before.customer(), List.of(annoyed, named)), other);
  }

  static ConferenceSnapshot conference(final String uid, final String... pins) {
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
                PageTexts.NONE.with(PageText.BANNER, "<b>\n").with(PageText.REMINDER, "1")));
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
    return new ConferenceSnapshot(
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
        pin.endsWith("1") ? EventSamples.pairs("k", "v") : Custom.none());
  }
}
