package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.PhoneState;
import dev.conductor.demo.SimPhone;
import dev.conductor.media.play.Tone;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A trunk marked {@code asymmetric-rtp}, whose sound comes from where its SDP does not say. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class AsymmetricTrunkTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String OUTSIDE = "127.0.0.13";
  private static final double HOST_HZ = 600;
  private static final double GUEST_HZ = 1_000;
  private static final double SPRAYED_HZ = 1_700;
  private static final double HEARD = 500;

  private PhonePool hosts;
  private PhonePool guests;
  private SplitCarrier carrier;
  private RunningServer server;
  private SimPhone host;

  @BeforeEach
  void start() throws Exception {
    hosts = PhonePool.start(InetAddress.getLoopbackAddress());
    guests = PhonePool.start(InetAddress.getLoopbackAddress());
    carrier = new SplitCarrier(guests.localAddress());
    server =
        RunningServer.start(
            Map.of("sip.country-code", "1", "outbound.allowed-prefixes", "+1555"),
            List.of(PlaceCallOnServerTest.mayCall()),
            Map.of(),
            "sip:\n  trunks:\n    - name: carrier\n      addresses: ["
                + SplitCarrier.SIGNALS_AT
                + "/32, "
                + SplitCarrier.SPEAKS_FROM
                + "/32]\n      proxies: ['"
                + SplitCarrier.SIGNALS_AT
                + ":"
                + carrier.sip().getPort()
                + "']\n      options-seconds: 0\n      routes: ['* strip=1']\n"
                + "      asymmetric-rtp: true\n");
    carrier.serve(server.sip());
    host = hosts.phone("201");
    host.play(Tone.keyed(HOST_HZ, 6_000, 5));
    assertThat(host.dial(server.sip(), DemoConference.DID)).succeedsWithin(PATIENCE).isEqualTo(200);
    host.keys(DemoConference.HOST_PIN + "#");
    await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 1);
  }

  @AfterEach
  void stop() throws Exception {
    guests.close();
    hosts.close();
    server.close();
    carrier.close();
  }

  @Test
  void shouldHearACallFromTheTrunkAndNobodyElse() throws Exception {
    final SimPhone guest = guests.phone("902");
    guest.play(Tone.keyed(GUEST_HZ, 6_000, 5));
    final String pin = DemoConference.participantPins().get(0);
    assertThat(guest.dial(carrier.sip(), "5550100*" + pin)).succeedsWithin(PATIENCE).isEqualTo(200);
    assertHearEachOther(guest);
    assertThat(unknownSources()).isZero();

    final Tone sprayed = Tone.keyed(SPRAYED_HZ, 6_000, 5);
    try (Sprayer stranger = new Sprayer(OUTSIDE, carrier.serverRtp(), sprayed)) {
      stranger.start();
      awaitSprayed(100);
      assertHearEachOther(guest);
      assertThat(guest.hold()).succeedsWithin(PATIENCE).isEqualTo(200);
      await().atMost(PATIENCE).until(() -> host.heard(GUEST_HZ, 400) < HEARD / 5);
      assertThat(guest.resume()).succeedsWithin(PATIENCE).isEqualTo(200);
      assertHearEachOther(guest);

      // The line is the stranger's alone, and still he is not heard.
      guest.fallSilent();
      awaitSprayed(200);
      assertThat(host.heard(GUEST_HZ, 400)).isLessThan(HEARD / 5);
    }
    try (Sprayer insider = new Sprayer(SplitCarrier.SPEAKS_FROM, carrier.serverRtp(), sprayed)) {
      insider.start();
      await().atMost(PATIENCE).until(() -> host.heard(SPRAYED_HZ, 400) > HEARD);
      await().atMost(PATIENCE).until(() -> guest.heard(HOST_HZ, 400) > HEARD);
    }
    assertThat(carrier.sentToMouth()).isZero();
  }

  @Test
  void shouldHearWhoIsCalledThroughTheTrunk() throws Exception {
    final String number = "15555550123";
    final SimPhone guest = guests.phone(number);
    guest.play(Tone.keyed(GUEST_HZ, 6_000, 5));
    guest.answerCalls();
    try (EventTape tape = EventTape.open(server.api(), "")) {
      server.api().place(number);
      tape.placed(number, "ANSWERED");
      assertThat(guest.keys("1")).succeedsWithin(PATIENCE);
      await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 2);
    }
    assertHearEachOther(guest);
    assertThat(unknownSources()).isZero();
    assertThat(carrier.sentToMouth()).isZero();
    assertThat(guest.hangUp()).succeedsWithin(PATIENCE);
    assertThat(guest.state()).isEqualTo(PhoneState.OVER);
  }

  private void assertHearEachOther(final SimPhone guest) {
    await().atMost(PATIENCE).until(() -> host.heard(GUEST_HZ, 400) > HEARD);
    await().atMost(PATIENCE).until(() -> guest.heard(HOST_HZ, 400) > HEARD);
  }

  /** So many packets of the stranger's came, and as long as they came nobody heard them. */
  private void awaitSprayed(final int packets) {
    final double before = unknownSources();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              assertThat(host.heard(SPRAYED_HZ, 400)).isLessThan(HEARD / 5);
              return unknownSources() >= before + packets;
            });
  }

  private double unknownSources() {
    return server.api().metric("conductor_rtp_unknown_source_total");
  }
}
