package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Accepted;
import dev.conductor.command.Command;
import dev.conductor.event.Event;
import dev.conductor.event.EventName;
import dev.conductor.model.Caller;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.model.Customer;
import dev.conductor.model.PageTexts;
import dev.conductor.model.PlacedCall;
import dev.conductor.model.PlacedCall.Status;
import dev.conductor.model.Role;
import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.api.DialogId;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers called into a call, on clocks moved by hand. */
class PlacedCallsTest {
  private static final DialogId DIALOG = new DialogId(1_001);
  private static final String NUMBER = "15555550123";

  private HandDrivenFocus focus;
  private long session;

  @BeforeEach
  void start() {
    start(Map.of());
  }

  private void start(final Map<String, String> more) {
    final Map<String, String> settings = new HashMap<>(more);
    settings.putIfAbsent("outbound.allowed-prefixes", "+1555");
    focus = new HandDrivenFocus(settings, mayCall());
    focus.enter(TestConference.HOST, "7009");
    focus.log.takeNames();
  }

  private static ConferenceSeed mayCall() {
    final ConferenceSeed of = TestConference.open();
    final Customer customer = of.customer();
    final Conference.Defaults defaults = of.conference().defaults();
    return new ConferenceSeed(
        of.conference()
            .withDefaults(new Conference.Defaults(defaults.settings(), false, true, false, true)),
        new Customer(
            customer.uid(),
            "",
            "",
            "",
            "UTC",
            false,
            false,
            false,
            true,
            "",
            customer.custom(),
            "",
            PageTexts.NONE),
        of.persons());
  }

  private Accepted place(final String number) {
    final int before = focus.media.sessions.size();
    final Accepted answer =
        focus.ask(
            new Command.PlaceCall(
                HandDrivenFocus.API, focus.callUid(), "Ann", Role.PARTICIPANT, number));
    if (focus.media.sessions.size() > before) {
      session = List.copyOf(focus.media.sessions.keySet()).get(before);
    }
    return answer;
  }

  private void dialled() {
    assertThat(place(NUMBER).isTrue()).isTrue();
    focus.media.tell(
        to -> to.onOpened(session, new InetSocketAddress(HandDrivenFocus.HERE, 10_010)));
    focus.turn();
    assertThat(focus.control.asked).contains("dial 1001 " + NUMBER);
  }

  private void answered() {
    dialled();
    focus.sip.onRinging(DIALOG, 180);
    focus.sip.onAnswered(DIALOG, HandDrivenFocus.sendRecv());
    focus.turn();
  }

  private void key(final char digit) {
    focus.media.tell(to -> to.onDigit(session, digit));
    focus.turn();
  }

  private List<Status> told() {
    return focus.log.events.stream()
        .filter(event -> event.name() == EventName.PLACECALL)
        .map(event -> ((PlacedCall) event.target()).status())
        .toList();
  }

  private PlacedCall last() {
    return focus.log.events.stream()
        .map(Event::target)
        .filter(PlacedCall.class::isInstance)
        .map(PlacedCall.class::cast)
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  @Test
  void shouldJoinWithNameAndRoleWhoeverPressesTheKey() {
    answered();
    assertThat(focus.call().call().callers()).hasSize(1);
    assertThat(focus.media.callOf).doesNotContainKey(session);
    assertThat(focus.media.promptsOf(session))
        .containsExactly("conference-calls-you", "press-one-to-join");
    key('5');
    assertThat(focus.call().call().callers()).hasSize(1);

    key('1');

    final Caller ann = focus.caller(last().uid());
    assertThat(ann.active()).isTrue();
    assertThat(ann.role()).isEqualTo(Role.PARTICIPANT);
    assertThat(ann.texts().tag()).isEqualTo("Ann");
    assertThat(ann.identity().ani()).isEqualTo(NUMBER);
    assertThat(focus.media.callOf).containsKey(session);
    assertThat(told()).containsExactly(Status.DIALING, Status.RINGING, Status.ANSWERED);
    focus.sip.onEnded(DIALOG, DialogEnd.BYE, "");
    focus.turn();
    assertThat(focus.caller(ann.uid()).active()).isFalse();
    assertThat(told()).hasSize(3);
  }

  @Test
  void shouldHangUpOnAVoicemailThatNeverPressesTheKey() {
    answered();
    focus.pass(19_000);
    assertThat(focus.media.promptsOf(session)).hasSizeGreaterThan(4);
    focus.pass(2_000);

    assertThat(focus.control.asked).contains("end 1001 unconfirmed");
    assertThat(focus.call().call().callers()).hasSize(1);
    assertThat(told()).endsWith(Status.UNCONFIRMED);
  }

  @Test
  void shouldJoinAtOnceWhereNoKeyIsAskedFor() {
    start(Map.of("outbound.confirm-key", ""));
    answered();
    assertThat(focus.call().call().callers()).hasSize(2);
  }

  @Test
  void shouldCallNoMoreAtOnceThanAllowedAndGoOnWhenOneIsOver() {
    start(Map.of("outbound.max-at-once", "1"));
    dialled();
    assertThat(place("15555550124").isTrue()).isFalse();
    assertThat(focus.media.sessions).hasSize(2);
    focus.sip.onDialFailed(DIALOG, 486, "Busy Here");
    focus.turn();
    assertThat(place("15555550124").isTrue()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "486, BUSY",
    "600, BUSY",
    "408, NOANSWER",
    "480, NOANSWER",
    "403, REJECTED",
    "603, REJECTED",
    "503, FAILED",
    "302, FAILED"
  })
  void shouldTellWhyNobodyWasReached(final int sipStatus, final Status status) {
    dialled();
    focus.sip.onDialFailed(DIALOG, sipStatus, "Why Not");
    focus.turn();
    assertThat(last().status()).isEqualTo(status);
    assertThat(last().sipStatus()).isEqualTo(sipStatus);
    assertThat(last().reason()).isEqualTo("Why Not");
    assertThat(focus.media.closed).containsExactly(session);
  }

  @Test
  void shouldGiveUpWhenItRangLongEnough() {
    dialled();
    focus.pass(60_010);
    assertThat(focus.control.asked).contains("end 1001 noanswer");
    assertThat(told()).endsWith(Status.NOANSWER);
    focus.sip.onDialFailed(DIALOG, 487, "Request Terminated");
    focus.turn();
    assertThat(told()).containsOnlyOnce(Status.NOANSWER).doesNotContain(Status.REJECTED);
  }

  @Test
  void shouldGiveUpWhenTheHostDropsOrClosesTheCallWhileItRings() {
    dialled();
    final Accepted dropped =
        focus.ask(
            new Command.DropCaller(
                HandDrivenFocus.API, focus.callUid(), List.of(last().uid()), false));
    assertThat(dropped.isTrue()).isTrue();
    assertThat(focus.control.asked).contains("end 1001 cancelled");
    assertThat(told()).endsWith(Status.CANCELLED);

    place(NUMBER);
    focus.ask(new Command.CloseCall(HandDrivenFocus.API, focus.callUid()));
    focus.pass(20);
    assertThat(focus.control.asked).contains("end 1002 cancelled");
  }

  @Test
  void shouldSayWhyANumberIsNotCalled() {
    assertThat(place("447700900123").message())
        .isEqualTo("number: numbers like 447700900123 may not be called from this server");
    focus.control.routed = false;
    assertThat(place(NUMBER).message())
        .isEqualTo("number: no trunk of this server is for " + NUMBER);
    focus.control.routed = true;
    focus.control.up = false;
    assertThat(place(NUMBER).message()).contains("no trunk for " + NUMBER + " is up");
    assertThat(told()).isEmpty();
  }

  @Test
  void shouldCallOneNumberOnlySoOften() {
    for (int i = 0; i < 3; i++) {
      assertThat(place(NUMBER).isTrue()).isTrue();
    }
    assertThat(place("+" + NUMBER).message()).contains("was called 3 times just now");
    assertThat(place("15555550124").isTrue()).isTrue();
    focus.jump(600_000);
    assertThat(place(NUMBER).isTrue()).isTrue();
  }

  @Test
  void shouldCallOnlySoManyADayForACustomer() {
    start(Map.of("outbound.daily-cap", "2"));
    assertThat(place("15555550121").isTrue()).isTrue();
    assertThat(place("15555550122").isTrue()).isTrue();
    assertThat(place("15555550123").message())
        .isEqualTo("placeCall: customer CUST has called 2 today");
  }
}
