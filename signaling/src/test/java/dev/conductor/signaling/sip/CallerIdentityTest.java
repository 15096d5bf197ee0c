package dev.conductor.signaling.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.signaling.api.Invitation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who calls whom, read off INVITEs that came over sockets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallerIdentityTest {
  private static final String OFFER = Phone.sdp("127.0.0.1", 40_000, "");
  private static final String DIVERTED =
      "Diversion: \"Desk\" <sip:15550102@pbx.test>;reason=no-answer, <tel:+1-555-0103>\r\n";

  private Focus stranger;
  private Focus trusted;
  private Focus byTo;
  private Focus byDiversion;

  @BeforeAll
  void start() throws Exception {
    stranger = start("name: other, addresses: 192.0.2.0/24");
    trusted = start("name: carrier, addresses: 127.0.0.0/8");
    byTo = start("name: carrier, addresses: 127.0.0.0/8, did-from: TO");
    byDiversion = start("name: carrier, addresses: 127.0.0.0/8, did-from: DIVERSION");
  }

  private static Focus start(final String trunk) throws Exception {
    return Focus.start(TestTrunks.config(Map.of(), trunk), 32_000);
  }

  @AfterAll
  void stop() {
    for (final Focus focus : new Focus[] {stranger, trusted, byTo, byDiversion}) {
      assertThat(focus.service.count(SipCounter.UNEXPECTED)).isZero();
      focus.close();
    }
  }

  private static Invitation invite(final Focus focus, final String dialled, final String extra)
      throws Exception {
    return invite(focus, dialled, extra, "");
  }

  private static Invitation invite(
      final Focus focus, final String dialled, final String extra, final String from)
      throws Exception {
    focus.told.clear();
    try (Phone phone = Phone.udp(focus.service)) {
      phone.dialled = dialled;
      final String invite = phone.invite(extra, OFFER);
      phone.wire.send(
          from.isEmpty() ? invite : invite.replaceFirst("From: [^;]*", "From: " + from));
      final Invitation invitation = focus.nextInvitation();
      phone.toTag = Text.tag(Text.header(phone.answerTo("INVITE"), "To"));
      phone.ack("");
      focus.next("confirmed");
      phone.ask("BYE", "", "");
      focus.next("ended");
      return invitation;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "P-Asserted-Identity: \"Bob\" <sip:+15557654321@carrier.test>|+15557654321|Bob",
        "P-Asserted-Identity: <tel:+1-555-765-4321>|+15557654321|Ann",
        "P-Asserted-Identity: <sip:bob@x.test>, <tel:+15557654321>|bob|Ann",
        "Remote-Party-ID: \"Bob\" <sip:+15557654321@carrier.test>;party=calling;privacy=off|+15557654321|Bob",
        "Remote-Party-ID: <sip:+15557654321@carrier.test>;privacy=full||",
        "P-Asserted-Identity: <sip:%2B15557654321;cpc=ordinary@carrier.test;user=phone>|+15557654321|Ann",
        "P-Asserted-Identity: <sip:+15557654321@x.test>~Privacy: id||",
        "Privacy: none|+15551234567|Ann",
        "Privacy: header;critical||",
      })
  void shouldBelieveATrunkAboutItsCaller(final String header, final String ani, final String name)
      throws Exception {
    final Invitation invitation = invite(trusted, "15550100", header.replace("~", "\r\n") + "\r\n");
    assertThat(invitation.ani()).isEqualTo(ani == null ? "" : ani);
    assertThat(invitation.displayName()).isEqualTo(name == null ? "" : name);
    assertThat(invitation.trunk()).isEqualTo("carrier");
  }

  @Test
  void shouldBelieveNobodyElse() throws Exception {
    final Invitation invitation =
        invite(
            stranger, "15550100*4711", "P-Asserted-Identity: <sip:+15557654321@carrier.test>\r\n");
    assertThat(invitation.ani()).isEqualTo("+15551234567");
    assertThat(invitation.trunk()).isEmpty();
    assertThat(invitation.dialled()).isEqualTo("15550100*4711");
    assertThat(invitation.pin()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'\"Anonymous\" <sip:anonymous@anonymous.invalid>'",
    "<sip:Anonymous@phone.test>",
    "<sip:+15551234567@anonymous.invalid>"
  })
  void shouldKnowNothingOfAnAnonymousCaller(final String from) throws Exception {
    for (final Focus focus : new Focus[] {stranger, trusted}) {
      final Invitation invitation = invite(focus, "15550100", "", from);
      assertThat(invitation.ani()).isEmpty();
      assertThat(invitation.displayName()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "15550100*4711, 15550100, 4711",
    "+15550100%2A4711, +15550100, 4711",
    "15550100*47a1, 15550100*47a1, ''",
    "*4711, *4711, ''",
    "+1-555-0100;npdi, +15550100, ''",
    "conference, conference, ''",
  })
  void shouldReadTheNumberAndThePinATrunkDials(
      final String dialled, final String did, final String pin) throws Exception {
    final Invitation invitation = invite(trusted, dialled, "");
    assertThat(invitation.dialled()).isEqualTo(did);
    assertThat(invitation.pin()).isEqualTo(pin);
    assertThat(invitation.toString()).doesNotContain("4711*").doesNotContain("pin");
  }

  @Test
  void shouldReadTheNumberWhereTheTrunkWritesIt() throws Exception {
    assertThat(invite(byDiversion, "15550100", DIVERTED).dialled()).isEqualTo("+15550103");
    assertThat(invite(byDiversion, "15550100", "").dialled()).isEqualTo("15550100");
    assertThat(invite(trusted, "15550100", DIVERTED).dialled()).isEqualTo("15550100");
    assertThat(invite(byTo, "15550100", DIVERTED).dialled()).isEqualTo("15550100");
  }

  @Test
  void shouldLetATrunkCallNoNumberButItsOwn() throws Exception {
    final String trunk = "name: carrier, addresses: 127.0.0.0/8, dids: ['+15550100']";
    try (Focus focus =
        Focus.start(TestTrunks.config(Map.of("sip.country-code", "1"), trunk), 33_000)) {
      for (final String own : List.of("+15550100", "15550100*4711", "5550100")) {
        assertThat(invite(focus, own, "").trunk()).isEqualTo("carrier");
      }
      focus.told.clear();
      for (final String other : List.of("+15550101", "15550101*4711", "demo")) {
        try (Phone phone = Phone.udp(focus.service)) {
          phone.dialled = other;
          phone.wire.send(phone.invite("", OFFER));
          assertThat(phone.answerTo("INVITE")).as(other).startsWith("SIP/2.0 404 ");
        }
      }
      assertThat(focus.told).isEmpty();
      assertThat(focus.service.count(SipCounter.DIDS_REFUSED)).isEqualTo(3);
    }
  }
}
