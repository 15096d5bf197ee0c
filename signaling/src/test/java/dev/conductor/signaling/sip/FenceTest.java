package dev.conductor.signaling.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One regression test for each known defect of JAIN-SIP 1.3.0-91, and for our own fences. */
class FenceTest {
  private static void assertServes(final Focus focus) throws Exception {
    for (final String transport : List.of("udp", "tcp")) {
      try (Phone phone = Phone.over(transport, focus.service)) {
        assertThat(Text.status(phone.ask("OPTIONS", "", ""))).as(transport).isEqualTo(200);
      }
    }
  }

  /** Defect 1: an unterminated comment in a Via that ends in a backslash never ends the parser. */
  @Test
  void shouldServeOnWhenAViaCommentNeverEnds() throws Exception {
    try (Focus focus = Focus.start();
        Phone phone = Phone.udp(focus.service);
        Phone stream = Phone.tcp(focus.service)) {
      final String message =
          "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1 (\\\r\n"
              + "From: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n"
              + "Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
      final String padded =
          message.replace("Call-ID: 1", "Call-ID: 1" + "x".repeat(178 - message.length()));
      assertThat(padded).hasSize(178);
      for (int i = 0; i < 4; i++) {
        phone.wire.send(padded);
        phone.wire.send(padded.replace(" (\\", "\r\n (\\").replace("Via", "v"));
      }
      stream.wire.send(padded.replace("UDP", "TCP"));
      await().until(() -> focus.service.count(SipCounter.PARSE_FAILURES) == 9);
      assertServes(focus);
      assertThat(focus.service.count(SipCounter.UNEXPECTED)).isZero();
    }
  }

  /** Defect 2: a content length is taken on trust. */
  @Test
  void shouldServeOnWhenAContentLengthIsHuge() throws Exception {
    try (Focus focus = Focus.start();
        Wire.Tcp wire = Wire.tcp(focus.service.localAddresses().get(0));
        Phone phone = new Phone(wire, focus.service.localAddresses().get(0))) {
      phone.wire.send(
          phone
              .request("OPTIONS", Phone.newBranch(), 1, "", "", "")
              .replace("Content-Length: 0", "Content-Length: 2000000000"));
      assertThat(Text.status(phone.answerTo("OPTIONS"))).isIn(400, 513);
      assertThat(wire.isClosedByServer()).isTrue();
      assertServes(focus);
      assertThat(focus.service.count(SipCounter.UNEXPECTED)).isZero();
    }
  }

  /** Defect 3: more than one UDP thread loses ACKs. */
  @Test
  void shouldHearEveryAckWhenHundredsOfCallsComeAtOnce() throws Exception {
    final int calls = 300;
    try (Focus focus = Focus.start(Focus.config(1_000, 100_000, 10), 32_000)) {
      final List<Phone> phones = new ArrayList<>();
      try (Phone first = Phone.udp(focus.service)) {
        for (int i = 0; i < calls; i++) {
          final Phone phone = new Phone(first.wire, focus.service.localAddresses().get(0));
          phones.add(phone);
          phone.sendInvite(Phone.sdp("127.0.0.1", 40_000, ""));
          final String ok = phone.answerTo("INVITE");
          phone.toTag = Text.tag(Text.header(ok, "To"));
          phone.ack("");
          phone.wire.send(phone.request("BYE", Phone.newBranch(), 2, "", "", ""));
          assertThat(Text.status(phone.answerTo("BYE"))).isEqualTo(200);
        }
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> focus.ends.size() == calls && focus.service.dialogsUp() == 0);
        assertThat(focus.told.stream().filter(told -> told.what().equals("confirmed")))
            .hasSize(calls);
        assertThat(focus.service.count(SipCounter.ACKS)).isEqualTo(calls);
        assertThat(focus.ends.values()).allMatch(count -> count.get() == 1);
      }
    }
  }

  /** Defect 4: a thread a datagram. */
  @Test
  void shouldKeepItsThreadsWhenDatagramsPour() throws Exception {
    try (Focus focus = Focus.start(Focus.config(10, 100, 10), 32_000);
        Phone phone = Phone.udp(focus.service)) {
      phone.ask("OPTIONS", "", "");
      final int before = focus.service.stack().threads().alive().size();
      int most = before;
      for (int i = 0; i < 3_000; i++) {
        phone.wire.send(phone.request("OPTIONS", Phone.newBranch(), i + 2, "", "", ""));
        if (i % 100 == 0) {
          most = Math.max(most, focus.service.stack().threads().alive().size());
        }
      }
      assertThat(most).isLessThanOrEqualTo(before + 2);
    }
  }

  /**
   * Defect 5: the stack's own TLS lists hold what nobody must use; none of ours starts with them.
   */
  @Test
  void shouldNameProtocolsAndSuitesWhenItConfiguresTheStack() {
    final Properties settings = StackSettings.of(Focus.config(1, 1, 1), "x", 100);
    assertThat(settings.getProperty("gov.nist.javax.sip.TLS_CLIENT_PROTOCOLS"))
        .isEqualTo("TLSv1.3,TLSv1.2");
    assertThat(settings.getProperty("gov.nist.javax.sip.ENABLED_CIPHER_SUITES"))
        .contains("TLS_AES_128_GCM_SHA256")
        .doesNotContain("anon")
        .doesNotContain("3DES");
  }

  /** Defect 6: no TCP_NODELAY. */
  @Test
  void shouldSetNoDelayWhenAConnectionIsAccepted() throws Exception {
    try (Focus focus = Focus.start();
        Phone phone = Phone.tcp(focus.service)) {
      phone.ask("OPTIONS", "", "");
      try (Socket accepted =
          (Socket) focus.service.stack().layer().connection(phone.wire.local())) {
        assertThat(accepted.getTcpNoDelay()).isTrue();
      }
    }
  }

  /** Defect 7: a thread that lives on after stop, and keeps the JVM from ending. */
  @Test
  void shouldLeaveNoThreadWhenItStops() throws Exception {
    final Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    final Focus focus = Focus.start();
    final StackThreads threads = focus.service.stack().threads();
    try (Phone phone = Phone.tcp(focus.service);
        Phone other = Phone.udp(focus.service)) {
      phone.call();
      other.call();
      assertThat(threads.alive()).isNotEmpty();
      focus.service.stop();
    }
    assertThat(threads.alive()).isEmpty();
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !before.contains(thread) && thread.isAlive())
        .extracting(Thread::getName)
        .noneMatch(
            name ->
                name.startsWith("sip-")
                    || name.contains("EventScanner")
                    || name.contains("MessageProcessor")
                    || name.contains("MessageChannel")
                    || name.contains("Pipeline"));
  }

  @Test
  void shouldServeOthersWhenATcpPeerNeverReads() throws Exception {
    try (Focus focus = Focus.start();
        Wire.Tcp deaf = Wire.tcp(focus.service.localAddresses().get(0));
        Phone stuck = new Phone(deaf, focus.service.localAddresses().get(0));
        Phone udp = Phone.udp(focus.service);
        Phone tcp = Phone.tcp(focus.service)) {
      stuck.sendInvite(Phone.sdp("127.0.0.1", 40_000, ""));
      focus.nextInvitation();
      final Thread flood = new Thread(() -> flood(stuck), "flood");
      flood.setDaemon(true);
      flood.start();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> focus.service.count(SipCounter.CONNECTIONS_STUCK) == 1 || blocked(focus));
      // Each answer has four seconds, and the stuck one ten until it is given up.
      udp.call();
      tcp.call();
      assertThat(Text.status(udp.ask("BYE", "", ""))).isEqualTo(200);
      assertThat(Text.status(tcp.ask("BYE", "", ""))).isEqualTo(200);
      stuck.wire.close();
      flood.join(5_000);
    }
  }

  private static boolean blocked(final Focus focus) {
    return focus.service.stack().threads().alive().stream()
        .anyMatch(
            thread ->
                thread.getName().equals("sip-tcp-out")
                    && thread.getState() == Thread.State.RUNNABLE
                    && focus.service.count(SipCounter.OPTIONS) > 3_000);
  }

  private static void flood(final Phone phone) {
    try {
      for (int i = 2; i < 20_000; i++) {
        phone.wire.send(phone.request("OPTIONS", Phone.newBranch(), i, "", "", ""));
      }
    } catch (final IOException e) {
      assertThat(e).as("the server cuts us off").isNotNull();
    }
  }

  @Test
  void shouldCloseFurtherConnectionsWhenAnAddressHasItsShare() throws Exception {
    try (Focus focus = Focus.start(Focus.config(10, 1_000, 2), 32_000);
        Phone one = Phone.tcp(focus.service);
        Phone two = Phone.tcp(focus.service)) {
      one.ask("OPTIONS", "", "");
      two.ask("OPTIONS", "", "");
      try (Wire.Tcp third = Wire.tcp(focus.service.localAddresses().get(0))) {
        assertThat(third.isClosedByServer()).isTrue();
      }
      assertThat(focus.service.count(SipCounter.CONNECTIONS_REFUSED)).isEqualTo(1);
      one.wire.close();
      await()
          .untilAsserted(() -> assertThat(focus.service.stack().layer().connectionsUp()).isOne());
      try (Phone again = Phone.tcp(focus.service)) {
        assertThat(Text.status(again.ask("OPTIONS", "", ""))).isEqualTo(200);
      }
    }
  }

  @Test
  void shouldAnswerWhereTheRequestCameFromWhenTheViaNamesAnother() throws Exception {
    try (Focus focus = Focus.start();
        Phone phone = Phone.udp(focus.service)) {
      final String request =
          phone
              .request("OPTIONS", Phone.newBranch(), 1, "", "", "")
              .replace(";rport", ";rport;maddr=127.0.0.2;received=127.0.0.3");
      phone.wire.send(request);
      assertThat(Text.status(phone.answerTo("OPTIONS"))).isEqualTo(200);
    }
  }

  @Test
  void shouldLiveSideBySideWhenTwoStacksAreInOneJvm() throws Exception {
    try (Focus one = Focus.start();
        Focus two = Focus.start()) {
      assertThat(one.service.port()).isNotEqualTo(two.service.port()).isPositive();
      two.service.stop();
      assertServes(one);
    }
  }

  @Test
  void shouldTakeTwoMessagesWhenTheyComeInPiecesOverTcp() throws Exception {
    try (Focus focus = Focus.start();
        Phone phone = Phone.tcp(focus.service)) {
      final String both =
          phone.request("OPTIONS", Phone.newBranch(), 1, "", "", "")
              + phone.request("OPTIONS", Phone.newBranch(), 2, "", "", "");
      final byte[] bytes = both.getBytes(StandardCharsets.UTF_8);
      for (int at = 0; at < bytes.length; at += 37) {
        phone.wire.send(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 37)));
      }
      assertThat(Text.header(phone.answerTo("OPTIONS"), "CSeq")).startsWith("1 ");
      assertThat(Text.header(phone.answerTo("OPTIONS"), "CSeq")).startsWith("2 ");
    }
  }

  /** What keeps a hole in a NAT open is no message; it must not use up the room for messages. */
  @Test
  void shouldServeOnWhenThousandsOfKeepAlivesCome() throws Exception {
    try (Focus focus = Focus.start();
        Phone phone = Phone.udp(focus.service)) {
      for (int i = 0; i < 3_000; i++) {
        phone.wire.send("\r\n\r\n");
        phone.wire.send("");
        phone.wire.send("\0\0\0\0");
        if (i % 50 == 0) {
          assertThat(Text.status(phone.ask("OPTIONS", "", ""))).isEqualTo(200);
        }
      }
      assertServes(focus);
      phone.wire.send("NONSENSE\r\n\r\n");
      assertServes(focus);
      assertThat(focus.service.count(SipCounter.UNEXPECTED)).isZero();
    }
  }

  /** A focus that fails costs the caller this call, and the server nothing. */
  @Test
  void shouldRefuseAndForgetTheCallWhenTheFocusThrows() throws Exception {
    try (Focus focus = Focus.start(Focus.config(2, 100_000, 10), 32_000);
        Phone phone = Phone.udp(focus.service)) {
      focus.failing = true;
      for (int i = 0; i < 4; i++) {
        final Phone next = new Phone(phone.wire, focus.service.localAddresses().get(0));
        next.sendInvite(Phone.sdp("127.0.0.1", 40_000, ""));
        assertThat(Text.status(next.answerTo("INVITE"))).isEqualTo(503);
        next.ackRefusal();
        assertThat(focus.service.dialogsUp()).isZero();
      }
      focus.failing = false;
      phone.call();
      focus.failing = true;
      phone.sendInvite(Phone.sdp("127.0.0.1", 40_002, ""));
      assertThat(Text.status(phone.answerTo("INVITE"))).isEqualTo(503);
      phone.ackRefusal();
      focus.failing = false;
      phone.sendInvite(Phone.sdp("127.0.0.1", 40_004, ""));
      assertThat(Text.status(phone.answerTo("INVITE"))).isEqualTo(200);
    }
  }

  /** Phones of RFC 2543 send no tag of their own (RFC 3261, section 12.1.1). */
  @Test
  void shouldCarryACallWhenThePhoneHasNoTag() throws Exception {
    try (Focus focus = Focus.start();
        Phone phone = Phone.udp(focus.service)) {
      final String tag = ";tag=" + phone.fromTag;
      phone.wire.send(phone.invite("", Phone.sdp("127.0.0.1", 40_000, "")).replace(tag, ""));
      phone.toTag = Text.tag(Text.header(phone.answerTo("INVITE"), "To"));
      final int sequence = phone.sequence;
      for (final String method : List.of("ACK", "BYE")) {
        final int number = method.equals("ACK") ? sequence : sequence + 1;
        phone.wire.send(
            phone.request(method, Phone.newBranch(), number, "", "", "").replace(tag, ""));
      }
      assertThat(Text.status(phone.answerTo("BYE"))).isEqualTo(200);
      await().until(() -> focus.service.dialogsUp() == 0);
      assertThat(focus.ends).hasSize(1);
    }
  }

  /** Without a Contact nobody could be hung up on (RFC 3261, section 8.1.1.8). */
  @Test
  void shouldTakeNoPlaceWhenAnInviteHasNoContact() throws Exception {
    try (Focus focus = Focus.start();
        Phone phone = Phone.udp(focus.service)) {
      final String invite = phone.invite("", Phone.sdp("127.0.0.1", 40_000, ""));
      phone.wire.send(invite.replaceFirst("Contact: [^\\r]*\\r\\n", ""));
      assertThat(Text.status(phone.answerTo("INVITE"))).isEqualTo(400);
      assertThat(focus.service.dialogsUp()).isZero();
    }
  }

  /** Whoever knows the Call-ID but not both tags can end nothing (RFC 3261, section 12.2.2). */
  @Test
  void shouldKeepTheCallWhenAStrangerWhoKnowsTheCallIdSendsBye() throws Exception {
    try (Focus focus = Focus.start();
        Phone phone = Phone.udp(focus.service);
        Phone stranger = Phone.udp(focus.service)) {
      phone.call();
      focus.nextInvitation();
      focus.next("confirmed");
      final String bye = phone.request("BYE", Phone.newBranch(), 9, "", "", "");
      stranger.wire.send(
          bye.replace(phone.toTag, "guess").replace(phone.where(), stranger.where()));
      assertThat(Text.status(stranger.answerTo("BYE"))).isEqualTo(481);
      stranger.wire.send(
          bye.replace("tag=" + phone.fromTag, "tag=guess")
              .replace(phone.where(), stranger.where())
              .replace("z9hG4bK-", "z9hG4bK-s"));
      assertThat(Text.status(stranger.answerTo("BYE"))).isEqualTo(481);
      assertThat(focus.service.dialogsUp()).isEqualTo(1);
      // One of a lower number is out of order (section 12.2.2).
      phone.wire.send(phone.request("BYE", Phone.newBranch(), 0, "", "", ""));
      assertThat(Text.status(phone.answerTo("BYE"))).isEqualTo(500);
      assertThat(focus.service.dialogsUp()).isEqualTo(1);
      assertThat(Text.status(phone.ask("BYE", "", ""))).isEqualTo(200);
      focus.next("ended");
    }
  }

  /** The ACK to the first 200 says nothing of the second. */
  @Test
  void shouldWaitForItsOwnAckWhenTheFirstAckComesAgainAfterAReinvite() throws Exception {
    try (Focus focus = Focus.start(Focus.config(10, 100_000, 10), 1_500);
        Phone phone = Phone.udp(focus.service)) {
      phone.call();
      focus.nextInvitation();
      focus.next("confirmed");
      final String firstAck = phone.request("ACK", Phone.newBranch(), phone.sequence, "", "", "");
      phone.sendInvite(Phone.sdp("127.0.0.1", 40_002, ""));
      assertThat(Text.status(phone.answerTo("INVITE"))).isEqualTo(200);
      focus.next("offer");
      phone.wire.send(firstAck);
      assertThat(focus.next("ended").detail().toString()).isEqualTo("NO_ACK");
      phone.respond(phone.requestOf("BYE"), 200);
    }
  }
}
