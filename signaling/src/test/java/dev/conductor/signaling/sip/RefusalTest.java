package dev.conductor.signaling.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, how, and that it is counted. */
class RefusalTest {
  private static final String OFFER = Phone.sdp("127.0.0.1", 40_000, "");

  private Focus focus;

  @BeforeEach
  void start() throws Exception {
    focus = Focus.start();
  }

  @AfterEach
  void stop() {
    assertThat(focus.told).as("the focus hears nothing of refused requests").isEmpty();
    assertThat(focus.service.count(SipCounter.UNEXPECTED)).isZero();
    focus.close();
  }

  private String refused(final Phone phone, final String request, final int status)
      throws Exception {
    phone.wire.send(request);
    final String answer = phone.answerTo("");
    assertThat(Text.status(answer)).as(answer).isEqualTo(status);
    assertThat(Text.tag(Text.header(answer, "To"))).isNotEmpty();
    assertThat(focus.service.counters()).containsKey("refusals_" + status);
    if (Text.header(answer, "CSeq").endsWith("INVITE")) {
      phone.ackRefusal();
    }
    return answer;
  }

  @ParameterizedTest
  @ValueSource(strings = {"SUBSCRIBE", "MESSAGE", "PUBLISH", "REFER", "NOTIFY"})
  void shouldAnswer405WithAllowWhenTheMethodIsNotTaken(final String method) throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      final String answer =
          refused(phone, phone.request(method, Phone.newBranch(), 1, "", "", ""), 405);
      assertThat(Text.header(answer, "Allow")).contains("INVITE").contains("INFO");
    }
  }

  @Test
  void shouldAnswer501WithAllowWhenNobodyKnowsTheMethod() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      final String answer =
          refused(phone, phone.request("FOO", Phone.newBranch(), 1, "", "", ""), 501);
      assertThat(Text.header(answer, "Allow")).contains("INVITE").contains("UPDATE");
    }
  }

  /** A request of ours that comes back by way of others (RFC 3261, section 16.3). */
  @Test
  void shouldAnswer482WhenARequestHasPassedUsBefore() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      final String passed =
          "Via: SIP/2.0/UDP 127.0.0.1:" + focus.service.port() + ";branch=z9hG4bK-ours\r\n";
      final String answer = refused(phone, phone.invite(passed, OFFER), 482);
      assertThat(Text.header(answer, "Via")).contains(phone.inviteBranch);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp", "tcp"})
  void shouldAnswer400WithAReasonWhenTheRequestCannotBeParsed(final String transport)
      throws Exception {
    try (Phone phone = Phone.over(transport, focus.service)) {
      final String bad = phone.invite("", OFFER).replace("CSeq: 1 INVITE", "CSeq: one INVITE");
      phone.wire.send(bad);
      final String answer = phone.wire.receive(Wire.PATIENCE_MS);
      assertThat(answer).startsWith("SIP/2.0 400 Bad Request - ");
      assertThat(Text.header(answer, "Via")).contains(phone.inviteBranch);
      assertThat(Text.header(answer, "Call-ID")).isEqualTo(phone.callId);
      assertThat(focus.service.count(SipCounter.PARSE_FAILURES)).isEqualTo(1);
    }
  }

  @Test
  void shouldAnswer505WhenTheVersionIsAnother() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      refused(phone, phone.invite("", OFFER).replaceFirst("SIP/2.0\r\n", "SIP/7.0\r\n"), 505);
    }
  }

  @Test
  void shouldAnswer416WhenTheSchemeIsNoneOfOurs() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      refused(phone, phone.invite("", OFFER).replaceFirst("sip:15550100@\\S+", "foo:bar"), 416);
    }
  }

  @Test
  void shouldAnswer420WithUnsupportedWhenSomethingIsRequired() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      final String answer =
          refused(phone, phone.invite("Require: 100rel, path, foo\r\n", OFFER), 420);
      assertThat(Text.header(answer, "Unsupported"))
          .contains("path")
          .contains("foo")
          .doesNotContain("100rel");
    }
  }

  @Test
  void shouldAnswer415WithAcceptWhenTheBodyIsNotSdp() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      final String answer =
          refused(
              phone,
              phone.invite("", OFFER).replace("application/sdp", "application/pidf+xml"),
              415);
      assertThat(Text.header(answer, "Accept")).contains("application/sdp");
    }
  }

  @Test
  void shouldAnswer406WhenThePhoneTakesNoSdp() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      refused(phone, phone.invite("Accept: text/nobodyknows\r\n", OFFER), 406);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "8 0 101,97 98,305",
    "RTP/AVP,RTP/SAVP,302",
    "m=audio,m=video,304",
    "s=-|c=IN IP4 127.0.0.1,s=-|c=IN IP4 phone.example.com,301",
    "s=-|c=IN IP4 127.0.0.1,s=-|c=IN IP6 2001:db8::1,301",
    "s=-|c=IN IP4 127.0.0.1,s=-|c=IN IP4 255.255.255.255,301",
    "s=-|c=IN IP4 127.0.0.1,s=-|c=IN IP4 240.0.0.1,301",
    "s=-|c=IN IP4 127.0.0.1,s=-|c=IN IP4 0.0.0.1,301",
    "s=-|c=IN IP4 127.0.0.1,s=-|c=IN IP4 239.255.0.1,330",
    "t=0 0,x=0 0,399"
  })
  void shouldAnswer488WithAWarningWhenTheOfferCannotBeUsed(
      final String from, final String to, final int warning) throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      final String answer =
          refused(phone, phone.invite("", OFFER.replace(escaped(from), escaped(to))), 488);
      assertThat(Text.header(answer, "Warning")).startsWith(warning + " 127.0.0.1 \"");
      assertThat(focus.service.count(SipCounter.BAD_DESCRIPTIONS)).isEqualTo(1);
    }
  }

  private static String escaped(final String text) {
    return text.replace("|", "\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BYE", "INFO", "INVITE", "OPTIONS"})
  void shouldAnswer481WhenTheDialogIsUnknown(final String method) throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      phone.toTag = "nobody";
      phone.inviteBranch = Phone.newBranch();
      phone.sequence = 1;
      final String answer =
          refusedUncounted(phone, phone.request(method, phone.inviteBranch, 1, "", "", ""));
      assertThat(Text.status(answer)).isEqualTo(481);
    }
  }

  private static String refusedUncounted(final Phone phone, final String request) throws Exception {
    phone.wire.send(request);
    final String answer = phone.answerTo("");
    if (Text.header(answer, "CSeq").endsWith("INVITE")) {
      phone.ackRefusal();
    }
    return answer;
  }

  @Test
  void shouldAnswer481WhenThereIsNothingToCancel() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      phone.wire.send(phone.request("CANCEL", Phone.newBranch(), 1, "", "", ""));
      assertThat(Text.status(phone.answerTo("CANCEL"))).isEqualTo(481);
    }
  }

  @Test
  void shouldAnswer482WhenTheSameInviteComesAgainByAnotherWay() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      focus.accepting = false;
      phone.sendInvite(OFFER);
      focus.service.refuse(focus.nextInvitation().dialog(), 404, "Not Found");
      phone.answerTo("INVITE");
      phone.inviteBranch = Phone.newBranch();
      phone.wire.send(phone.request("INVITE", phone.inviteBranch, 1, "", "application/sdp", OFFER));
      String answer = phone.answerTo("INVITE");
      while (Text.status(answer) == 404) {
        answer = phone.answerTo("INVITE");
      }
      assertThat(Text.status(answer)).isEqualTo(482);
      phone.ackRefusal();
      focus.next("ended");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp", "tcp"})
  void shouldSayWhatItCanWhenAskedByOptions(final String transport) throws Exception {
    try (Phone phone = Phone.over(transport, focus.service)) {
      final String answer = phone.ask("OPTIONS", "", "");
      assertThat(Text.status(answer)).isEqualTo(200);
      assertThat(answer).contains("Allow:").contains("application/sdp");
      assertThat(answer).doesNotContain("Server:").doesNotContain("User-Agent:");
    }
  }

  @Test
  void shouldAnswer503WithRetryAfterWhenAllDialogsAreTaken() throws Exception {
    try (Focus small = Focus.start(Focus.config(2, 1_000, 10), 32_000);
        Phone one = Phone.udp(small.service);
        Phone two = Phone.tcp(small.service);
        Phone three = Phone.udp(small.service)) {
      one.call();
      two.call();
      three.sendInvite(OFFER);
      final String answer = three.answerTo("INVITE");
      assertThat(Text.status(answer)).isEqualTo(503);
      assertThat(Text.header(answer, "Retry-After")).isEqualTo("5");
      three.ackRefusal();
      assertThat(small.service.count(SipCounter.DIALOGS_FULL)).isEqualTo(1);
      assertThat(Text.status(one.ask("BYE", "", ""))).isEqualTo(200);
      three.call();
    }
  }

  @Test
  void shouldDropWhatIsOverTheRateButServeDialogsWhenASourceFloods() throws Exception {
    try (Focus strict = Focus.start(Focus.config(10, 3, 10), 32_000);
        Phone caller = Phone.udp(strict.service);
        Phone flooder = Phone.udp(strict.service)) {
      caller.call();
      final List<String> answers = new ArrayList<>();
      final long beginNs = System.nanoTime();
      for (int i = 0; i < 50; i++) {
        flooder.wire.send(flooder.request("OPTIONS", Phone.newBranch(), i + 1, "", "", ""));
      }
      while (answers.size() + strict.service.count(SipCounter.GUARD_DROPS) < 50) {
        assertThat(System.nanoTime() - beginNs).isLessThan(TimeUnit.SECONDS.toNanos(30));
        final String answer = flooder.wire.receive(50);
        if (answer != null) {
          answers.add(answer);
        }
      }
      // Three at once, and three more in each second that it took to look at all of them.
      final long seconds = 1 + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beginNs);
      assertThat(answers).hasSizeBetween(1, (int) (3 + 3 * seconds));
      assertThat(Text.status(caller.ask("OPTIONS", "", ""))).isEqualTo(200);
      assertThat(Text.status(caller.ask("BYE", "", ""))).isEqualTo(200);
    }
  }
}
