package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Accepted;
import dev.conductor.command.Command;
import dev.conductor.model.CallTag;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tags: made, changed, related; each with its event. The conference has the tag 41, VIP. */
class TagCommandsTest {
  private final HandDrivenFocus focus = new HandDrivenFocus(TestConference.open());
  private String host;
  private String bob;

  @BeforeEach
  void enter() {
    host = focus.enter(TestConference.HOST, "7009");
    bob = focus.enter(TestConference.PIN_2, "7002");
    focus.log.takeNames();
  }

  private Accepted create(final long conferenceTagId, final String value) {
    return focus.ask(
        new Command.CreateCallTag(HandDrivenFocus.API, focus.callUid(), conferenceTagId, value));
  }

  private Accepted update(final long id, final String value) {
    return focus.ask(new Command.UpdateCallTag(HandDrivenFocus.API, focus.callUid(), id, value));
  }

  private Accepted relate(final boolean adds, final long id, final String... uids) {
    return focus.ask(
        new Command.UpdateCallerTag(HandDrivenFocus.API, focus.callUid(), List.of(uids), id, adds));
  }

  private List<CallTag> tags() {
    return focus.call().call().tags();
  }

  private List<CallTag> tagsOf(final String uid) {
    return focus.caller(uid).texts().tags();
  }

  @Test
  void shouldMakeTagsWithNumbersOfTheirOwn() {
    final Accepted answer = create(0, "Sales");
    assertThat(answer).isEqualTo(Accepted.yes(focus.call().seq()));
    assertThat(focus.log.events.get(0).target()).isEqualTo(new CallTag(1, "Sales", 0));
    create(0, "Press");

    assertThat(tags()).containsExactly(new CallTag(1, "Sales", 0), new CallTag(2, "Press", 0));
    assertThat(focus.log.takeNames()).containsExactly("TAG UPDATE", "TAG UPDATE");
  }

  @Test
  void shouldMakeATagOfTheConferencesOnceAndTellOfItAgain() {
    create(41, "");
    create(41, "");

    assertThat(tags()).containsExactly(new CallTag(1, "VIP", 41));
    assertThat(focus.log.events).extracting("target").containsOnly(new CallTag(1, "VIP", 41));
    assertThat(focus.log.takeNames()).containsExactly("TAG UPDATE", "TAG UPDATE");

    final String ann = focus.enter(TestConference.PIN_1, "7001"); // has it as a person
    assertThat(tags()).hasSize(1);
    assertThat(tagsOf(ann)).containsExactly(new CallTag(1, "VIP", 41));
  }

  @Test
  void shouldMakeNoTwinOfATagOfItsOwn() {
    create(0, "VIP");
    create(41, "");
    create(0, "VIP");

    assertThat(tags()).containsExactly(new CallTag(1, "VIP", 0), new CallTag(2, "VIP", 41));
    assertThat(focus.log.takeNames()).hasSize(3);
  }

  @Test
  void shouldRefuseATagTheConferenceDoesNotHave() {
    assertThat(create(42, ""))
        .isEqualTo(Accepted.no("conferenceTagID: no tag 42 in this conference"));
    assertThat(focus.log.takeNames()).isEmpty();
  }

  @Test
  void shouldHoldNoMoreThanAThousandTags() {
    for (int i = 0; i < TagHandler.MAX_TAGS; i++) {
      assertThat(create(0, "tag " + i).isTrue()).isTrue();
    }
    assertThat(create(0, "one more"))
        .isEqualTo(Accepted.no("value: a call has no room for more than 1000 tags"));
    assertThat(create(41, ""))
        .isEqualTo(Accepted.no("conferenceTagID: a call has no room for more than 1000 tags"));
    assertThat(create(0, "tag 7").isTrue()).isTrue();
    assertThat(tags()).hasSize(TagHandler.MAX_TAGS);
  }

  @Test
  void shouldChangeATagsTextWhereverItShows() {
    final String ann = focus.enter(TestConference.PIN_1, "7001");
    focus.bye(ann);
    create(0, "Sales");
    relate(true, 2, bob);
    focus.log.takeNames();

    assertThat(update(1, "Guest")).isEqualTo(Accepted.yes(focus.call().seq()));
    update(2, "Shop");

    assertThat(tags()).containsExactly(new CallTag(1, "Guest", 41), new CallTag(2, "Shop", 0));
    assertThat(tagsOf(ann)).containsExactly(new CallTag(1, "Guest", 41));
    assertThat(tagsOf(bob)).containsExactly(new CallTag(2, "Shop", 0));
    assertThat(focus.log.events.get(0).target()).isEqualTo(new CallTag(1, "Guest", 41));
    assertThat(focus.log.takeNames()).containsExactly("TAG UPDATE", "TAG UPDATE");
    assertThat(focus.snapshots.conference("CONF").orElseThrow().conference().tags())
        .as("the conference's own tag stays")
        .extracting("value")
        .containsExactly("VIP");
  }

  @Test
  void shouldRelateAndEndThatForEachCallerNamed() {
    create(0, "Sales");
    focus.bye(bob);
    focus.log.takeNames();

    final Accepted answer = relate(true, 1, bob, "X", host, "Y");

    assertThat(answer.isTrue()).isFalse();
    assertThat(answer.message())
        .isEqualTo("callerUID: no caller X in this call; no caller Y in this call");
    assertThat(answer.seq()).isEqualTo(focus.call().seq());
    assertThat(tagsOf(bob)).containsExactly(new CallTag(1, "Sales", 0));
    assertThat(tagsOf(host)).containsExactly(new CallTag(1, "Sales", 0));
    assertThat(focus.log.events.get(0).target()).isEqualTo(focus.caller(bob));
    assertThat(focus.log.takeNames()).containsExactly("CALLER UPDATE", "CALLER UPDATE");

    assertThat(relate(true, 1, host).isTrue()).isTrue();
    assertThat(tagsOf(host)).hasSize(1);
    assertThat(relate(false, 1, host).isTrue()).isTrue();
    assertThat(relate(false, 1, host).isTrue()).isTrue();
    assertThat(tagsOf(host)).isEmpty();
    assertThat(focus.log.takeNames())
        .as("even where nothing changed")
        .containsExactly("CALLER UPDATE", "CALLER UPDATE", "CALLER UPDATE");
  }

  @Test
  void shouldRefuseATagTheCallDoesNotHave() {
    assertThat(update(1, "x")).isEqualTo(Accepted.no("callTagID: no tag 1 in this call"));
    assertThat(relate(true, 1, host)).isEqualTo(Accepted.no("callTagID: no tag 1 in this call"));
    assertThat(relate(false, 1, "X")).isEqualTo(Accepted.no("callTagID: no tag 1 in this call"));
    assertThat(focus.log.takeNames()).isEmpty();
  }

  @Test
  void shouldChangeNoTagWhileTheStoreIsFull() {
    create(0, "Sales");
    focus.log.takeNames();
    focus.store.full = true;

    assertThat(create(0, "x").message()).startsWith("store: ");
    assertThat(update(1, "x").message()).startsWith("store: ");
    assertThat(relate(true, 1, host).message()).startsWith("store: ");
    assertThat(tags()).containsExactly(new CallTag(1, "Sales", 0));
    assertThat(focus.log.takeNames()).isEmpty();
  }
}
