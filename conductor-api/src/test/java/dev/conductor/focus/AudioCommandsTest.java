package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Accepted;
import dev.conductor.command.CallChange;
import dev.conductor.command.Command;
import dev.conductor.media.api.MixPlan;
import dev.conductor.model.Audio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of media when a clip is to be played, and when somebody waits. */
class AudioCommandsTest {
  private final HandDrivenFocus focus =
      new HandDrivenFocus(TestConference.open(), TestConference.second());

  private Accepted playTone(final String audioUid) {
    return focus.ask(new Command.PlayTone(HandDrivenFocus.API, focus.callUid(), audioUid));
  }

  @Test
  void shouldShowAConferencesClipsAfterThoseOfAll() {
    assertThat(focus.snapshots.conference("CONF").orElseThrow().conference().audio())
        .extracting(Audio::uid)
        .containsExactly("A0", "A1");
    assertThat(focus.snapshots.conference("OTHER").orElseThrow().conference().audio())
        .extracting(Audio::uid)
        .containsExactly("A0", "A2");
    focus.enter(TestConference.HOST, "7009");
    assertThat(focus.snapshots.conference("CONF").orElseThrow().conference().audio())
        .as("with a call up")
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A0", "A1"})
  void shouldPlayAClipOfTheConferenceOnceWithoutAnEvent(final String uid) {
    final String host = focus.enter(TestConference.HOST, "7009");
    final long seq = focus.call().seq();
    focus.log.takeNames();

    assertThat(playTone(uid)).isEqualTo(Accepted.yes(0));

    final long call = focus.media.callOf.get(focus.sessionOf(host));
    assertThat(focus.media.played).containsExactly("play " + call + " audio/" + uid + " 0 false");
    assertThat(focus.log.takeNames()).isEmpty();
    assertThat(focus.call().seq()).isEqualTo(seq);
  }

  @Test
  void shouldStopWhatPlaysWhenTheToneIsEmpty() {
    final String host = focus.enter(TestConference.HOST, "7009");
    assertThat(playTone("")).isEqualTo(Accepted.yes(0));
    assertThat(focus.media.played)
        .containsExactly("stop " + focus.media.callOf.get(focus.sessionOf(host)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A2", "a1", "greeting", "gong.wav"})
  void shouldRefuseWhatIsNoClipOfThisConference(final String uid) {
    focus.enter(TestConference.HOST, "7009");
    assertThat(playTone(uid))
        .isEqualTo(Accepted.no("tone: no audio " + uid + " in this conference"));
    assertThat(focus.media.played).isEmpty();
  }

  @Test
  void shouldSaySoWhenMediaIsBusy() {
    focus.enter(TestConference.HOST, "7009");
    focus.media.refusing = true;
    assertThat(playTone("A1")).isEqualTo(Accepted.no("busy"));
    assertThat(playTone("")).isEqualTo(Accepted.no("busy"));
    assertThat(focus.counters.get(FocusCounter.MEDIA_REFUSED)).isEqualTo(2);
  }

  @Test
  void shouldPlayWhileTheStoreIsAway() {
    focus.enter(TestConference.HOST, "7009");
    focus.store.full = true;
    final Command command = new Command.PlayTone(HandDrivenFocus.API, focus.callUid(), "A1");
    focus.agent.offer(command, answer -> {});
    focus.turn();
    assertThat(focus.media.played).hasSize(1);
  }

  @Test
  void shouldGiveMusicToThoseWhoWaitAndToNobodyElse() {
    final HandDrivenFocus green = new HandDrivenFocus(TestConference.greenroom());
    final String host = green.enter(TestConference.HOST, "7009");
    final String waits = green.enter(TestConference.PIN_1, "7001");
    assertThat(green.place(waits).hearsFirst()).isEqualTo(MixPlan.MUSIC);
    assertThat(green.place(waits).feedsFirst()).isEqualTo(MixPlan.NO_MIX);
    assertThat(green.place(waits).hearsSecond()).isEqualTo(MixPlan.NO_MIX);
    assertThat(green.place(host).hearsFirst()).isNotEqualTo(MixPlan.MUSIC);
    assertThat(green.place(host).hearsSecond()).isNotEqualTo(MixPlan.MUSIC);
    switchMusic(green, false);
    assertThat(green.place(waits).hearsFirst()).isEqualTo(MixPlan.NO_MIX);
    switchMusic(green, true);
    assertThat(green.place(waits).hearsFirst()).isEqualTo(MixPlan.MUSIC);
  }

  private static void switchMusic(final HandDrivenFocus of, final boolean on) {
    final CallChange change = new CallChange.Flag(CallChange.FlagField.BACKGROUND_MUSIC, on);
    assertThat(of.ask(new Command.UpdateCall(HandDrivenFocus.API, of.callUid(), change)).isTrue())
        .isTrue();
  }
}
