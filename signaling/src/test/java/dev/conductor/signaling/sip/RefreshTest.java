package dev.conductor.signaling.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.signaling.api.MediaDescription;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A far end whose answers would have us refresh its session on and on. */
class RefreshTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final String TIMER =
      "Allow: INVITE, ACK, BYE, UPDATE\r\nSupported: timer\r\n"
          + "Session-Expires: 90;refresher=uas\r\n";
  private static final Duration SILENCE = Duration.ofMillis(400);

  private Focus focus;

  @BeforeEach
  void start() throws Exception {
    focus = Focus.start();
  }

  @AfterEach
  void stop() {
    focus.close();
    assertThat(focus.service.count(SipCounter.UNEXPECTED)).isZero();
  }

  /** A call that we are to refresh; gives the first UPDATE. */
  private String refreshed(final Phone phone) throws Exception {
    phone.wire.send(phone.invite(TIMER, Phone.sdp("127.0.0.1", 40_000, "")));
    final String ok = phone.answerTo("INVITE");
    assertThat(Text.header(ok, "Session-Expires")).isEqualTo("90;refresher=uas");
    phone.toTag = Text.tag(Text.header(ok, "To"));
    phone.ack("");
    await().until(() -> focus.service.count(SipCounter.ACKS) == 1);
    focus.aheadNs.addAndGet(45 * SECOND_NS);
    return phone.requestOf("UPDATE");
  }

  private void assertThatNothingIsDue() {
    await()
        .during(SILENCE)
        .until(
            () ->
                focus.service.count(SipCounter.REFRESHES) == 1
                    && focus.service.count(SipCounter.SESSIONS_EXPIRED) == 0);
  }

  /** RFC 4028, section 9: it may not go below our Min-SE. */
  @Test
  void shouldNotRefreshMoreOftenThanItsOwnLeastWhateverTheAnswerSays() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      final String update = refreshed(phone);
      assertThat(Text.header(update, "Min-SE")).isEqualTo("90");
      assertThat(Text.header(update, "Session-Expires")).isEqualTo("90;refresher=uac");
      phone.respond(update, 200, "Session-Expires: 1;refresher=uac\r\n");
      assertThat(Text.status(phone.ask("OPTIONS", "", ""))).as("it was read").isEqualTo(200);
      focus.aheadNs.addAndGet(20 * SECOND_NS);
      assertThatNothingIsDue();
      focus.aheadNs.addAndGet(25 * SECOND_NS);
      phone.respond(phone.requestOf("UPDATE"), 200);
      assertThat(Text.status(phone.ask("BYE", "", ""))).isEqualTo(200);
      assertThat(focus.service.count(SipCounter.SESSIONS_EXPIRED)).isZero();
    }
  }

  @Test
  void shouldWaitWhenTheFarEndRefusesAsTooBriefWhatIsAsLongAsItAsks() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      final String update = refreshed(phone);
      phone.respond(update, 422, "Min-SE: 90\r\n");
      assertThat(Text.status(phone.ask("OPTIONS", "", ""))).as("it was read").isEqualTo(200);
      assertThatNothingIsDue();
      focus.aheadNs.addAndGet(10 * SECOND_NS);
      final String again = phone.requestOf("UPDATE");
      phone.respond(again, 422, "Min-SE: 120\r\n");
      final String more = phone.requestOf("UPDATE");
      assertThat(Text.header(more, "Session-Expires")).isEqualTo("120;refresher=uac");
      phone.respond(more, 200);
      assertThat(Text.status(phone.ask("BYE", "", ""))).isEqualTo(200);
    }
  }

  @Test
  void shouldWaitAsLongAsTheFarEndAsksForAndTenSecondsElse() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      final String update = refreshed(phone);
      phone.respond(update, 500, "Retry-After: 3\r\n");
      assertThat(Text.status(phone.ask("OPTIONS", "", ""))).as("it was read").isEqualTo(200);
      focus.aheadNs.addAndGet(3 * SECOND_NS);
      final String again = phone.requestOf("UPDATE");
      phone.respond(again, 500);
      assertThat(Text.status(phone.ask("OPTIONS", "", ""))).as("it was read").isEqualTo(200);
      focus.aheadNs.addAndGet(10 * SECOND_NS);
      phone.respond(phone.requestOf("UPDATE"), 200);
      assertThat(Text.status(phone.ask("BYE", "", ""))).isEqualTo(200);
    }
  }

  /** RFC 3264, section 8: what it answers to our description may be another place. */
  @Test
  void shouldAcknowledgeAReinviteOfOursAndTellWhatItsAnswerChanges() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      phone.wire.send(
          phone.invite(TIMER.replace(", UPDATE", ""), Phone.sdp("127.0.0.1", 40_000, "")));
      phone.toTag = Text.tag(Text.header(phone.answerTo("INVITE"), "To"));
      phone.ack("");
      focus.nextInvitation();
      focus.next("confirmed");
      focus.aheadNs.addAndGet(45 * SECOND_NS);
      final String moved = Phone.sdp("127.0.0.1", 40_100, "");
      phone.respond(
          phone.requestOf("INVITE"),
          200,
          "Contact: <sip:ann@" + phone.where() + ">\r\nContent-Type: application/sdp\r\n",
          moved);
      phone.requestOf("ACK");
      final MediaDescription answer = (MediaDescription) focus.next("confirmed").detail();
      assertThat(answer.remoteRtp().getPort()).isEqualTo(40_100);
      assertThat(Text.status(phone.ask("BYE", "", ""))).isEqualTo(200);
    }
  }
}
