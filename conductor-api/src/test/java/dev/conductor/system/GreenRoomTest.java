package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.demo.DemoConference;
import dev.conductor.demo.SimPhone;
import dev.conductor.media.play.Tone;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Green room and entryway by sound, in the words of {@link WhoHearsWhomTest}. Without music, so
 * that those who wait hear nothing at all.
 */
class GreenRoomTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String ALL_IN_THE_MAIN_ROOM =
      "H:AOPQRS A:HOPQRS O:HAPQRS P:HAOQRS Q:HAOPRS R:HAOPQS S:HAOPQR";
  private static final String HOSTS_ALONE = "H:AO A:HO O:HA";
  private static final double NEWCOMER_HZ = 2_050;

  private static RunningServer server;
  private static Stage stage;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start();
    stage = new Stage(server);
  }

  @AfterAll
  static void stop() {
    stage.close();
    server.close();
  }

  @BeforeEach
  void withoutMusic() {
    stage.call("backgroundMusic", "false");
  }

  @AfterEach
  void reset() {
    stage.call("greenroom", "false");
    stage.call("entryway", "false");
    stage.reset();
  }

  @Test
  void shouldLeaveTheHostsAloneUntilTheGreenRoomIsSwitchedOff() {
    stage.hears(ALL_IN_THE_MAIN_ROOM);
    stage.call("greenroom", "true");
    stage.hears(HOSTS_ALONE);
    stage.call("greenroom", "false");
    stage.hears(ALL_IN_THE_MAIN_ROOM);
  }

  @Test
  void shouldSwitchTheMusicOfThoseWhoWait() {
    stage.call("greenroom", "true");
    stage.hears(HOSTS_ALONE);
    stage.call("backgroundMusic", "true");
    await().atMost(PATIENCE).until(() -> stage.phone('P').levelHeard(Stage.WINDOW_MS) > 20);
    stage.call("backgroundMusic", "false");
    await().atMost(PATIENCE).until(() -> stage.phone('P').levelHeard(Stage.WINDOW_MS) < 1);
  }

  @Test
  void shouldLetHostsHearOneAnotherThereMicOrNot() {
    stage.set("HA", "mike", "false");
    stage.call("greenroom", "true");
    stage.hears(HOSTS_ALONE);
    stage.call("greenroom", "false");
    stage.hears("H:OPQRS A:OPQRS O:PQRS P:OQRS Q:OPRS R:OPQS S:OPQR");
  }

  @Test
  void shouldLeaveBreakoutsAsTheyAreButForTheHostsMics() {
    stage.breakout("B1", "PQ");
    stage.call("greenroom", "true");
    stage.hears(HOSTS_ALONE + " P:Q Q:P");
  }

  @Test
  void shouldLetOneInAloneToTheMainRoomOrABreakout() {
    stage.breakout("B1", "Q");
    stage.call("greenroom", "true");
    stage.set("P", "breakout", "");
    stage.hears("H:AOP A:HOP O:HAP P:HAO");
    stage.set("R", "breakout", "B1");
    stage.hears("H:AOP A:HOP O:HAP P:HAO Q:R R:Q");
  }

  @Test
  void shouldLetInWhoIsMadeAHostAndKeepOutWhoIsNoneAnyMore() {
    stage.call("greenroom", "true");
    stage.set("P", "role", "ASSISTANT");
    stage.hears("H:AOP A:HOP O:HAP P:HAO");
    stage.set("A", "role", "PARTICIPANT");
    stage.hears("H:OP O:HP P:HO");
  }

  @Test
  void shouldKeepANewcomerInTheEntrywayUntilItIsOpened() throws Exception {
    stage.call("entryway", "true");
    final SimPhone newcomer = enter("298", "100006");
    stage.hears(ALL_IN_THE_MAIN_ROOM);
    await().atMost(PATIENCE).until(() -> newcomer.levelHeard(Stage.WINDOW_MS) < 1);
    assertThat(stage.phone('H').heard(NEWCOMER_HZ, Stage.WINDOW_MS)).isLessThan(40);

    stage.call("entryway", "false");
    await().atMost(PATIENCE).until(() -> isHeardByHost() && hearsHost(newcomer));
    assertThat(newcomer.hangUp()).succeedsWithin(PATIENCE);
  }

  @Test
  void shouldLetOneThroughTheEntrywayAndKeepHisPlaceWhenHeRedials() throws Exception {
    stage.call("entryway", "true");
    final SimPhone newcomer = enter("297", "100007");
    final String uid = stage.api().callerByNumber("297").path("UID").asText();
    assertThat(stage.api().command("updateCaller", "UID", uid, "field", "breakout", "value", ""))
        .isEqualTo("TRUE");
    await().atMost(PATIENCE).until(() -> isHeardByHost() && hearsHost(newcomer));

    assertThat(newcomer.hangUp()).succeedsWithin(PATIENCE);
    await().atMost(PATIENCE).until(() -> stage.api().callerByNumber("297").isMissingNode());
    final SimPhone again = enter("297", "100007");
    await().atMost(PATIENCE).until(() -> isHeardByHost() && hearsHost(again));
    assertThat(again.hangUp()).succeedsWithin(PATIENCE);
  }

  private static boolean isHeardByHost() {
    return stage.phone('H').heard(NEWCOMER_HZ, Stage.WINDOW_MS) > 200;
  }

  private static boolean hearsHost(final SimPhone phone) {
    return phone.heard(Stage.freqHz('H'), Stage.WINDOW_MS) > 200;
  }

  private static SimPhone enter(final String number, final String pin) {
    final SimPhone phone = stage.pool().phone(number);
    phone.play(Tone.keyed(NEWCOMER_HZ, Stage.AMPLITUDE, 4));
    assertThat(phone.dial(server.sip(), DemoConference.DID))
        .succeedsWithin(PATIENCE)
        .isEqualTo(200);
    phone.keys(pin + "#");
    await().atMost(PATIENCE).until(() -> !stage.api().callerByNumber(number).isMissingNode());
    return phone;
  }
}
