package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Command;
import dev.conductor.event.Event;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.model.Caller;
import dev.conductor.model.Place;
import dev.conductor.model.Role;
import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.api.Direction;
import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.api.PayloadFormat;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private HandDrivenFocus focus = new HandDrivenFocus(TestConference.open());

  private long invite(final MediaDescription offer) {
    return focus.invite("+15550100", "7001", offer);
  }

  private void open(final long dialog) {
    focus.media.tell(
        to ->
            to.onOpened(
                focus.session(dialog), new InetSocketAddress(HandDrivenFocus.HERE, 10_000)));
    focus.turn();
  }

  private void end(final long dialog, final DialogEnd end) {
    focus.sip.onEnded(new DialogId(dialog), end, "");
    focus.turn();
  }

  @Test
  void shouldPublishTheConferencesBeforeTheFirstTurn() {
    assertThat(focus.snapshots.conference("CONF")).isPresent();
  }

  @Test
  void shouldRefuseANumberNobodyHas() {
    focus.invite("+15550199", "7001", HandDrivenFocus.sendRecv());

    assertThat(focus.control.asked).containsExactly("refuse 1 404");
    assertThat(focus.media.sessions).isEmpty();
    assertThat(focus.counters.get(FocusCounter.UNKNOWN_DID)).isEqualTo(1);
  }

  @Test
  void shouldTakeAliasesInAnyLetterCase() {
    focus.key(focus.dial("DEMO", "7001"), TestConference.PIN_1);

    assertThat(focus.call().callers()).hasSize(1);
  }

  @Test
  void shouldFindANumberThatIsDialledAnotherWay() {
    focus = new HandDrivenFocus(Map.of("sip.country-code", "1"), TestConference.open());
    for (final String dialled : List.of("+1-555-0100", "01115550100", "5550100")) {
      focus.key(focus.dial(dialled, "7001"), TestConference.PIN_1);
    }
    assertThat(focus.call().callers()).hasSize(3);
    assertThat(focus.counters.get(FocusCounter.UNKNOWN_DID)).isZero();
  }

  @Test
  void shouldAdmitWhomATrunkDialsInWithThePinAtTheAckWithoutAPrompt() {
    focus.directPin = TestConference.PIN_1;
    focus.dial("7001");
    focus.pass(10);
    assertThat(focus.call().callers()).hasSize(1);
    assertThat(focus.media.promptsOf(focus.session(1))).containsExactly("first-caller");
  }

  /** What he keys comes after the PIN that the trunk dialled, however early it is. */
  @Test
  void shouldAdmitWhomATrunkDialsInThoughHeKeysAtOnce() {
    focus.directPin = TestConference.PIN_1;
    final long dialog = focus.invite("+15550100", "7001", HandDrivenFocus.sendRecv());
    final InetSocketAddress rtp = new InetSocketAddress(HandDrivenFocus.HERE, 10_000);
    focus.media.tell(to -> to.onOpened(focus.session(dialog), rtp));
    focus.turn();
    focus.key(dialog, "1");
    assertThat(focus.call().callers()).hasSize(1);
  }

  @Test
  void shouldAskForThePinWhenATrunkDialledAWrongOne() {
    focus.directPin = "4711";
    final long dialog = focus.dial("7001");
    focus.pass(10);
    assertThat(focus.callUids()).isEmpty();
    assertThat(focus.counters.get(FocusCounter.PIN_FAILURES)).isEqualTo(1);
    focus.key(dialog, TestConference.PIN_1);
    assertThat(focus.call().callers()).hasSize(1);
  }

  @Test
  void shouldRefuseWhenTooManyAreInTheLobby() {
    focus = new HandDrivenFocus(Map.of("entry.max-lobby", "1"), TestConference.open());
    final long first = focus.dial("7001");
    invite(HandDrivenFocus.sendRecv());
    assertThat(focus.control.asked).contains("refuse 2 503");

    focus.key(first, TestConference.PIN_1); // leaves the lobby
    invite(HandDrivenFocus.sendRecv());
    assertThat(focus.control.asked).noneMatch(asked -> asked.startsWith("refuse 3"));
  }

  @Test
  void shouldRefuseAnOfferWithoutACodecOfMedia() {
    invite(
        new MediaDescription(
            new InetSocketAddress(HandDrivenFocus.HERE, 4_000),
            List.of(new PayloadFormat(18, "G729", 8_000, 1, "")),
            Direction.SENDRECV,
            false,
            false,
            null,
            null));

    assertThat(focus.control.asked).containsExactly("refuse 1 488");
  }

  @Test
  void shouldAnswerOnlyWhenTheSocketIsBound() {
    final long dialog = invite(HandDrivenFocus.sendRecv());
    assertThat(focus.control.asked).isEmpty();

    open(dialog);

    assertThat(focus.control.asked).containsExactly("accept 1");
  }

  @Test
  void shouldLetMediaSendToWhatAnInviteNamesOnlyWhenItIsAcknowledged() {
    final long dialog = invite(HandDrivenFocus.sendRecv());
    open(dialog);
    assertThat(focus.media.sessions.get(focus.session(dialog)).confirmed()).isFalse();

    focus.sip.onConfirmed(new DialogId(dialog), null);
    focus.turn();

    final RtpSessionSpec spec = focus.media.sessions.get(focus.session(dialog));
    assertThat(spec.confirmed()).isTrue();
    assertThat(spec.remoteRtp().getPort()).isEqualTo(40_000);
  }

  @Test
  void shouldRefuseWhenNoSocketCanBeOpened() {
    final long dialog = invite(HandDrivenFocus.sendRecv());
    focus.media.tell(to -> to.onOpenFailed(focus.session(dialog), "no port"));
    focus.turn();

    assertThat(focus.control.asked).containsExactly("refuse 1 503");
    assertThat(focus.media.closed).isEmpty();
    end(dialog, DialogEnd.ENDED_BY_US);
    assertThat(focus.media.closed).isEmpty();
  }

  @Test
  void shouldRefuseWhenMediaTakesNothing() {
    focus.media.refusing = true;
    invite(HandDrivenFocus.sendRecv());

    assertThat(focus.control.asked).containsExactly("refuse 1 503");
    assertThat(focus.counters.get(FocusCounter.MEDIA_REFUSED)).isEqualTo(1);
  }

  @Test
  void shouldCloseTheSessionOnceWhereverTheDialogEnds() {
    final long opening = invite(HandDrivenFocus.sendRecv());
    end(opening, DialogEnd.CANCELLED);
    open(opening); // too late
    assertThat(focus.control.asked).isEmpty();

    final long answered = invite(HandDrivenFocus.sendRecv());
    open(answered);
    end(answered, DialogEnd.NO_ACK);

    final long dialling = focus.dial("7003");
    end(dialling, DialogEnd.BYE);
    end(dialling, DialogEnd.BYE);

    assertThat(focus.media.closed)
        .containsExactly(focus.session(opening), focus.session(answered), focus.session(dialling));
    assertThat(focus.log.events).isEmpty();
  }

  @Test
  void shouldOfferWhenTheInviteDidNot() {
    final long dialog = invite(null);
    assertThat(focus.media.sessions.get(focus.session(dialog)).remoteRtp()).isNull();
    open(dialog);

    focus.sip.onConfirmed(
        new DialogId(dialog), HandDrivenFocus.description(Direction.SENDRECV, 4_444));
    focus.turn();

    assertThat(focus.media.sessions.get(focus.session(dialog)).remoteRtp().getPort())
        .isEqualTo(4_444);
    assertThat(focus.media.sessions.get(focus.session(dialog)).digitPayloadTypes())
        .containsExactly(101);
  }

  @Test
  void shouldGreetAfterTheAckAndTheFirstRtp() {
    final long dialog = invite(HandDrivenFocus.sendRecv());
    open(dialog);
    focus.sip.onConfirmed(new DialogId(dialog), null);
    focus.pass(400);
    assertThat(focus.media.prompts).isEmpty(); // no RTP yet

    focus.media.tell(to -> to.onFirstRtp(focus.session(dialog)));
    focus.pass(20);

    assertThat(focus.media.promptsOf(focus.session(dialog)))
        .containsExactly("greeting", "enter-pin");
  }

  @Test
  void shouldNotGreetBefore300MillisecondsAfterTheAck() {
    final long dialog = focus.dial("7001");
    focus.pass(280);
    assertThat(focus.media.prompts).isEmpty();
    focus.pass(40);
    assertThat(focus.media.promptsOf(focus.session(dialog))).isNotEmpty();
  }

  @Test
  void shouldGreetAPhoneThatSendsNoRtp() {
    final long dialog = invite(HandDrivenFocus.sendRecv());
    open(dialog);
    focus.sip.onConfirmed(new DialogId(dialog), null);
    focus.pass(2_010);

    assertThat(focus.media.promptsOf(focus.session(dialog)))
        .containsExactly("greeting", "enter-pin");
  }

  @Test
  void shouldAdmitByKeysWithEverythingThePersonBrings() {
    focus.key(focus.dial("7001"), TestConference.PIN_1 + "#");

    final Caller caller = focus.call().callersInOrder().iterator().next();
    assertThat(caller.identity().ani()).isEqualTo("7001");
    assertThat(caller.identity().pin()).isEqualTo(TestConference.PIN_1);
    assertThat(caller.identity().did()).isEqualTo("+15550100");
    assertThat(caller.identity().email()).isEqualTo("100001@example.net");
    assertThat(caller.role()).isEqualTo(Role.PARTICIPANT);
    assertThat(caller.texts().tag()).isEqualTo("Person 100001");
    assertThat(caller.texts().notes()).isEqualTo("notes of 100001");
    assertThat(caller.texts().custom1()).isEqualTo("one");
    assertThat(caller.seat().place()).isEqualTo(Place.MAIN);
    assertThat(caller.active()).isTrue();
  }

  @Test
  void shouldTagANamelessPersonWithHisNumber() {
    final String uid = focus.enter(TestConference.PIN_2, "7002");

    assertThat(focus.caller(uid).texts().tag()).isEqualTo("7002");
  }

  @Test
  void shouldOpenTheCallWithEventOne() {
    focus.enter(TestConference.PIN_2, "7002");

    assertThat(focus.log.calls).containsExactly("opened " + focus.callUid());
    final Event first = focus.log.events.get(0);
    assertThat(first.seq()).isEqualTo(1);
    assertThat(first.cause().by()).isEqualTo("PHONE");
    assertThat(focus.log.takeNames()).containsExactly("CALL UPDATE", "CALL NEWCALLER");
    focus.enter(TestConference.HOST, "7009");
    assertThat(focus.log.takeNames()).containsExactly("CALL NEWCALLER");
    assertThat(focus.call().seq()).isEqualTo(3);
  }

  @Test
  void shouldMakeACallTagOfAPersonsTagOnce() {
    final String one = focus.enter(TestConference.PIN_1, "7001");
    assertThat(focus.log.takeNames())
        .containsExactly("CALL UPDATE", "TAG UPDATE", "CALL NEWCALLER");
    final String other = focus.enter(TestConference.PIN_3, "7003");
    assertThat(focus.log.takeNames()).containsExactly("CALL NEWCALLER");

    assertThat(focus.call().call().tags()).hasSize(1);
    assertThat(focus.call().call().tags().get(0).conferenceTagId()).isEqualTo(41);
    assertThat(focus.caller(one).texts().tags()).isEqualTo(focus.caller(other).texts().tags());
  }

  @Test
  void shouldGiveRoleDefaultsOfTheConference() {
    focus = new HandDrivenFocus(TestConference.lecture());
    final Caller listener = focus.caller(focus.enter(TestConference.PIN_1, "7001"));
    final Caller host = focus.caller(focus.enter(TestConference.HOST, "7009"));

    assertThat(listener.sound().mic()).isFalse();
    assertThat(listener.sound().mute()).isTrue();
    assertThat(listener.sound().mutedBy()).isEqualTo("HOST");
    assertThat(host.sound().mic()).isTrue();
    assertThat(host.sound().mute()).isFalse();
  }

  @Test
  void shouldLetParticipantsWaitWhileTheGreenRoomIsOn() {
    focus = new HandDrivenFocus(TestConference.greenroom());
    final String waiting = focus.enter(TestConference.PIN_1, "7001");
    final String host = focus.enter(TestConference.HOST, "7009");

    assertThat(focus.caller(waiting).seat().place()).isEqualTo(Place.ENTRYWAY);
    assertThat(focus.caller(host).seat().place()).isEqualTo(Place.MAIN);
    assertThat(focus.media.promptsOf(focus.sessionOf(waiting))).contains("waiting");
    assertThat(focus.hears(host, waiting)).isFalse();
  }

  @Test
  void shouldLetThePinDecideBetweenConferencesOnOneNumber() {
    focus = new HandDrivenFocus(TestConference.open(), TestConference.second());
    focus.enter(TestConference.PIN_1, "7001");
    focus.enter("2222", "7002");

    assertThat(focus.callUids()).hasSize(2);
    assertThat(focus.log.events.stream().map(Event::callUid).distinct()).hasSize(2);
  }

  @Test
  void shouldCountKeysFromTheFirstEvenBeforeTheGreeting() {
    final long dialog = invite(HandDrivenFocus.sendRecv());
    open(dialog);
    focus.key(dialog, TestConference.PIN_1);

    assertThat(focus.call().callers()).hasSize(1);
    focus.pass(3_000);
    assertThat(focus.media.promptsOf(focus.session(dialog))).doesNotContain("greeting");
  }

  @Test
  void shouldStopThePromptAtTheFirstKey() {
    final long dialog = focus.dial("7001");
    focus.pass(320);
    focus.key(dialog, "1");

    assertThat(focus.media.hushed).containsExactly(focus.session(dialog));
  }

  @Test
  void shouldSayGoodbyeAndHangUpAfterThreeTries() {
    final long dialog = focus.dial("7001");
    focus.key(dialog, "123456");
    focus.key(dialog, "123457");
    focus.key(dialog, "123458");
    assertThat(focus.media.promptsOf(focus.session(dialog)))
        .containsExactly("wrong-pin", "enter-pin", "wrong-pin", "enter-pin", "goodbye");
    assertThat(focus.control.asked).containsExactly("accept 1");

    final long tag = focus.media.lastPrompt(focus.session(dialog)).tag();
    focus.media.tell(to -> to.onPromptEnded(focus.session(dialog), tag - 1)); // an older one
    focus.turn();
    assertThat(focus.control.asked).containsExactly("accept 1");
    focus.media.tell(to -> to.onPromptEnded(focus.session(dialog), tag));
    focus.turn();

    assertThat(focus.control.asked).containsExactly("accept 1", "end 1 goodbye");
    assertThat(focus.media.closed).containsExactly(focus.session(dialog));
    assertThat(focus.counters.get(FocusCounter.PIN_FAILURES)).isEqualTo(3);
    assertThat(focus.counters.get(FocusCounter.PIN_GAVE_UP)).isEqualTo(1);
  }

  @Test
  void shouldHangUpEvenWhenTheGoodbyeNeverEnds() {
    final long dialog = focus.dial("7001");
    focus.key(dialog, "###");
    focus.key(dialog, "#");
    focus.pass(10_010);

    assertThat(focus.control.asked).contains("end 1 goodbye");
  }

  @Test
  void shouldAskAgainAfterSilence() {
    final long dialog = focus.dial("7001");
    focus.pass(320);
    final long tag = focus.media.lastPrompt(focus.session(dialog)).tag();
    focus.media.tell(to -> to.onPromptEnded(focus.session(dialog), tag));
    focus.pass(4_020);

    assertThat(focus.media.lastPrompt(focus.session(dialog)).clips())
        .containsExactly("no-pin", "enter-pin");
  }

  @Test
  void shouldTakeInfoDigitsUntilTheFirstEventDigit() {
    final long dialog = focus.dial("7001");
    for (final char digit : "100".toCharArray()) {
      focus.sip.onDigit(new DialogId(dialog), digit);
    }
    focus.turn();
    focus.media.tell(to -> to.onDigit(focus.session(dialog), '0'));
    focus.turn();
    focus.sip.onDigit(new DialogId(dialog), '0'); // the same key, told twice
    focus.turn();
    focus.key(dialog, "01");

    assertThat(focus.call().callers()).hasSize(1);
  }

  @Test
  void shouldTakeInfoDigitsAfterOneHeardInTheVoice() {
    final long dialog = focus.dial("7001");
    focus.media.tell(to -> to.onInbandDigit(focus.session(dialog), '1'));
    focus.turn();
    for (final char digit : "00001".toCharArray()) {
      focus.sip.onDigit(new DialogId(dialog), digit);
    }
    focus.turn();

    assertThat(focus.call().callers()).hasSize(1);
  }

  @Test
  void shouldSendTheNextOneAwayWhenTheCallIsFull() {
    focus = new HandDrivenFocus(Map.of("entry.max-callers-per-call", "2"), TestConference.open());
    focus.enter(TestConference.PIN_1, "7001");
    focus.enter(TestConference.PIN_2, "7002");
    final long third = focus.dial("7003");
    focus.key(third, TestConference.PIN_3);

    assertThat(focus.media.promptsOf(focus.session(third))).containsExactly("too-many");
    assertThat(focus.call().callers()).hasSize(2);
    assertThat(focus.counters.get(FocusCounter.CALL_FULL)).isEqualTo(1);
  }

  @Test
  void shouldSendEverybodyAwayWhenTheConferenceIsCancelled() {
    focus = new HandDrivenFocus(TestConference.cancelled());
    final long dialog = focus.dial("7001");
    focus.key(dialog, TestConference.PIN_1);

    assertThat(focus.media.promptsOf(focus.session(dialog))).containsExactly("cancelled");
    assertThat(focus.callUids()).isEmpty();
  }

  @Test
  void shouldKeepABannedPinAndNumberOut() {
    final String other = focus.enter(TestConference.HOST, "7009");
    final String banned = focus.enter(TestConference.PIN_1, "7001");
    focus.ask(new Command.DropCaller(HandDrivenFocus.API, focus.callUid(), List.of(banned), true));

    final long again = focus.dial("7001");
    focus.key(again, TestConference.PIN_1);
    assertThat(focus.media.promptsOf(focus.session(again))).containsExactly("removed");

    final String fromElsewhere = focus.enter(TestConference.PIN_1, "7002");
    assertThat(focus.caller(fromElsewhere).active()).isTrue();
    assertThat(focus.caller(other).active()).isTrue();
  }

  @Test
  void shouldApologiseWhenMediaCannotTakeHimIn() {
    final long dialog = focus.dial("7001");
    focus.media.refusing = true;
    focus.key(dialog, TestConference.PIN_1);

    assertThat(focus.callUids()).isEmpty();
    assertThat(focus.control.asked).contains("end 1 goodbye"); // not even the prompt was taken
  }

  @Test
  void shouldHangUpWhenOurOwnAcceptIsRefused() {
    final long dialog = invite(HandDrivenFocus.sendRecv());
    focus.control.refusing = true;
    open(dialog);

    assertThat(focus.media.closed).containsExactly(focus.session(dialog));
    assertThat(focus.counters.get(FocusCounter.SIP_REFUSED)).isEqualTo(2);
  }
}
