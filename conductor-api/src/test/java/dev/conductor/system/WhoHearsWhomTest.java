package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhoneState;
import dev.conductor.demo.SimPhone;
import dev.conductor.demo.Voice;
import dev.conductor.demo.Voices;
import dev.conductor.media.play.Tone;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who hears whom, by sound: real SIP, RTP and HTTP, each caller a tone of his own, and each phone
 * searched for all of them. H is the host (PRESENTER), A the ASSISTANT, O the OPERATOR; P, Q, R and
 * S are PARTICIPANTs. {@code P:HA} reads: P hears H and A, and nobody else.
 */
class WhoHearsWhomTest {
  private static final String ALL_IN_THE_MAIN_ROOM =
      "H:AOPQRS A:HOPQRS O:HAPQRS P:HAOQRS Q:HAOPRS R:HAOPQS S:HAOPQR";

  /** P is in the main room and not heard. */
  private static final String WITHOUT_P =
      "H:AOQRS A:HOQRS O:HAQRS P:HAOQRS Q:HAORS R:HAOQS S:HAOQR";

  /** P and Q are in an open breakout, all others in the main room. */
  private static final String PQ_IN_A_BREAKOUT = "H:AORS A:HORS O:HARS P:HAOQ Q:HAOP R:HAOS S:HAOR";

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

  @AfterEach
  void reset() {
    stage.reset();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void shouldHearWhatTheRuleSays(final Row row) {
    row.setUp.accept(stage);
    stage.hears(row.whoHearsWhom);
    row.undo.accept(stage);
  }

  static Stream<Row> rules() {
    return Stream.of(mics(), mutes(), deafness(), breakouts(), moves(), sealed(), roles(), holds())
        .flatMap(rows -> rows);
  }

  private static Stream<Row> mics() {
    return Stream.of(
        row(
            "in the main room everybody with a mic is heard by all others, never by himself",
            s -> {},
            ALL_IN_THE_MAIN_ROOM),
        row(
            "without the mic one is not heard in the main room, and still hears",
            s -> s.set("P", "mike", "false"),
            WITHOUT_P),
        row(
            "a lecture: only the host has the mic; the OPERATOR always has one",
            s -> s.set("APQRS", "mike", "false"),
            "H:O A:HO O:H P:HO Q:HO R:HO S:HO"),
        row(
            "the host without the mic is not heard in the main room",
            s -> s.set("H", "mike", "false"),
            "H:AOPQRS A:OPQRS O:APQRS P:AOQRS Q:AOPRS R:AOPQS S:AOPQR"),
        row(
            "the mic given back is heard again",
            s -> {
              s.set("P", "mike", "false");
              s.hears(WITHOUT_P);
              s.set("P", "mike", "true");
            },
            ALL_IN_THE_MAIN_ROOM));
  }

  private static Stream<Row> mutes() {
    return Stream.of(
        row(
            "a muted caller is heard by nobody, and hears",
            s -> s.set("P", "mute", "true"),
            WITHOUT_P),
        row(
            "a muted host is heard by nobody",
            s -> s.set("H", "mute", "true"),
            "H:AOPQRS A:OPQRS O:APQRS P:AOQRS Q:AOPRS R:AOPQS S:AOPQR"),
        row(
            "unmuted, he is heard again",
            s -> {
              s.set("P", "mute", "true");
              s.hears(WITHOUT_P);
              s.set("P", "mute", "false");
            },
            ALL_IN_THE_MAIN_ROOM),
        row(
            "the mute stays when he moves: nobody hears him in the breakout either",
            s -> {
              s.set("P", "mute", "true");
              s.breakout("B1", "PQ");
            },
            "H:AORS A:HORS O:HARS P:HAOQ Q:HAO R:HAOS S:HAOR"),
        row(
            "a host muted in the main room is not heard in a breakout",
            s -> {
              s.set("H", "mute", "true");
              s.breakout("B1", "PQ");
            },
            "H:AORS A:ORS O:ARS P:AOQ Q:AOP R:AOS S:AOR"));
  }

  private static Stream<Row> deafness() {
    return Stream.of(
        row(
            "a deaf caller hears nobody, and is heard",
            s -> s.set("P", "deaf", "true"),
            "H:AOPQRS A:HOPQRS O:HAPQRS Q:HAOPRS R:HAOPQS S:HAOPQR"),
        row(
            "deaf and mute: he hears nobody and nobody hears him",
            s -> {
              s.set("P", "deaf", "true");
              s.set("P", "mute", "true");
            },
            "H:AOQRS A:HOQRS O:HAQRS Q:HAORS R:HAOQS S:HAOQR"),
        row(
            "deaf in a breakout: neither the group nor the hosts",
            s -> {
              s.set("P", "deaf", "true");
              s.breakout("B1", "PQ");
            },
            "H:AORS A:HORS O:HARS Q:HAOP R:HAOS S:HAOR"),
        row(
            "a deaf host is still heard in breakouts",
            s -> {
              s.set("H", "deaf", "true");
              s.breakout("B1", "PQ");
            },
            "A:HORS O:HARS P:HAOQ Q:HAOP R:HAOS S:HAOR"),
        row(
            "no longer deaf, he hears again",
            s -> {
              s.set("P", "deaf", "true");
              s.hears("H:AOPQRS A:HOPQRS O:HAPQRS Q:HAOPRS R:HAOPQS S:HAOPQR");
              s.set("P", "deaf", "false");
            },
            ALL_IN_THE_MAIN_ROOM));
  }

  private static Stream<Row> breakouts() {
    return Stream.of(
        row(
            "a breakout hears itself and the mics of PRESENTER, ASSISTANT and OPERATOR; the main"
                + " room does not hear it, nor it the participants there",
            s -> s.breakout("B1", "PQ"),
            PQ_IN_A_BREAKOUT),
        row(
            "what is said in a breakout is heard in that one alone",
            s -> {
              s.breakout("B1", "PQ");
              s.breakout("B2", "RS");
            },
            "H:AO A:HO O:HA P:HAOQ Q:HAOP R:HAOS S:HAOR"),
        row(
            "in a breakout everyone is heard by the group, mic or not",
            s -> {
              s.set("PQ", "mike", "false");
              s.breakout("B1", "PQ");
            },
            PQ_IN_A_BREAKOUT),
        row(
            "a host without the mic is not heard in breakouts",
            s -> {
              s.set("H", "mike", "false");
              s.breakout("B1", "PQ");
            },
            "H:AORS A:ORS O:ARS P:AOQ Q:AOP R:AOS S:AOR"),
        row(
            "a host in a breakout is heard there alone, whatever his mic; others still hear the"
                + " hosts of the main room",
            s -> {
              s.breakout("B1", "HPQ");
              s.breakout("B2", "RS");
            },
            "H:AOPQ A:O O:A P:HAOQ Q:HAOP R:AOS S:AOR"),
        row(
            "alone in a breakout: he hears the hosts, nobody hears him",
            s -> s.breakout("B1", "P"),
            "H:AOQRS A:HOQRS O:HAQRS P:HAO Q:HAORS R:HAOQS S:HAOQR"),
        row(
            "all participants in breakouts: the hosts have the main room to themselves",
            s -> {
              s.breakout("B1", "PQR");
              s.breakout("B2", "S");
            },
            "H:AO A:HO O:HA P:HAOQR Q:HAOPR R:HAOPQ S:HAO"));
  }

  private static Stream<Row> moves() {
    return Stream.of(
        row(
            "moved from one breakout to another, he is heard in the new one only",
            s -> {
              s.breakout("B1", "PQ");
              s.breakout("B2", "RS");
              s.set("P", "breakout", "B2");
            },
            "H:AO A:HO O:HA P:HAORS Q:HAO R:HAOPS S:HAOPR"),
        row(
            "back in the main room all is as before",
            s -> {
              s.breakout("B1", "PQ");
              s.hears(PQ_IN_A_BREAKOUT);
              s.set("PQ", "breakout", "main");
            },
            ALL_IN_THE_MAIN_ROOM));
  }

  private static Stream<Row> sealed() {
    return Stream.of(
        row(
            "a private breakout does not hear the hosts' mics",
            s -> {
              s.breakout("B1", "PQ");
              s.seal("B1", true);
            },
            "H:AORS A:HORS O:HARS P:Q Q:P R:HAOS S:HAOR"),
        row(
            "private seals that breakout alone",
            s -> {
              s.breakout("B1", "PQ");
              s.seal("B1", true);
              s.breakout("B2", "RS");
            },
            "H:AO A:HO O:HA P:Q Q:P R:HAOS S:HAOR"),
        row(
            "a host inside a private breakout is heard in it, and hears it alone",
            s -> {
              s.breakout("B1", "HPQ");
              s.seal("B1", true);
            },
            "H:PQ A:ORS O:ARS P:HQ Q:HP R:AOS S:AOR"),
        row(
            "no longer private, it hears the hosts again",
            s -> {
              s.breakout("B1", "PQ");
              s.seal("B1", true);
              s.hears("H:AORS A:HORS O:HARS P:Q Q:P R:HAOS S:HAOR");
              s.seal("B1", false);
            },
            PQ_IN_A_BREAKOUT));
  }

  private static Stream<Row> roles() {
    return Stream.of(
        row(
            "a participant made PRESENTER is heard in breakouts",
            s -> {
              s.breakout("B1", "PQ");
              s.set("R", "role", "PRESENTER");
            },
            "H:AORS A:HORS O:HARS P:HAORQ Q:HAORP R:HAOS S:HAOR"),
        row(
            "a host made PARTICIPANT is heard in the main room alone",
            s -> {
              s.breakout("B1", "PQ");
              s.set("HAO", "role", "PARTICIPANT");
            },
            "H:AORS A:HORS O:HARS P:Q Q:P R:HAOS S:HAOR"));
  }

  private static Stream<Row> holds() {
    return Stream.of(
        new Row(
            "on hold he is heard by nobody though his phone goes on sending, and is sent nothing",
            s -> s.hold('P'),
            "H:AOQRS A:HOQRS O:HAQRS Q:HAORS R:HAOQS S:HAOQR",
            s -> s.resume('P')),
        new Row(
            "back from hold, his mute and his place are what they were",
            s -> {
              s.set("P", "mute", "true");
              s.breakout("B1", "PQ");
              s.hold('P');
              s.resume('P');
            },
            "H:AORS A:HORS O:HARS P:HAOQ Q:HAO R:HAOS S:HAOR",
            s -> {}));
  }

  @Test
  void shouldNeitherHearNorBeHeardBeforeThePinIsKeyed() {
    final SimPhone stranger = stage.pool().phone("299");
    stranger.play(Tone.keyed(2_050, Stage.AMPLITUDE, 4));
    assertThat(stranger.dial(server.sip(), DemoConference.DID))
        .succeedsWithin(Duration.ofSeconds(10))
        .isEqualTo(200);
    // The prompts are the first thing he hears: from then on his line works both ways.
    await().atMost(Duration.ofSeconds(10)).until(() -> stranger.levelHeard(200) > 100);

    stage.hears(ALL_IN_THE_MAIN_ROOM);
    assertThat(stage.phone('H').heard(2_050, Stage.WINDOW_MS)).isLessThan(40);
    assertThat(stranger.state()).isEqualTo(PhoneState.UP);
    assertThat(stranger.hangUp()).succeedsWithin(Duration.ofSeconds(10));
  }

  @ParameterizedTest(name = "{0} steps of 3 dB")
  @CsvSource({"-4", "-1", "2", "4"})
  void shouldChangeHisVoiceAloneWhenVolumeInIsSet(final int steps) {
    stage.set("P", "volume_in", Integer.toString(steps));

    // All voices are equally loud, so each is measured by another in the same ear.
    isSoon(steps, () -> stage.amplitude('H', 'P') / stage.amplitude('H', 'Q'));
    isSoon(steps, () -> stage.amplitude('Q', 'P') / stage.amplitude('Q', 'R'));
    isSoon(0, () -> stage.amplitude('H', 'Q') / stage.amplitude('H', 'R'));
    isSoon(0, () -> stage.amplitude('P', 'Q') / stage.amplitude('H', 'Q'));
  }

  @ParameterizedTest(name = "{0} steps of 3 dB")
  @CsvSource({"-4", "-1", "2", "4"})
  void shouldChangeAllHeHearsWhenVolumeOutIsSet(final int steps) {
    stage.set("RS", "mute", "true");
    stage.hears("H:AOPQ A:HOPQ O:HAPQ P:HAOQ Q:HAOP R:HAOPQ S:HAOPQ");
    stage.set("P", "volume_out", Integer.toString(steps));

    // Each voice is measured by the same voice in another ear.
    isSoon(steps, () -> stage.amplitude('P', 'Q') / stage.amplitude('H', 'Q'));
    isSoon(steps, () -> stage.amplitude('P', 'H') / stage.amplitude('Q', 'H'));
    isSoon(0, () -> stage.amplitude('H', 'Q') / stage.amplitude('R', 'Q'));
    isSoon(0, () -> stage.amplitude('H', 'P') / stage.amplitude('R', 'P'));
  }

  @Test
  void shouldGoOnSendingToADeafCallerAndToOneWhoHearsOnlySilence() {
    stage.set("P", "deaf", "true");
    stage.breakout("B1", "Q");
    stage.seal("B1", true);
    stage.hears("H:AOPRS A:HOPRS O:HAPRS R:HAOPS S:HAOPR");
    final long deaf = stage.phone('P').received().packets();
    final long alone = stage.phone('Q').received().packets();

    await().until(() -> stage.phone('P').received().packets() > deaf + 25);
    await().until(() -> stage.phone('Q').received().packets() > alone + 25);
    assertThat(stage.phone('P').levelHeard(Stage.WINDOW_MS)).isZero();
    assertThat(stage.phone('Q').levelHeard(Stage.WINDOW_MS)).isZero();
    assertThat(stage.phone('P').received().gaps()).isZero();
    assertThat(stage.phone('Q').received().gaps()).isZero();
  }

  @Test
  void shouldGoOnHearingWhenAPhoneMovesToAnotherPort() {
    final SimPhone phone = stage.phone('P');
    assertThat(phone.movePort()).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(200);

    stage.hears(ALL_IN_THE_MAIN_ROOM);
  }

  @Test
  void shouldHearNothingOfSomebodyWhoIsSilent() {
    stage.phone('P').play(Voice.silence());
    stage.hears(WITHOUT_P);
    stage.phone('P').play(Voices.tone(3, 7, Stage.AMPLITUDE));
    stage.hears(ALL_IN_THE_MAIN_ROOM);
  }

  /** The ratio of two amplitudes comes to this many steps of 3 dB, within half a decibel. */
  private static void isSoon(final int steps, final DoubleSupplier ratio) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(20 * Math.log10(ratio.getAsDouble()))
                    .as("decibels")
                    .isCloseTo(3.0 * steps, within(0.5)));
  }

  private static Row row(
      final String rule, final Consumer<Stage> setUp, final String whoHearsWhom) {
    return new Row(rule, setUp, whoHearsWhom, stage -> {});
  }

  /** One rule, how to bring it about, and what is heard then. */
  private record Row(
      String rule, Consumer<Stage> setUp, String whoHearsWhom, Consumer<Stage> undo) {
    @Override
    public String toString() {
      return rule;
    }
  }
}
