package dev.conductor.signaling.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.conductor.config.SipConfig;
import dev.conductor.config.SipGuardConfig;
import dev.conductor.signaling.guard.DigestAlgorithm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers get under each policy, and how phones log in, over sockets. */
class GuardTest {
  private static final List<String> NOBODY = List.of("192.0.2.0/24");
  private static final int SILENCE_MS = 400;

  @TempDir private Path folder;

  private static Focus start(final SipGuardConfig guard) throws IOException {
    final SipConfig base = Focus.config(100, 100_000, 64);
    return Focus.start(Focus.with(base, guard), 32_000);
  }

  private Path accounts() throws IOException {
    final String user = "ann:calls:";
    return Files.write(
        folder.resolve("accounts"),
        List.of(
            user + DigestAlgorithm.SHA_256.hex(user + "secret"),
            user + DigestAlgorithm.MD5.hex(user + "secret")));
  }

  /** Two of them in two reads: their answers together would look like an empty message. */
  @Test
  void shouldNotAnswerAStrangersKeepAlivesWhenOnlyTheListedMayCall() throws Exception {
    try (Focus focus = start(Focus.guard(SipGuardConfig.LISTED, NOBODY, Path.of("")));
        Phone stranger = Phone.tcp(focus.service)) {
      stranger.wire.send("\r\n\r\n");
      stranger.wire.send(stranger.request("OPTIONS", Phone.newBranch(), 1, "", "", ""));
      await().until(() -> focus.service.count(SipCounter.UNLISTED_DROPS) == 1);
      stranger.wire.send("\r\n\r\n");
      assertThat(stranger.wire.receive(SILENCE_MS)).isNull();
    }
    try (Focus focus = start(Focus.guard(SipGuardConfig.OPEN, NOBODY, Path.of("")));
        Phone phone = Phone.tcp(focus.service)) {
      phone.wire.send("\r\n\r\n");
      phone.wire.send(phone.request("OPTIONS", Phone.newBranch(), 1, "", "", ""));
      assertThat(phone.wire.receive(Wire.PATIENCE_MS)).startsWith("\r\nSIP/2.0 200 ");
    }
  }

  @Test
  void shouldNotAnswerAStrangerAtAllWhenOnlyTheListedMayCall() throws Exception {
    try (Focus focus = start(Focus.guard(SipGuardConfig.LISTED, NOBODY, Path.of("")));
        Phone phone = Phone.udp(focus.service);
        Phone stream = Phone.tcp(focus.service)) {
      for (final Phone stranger : List.of(phone, stream)) {
        int sent = 0;
        for (final String method :
            List.of("OPTIONS", "REGISTER", "INVITE", "BYE", "MESSAGE", "NONSENSE", "CANCEL")) {
          stranger.wire.send(stranger.request(method, Phone.newBranch(), ++sent, "", "", ""));
        }
        stranger.wire.send(stranger.request("OPTIONS", "1", 9, "", "", "").replace("SIP/2.0", "X"));
      }
      await().until(() -> focus.service.count(SipCounter.UNLISTED_DROPS) == 14);
      for (final Phone stranger : List.of(phone, stream)) {
        assertThat(stranger.wire.receive(SILENCE_MS)).isNull();
      }
      assertThat(focus.service.dialogsUp()).isZero();
      assertThat(focus.told).isEmpty();
    }
  }

  @Test
  void shouldServeTheListedWhenOnlyTheListedMayCall() throws Exception {
    try (Focus focus =
            start(Focus.guard(SipGuardConfig.LISTED, List.of("127.0.0.0/8"), Path.of("")));
        Phone phone = Phone.udp(focus.service)) {
      phone.call();
      assertThat(Text.status(phone.ask("BYE", "", ""))).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp", "tcp"})
  void shouldTakeACallFromAStrangerWhoLogsInWhenThereAreAccounts(final String transport)
      throws Exception {
    try (Focus focus = start(Focus.guard(SipGuardConfig.ACCOUNTS, NOBODY, accounts()));
        Phone phone = Phone.over(transport, focus.service)) {
      final String body = Phone.sdp("127.0.0.1", 40_000, "");
      phone.sendInvite(body);
      final String challenge = phone.answerTo("INVITE");
      assertThat(Text.status(challenge)).isEqualTo(401);
      phone.ackRefusal();
      assertThat(focus.told).isEmpty();

      final String login = login(phone, "INVITE", challenge, DigestAlgorithm.SHA_256, "secret");
      phone.wire.send(phone.invite(login, body));
      final String ok = phone.answerTo("INVITE");
      assertThat(Text.status(ok)).as(ok).isEqualTo(200);
      phone.toTag = Text.tag(Text.header(ok, "To"));
      phone.ack("");
      assertThat(Text.status(phone.ask("BYE", "", ""))).as("not asked again").isEqualTo(200);

      try (Phone replay = Phone.over(transport, focus.service)) {
        replay.wire.send(replay.invite(login, body));
        final String again = replay.answerTo("INVITE");
        assertThat(Text.status(again)).as("what another overheard").isEqualTo(401);
        assertThat(again).contains("stale=true");
        replay.ackRefusal();
        replay.wire.send(replay.request("OPTIONS", Phone.newBranch(), 9, "", "", ""));
        assertThat(replay.wire.receive(SILENCE_MS)).as("a scan").isNull();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DigestAlgorithm.class)
  void shouldConfirmABindingWhenAPhoneRegisters(final DigestAlgorithm algorithm) throws Exception {
    try (Focus focus = start(Focus.guard(SipGuardConfig.OPEN, NOBODY, accounts()));
        Phone phone = Phone.udp(focus.service)) {
      final String challenge = phone.ask("REGISTER", "", "");
      assertThat(Text.status(challenge)).isEqualTo(401);
      final String login = login(phone, "REGISTER", challenge, algorithm, "secret");
      final String ok = register(phone, login + "Expires: 7200\r\n");
      assertThat(Text.status(ok)).as(ok).isEqualTo(200);
      assertThat(Text.header(ok, "Contact")).contains(phone.where()).contains("expires=3600");

      final String next = login.replace("nc=00000001", "nc=00000002");
      final String brief = register(phone, again(next, algorithm) + "Expires: 10\r\n");
      assertThat(Text.status(brief)).as(brief).isEqualTo(423);
      assertThat(Text.header(brief, "Min-Expires")).isEqualTo("60");
      assertThat(focus.service.count(SipCounter.LOGIN_FAILURES)).isZero();
    }
  }

  /** Five wrong ones a minute are allowed; a right one takes nothing from them. */
  @Test
  void shouldLetAPhoneLogInAsOftenAsItLikes() throws Exception {
    try (Focus focus = start(Focus.guard(SipGuardConfig.OPEN, NOBODY, accounts()));
        Phone phone = Phone.udp(focus.service)) {
      final DigestAlgorithm algorithm = DigestAlgorithm.SHA_256;
      final String login =
          login(phone, "REGISTER", phone.ask("REGISTER", "", ""), algorithm, "secret");
      for (int i = 1; i <= 9; i++) {
        final String counted = again(login.replace("nc=00000001", "nc=0000000" + i), algorithm);
        assertThat(Text.status(register(phone, counted))).as("log-in " + i).isEqualTo(200);
      }
      assertThat(focus.service.count(SipCounter.LOGIN_DROPS)).isZero();
    }
  }

  @Test
  void shouldForbidRegisteringWhenThereAreNoAccounts() throws Exception {
    try (Focus focus = start(Focus.guard(SipGuardConfig.OPEN, NOBODY, Path.of("")));
        Phone phone = Phone.udp(focus.service)) {
      assertThat(Text.status(phone.ask("REGISTER", "", ""))).isEqualTo(403);
    }
  }

  @Test
  void shouldAnswerUsersItHasAndHasNotAlikeAndStopAnsweringWhoGuesses() throws Exception {
    try (Focus focus = start(Focus.guard(SipGuardConfig.OPEN, NOBODY, accounts()));
        Phone phone = Phone.udp(focus.service)) {
      String had = phone.ask("REGISTER", "", "");
      String hadNot = had;
      for (int i = 0; i < 2; i++) {
        had = register(phone, login(phone, "REGISTER", had, DigestAlgorithm.MD5, "wrong"));
        final String eve =
            login(phone, "REGISTER", hadNot, DigestAlgorithm.MD5, "wrong").replace("ann", "eve");
        hadNot = register(phone, eve);
        assertThat(anonymous(had)).isEqualTo(anonymous(hadNot));
        assertThat(Text.status(had)).isEqualTo(401);
      }
      // One of five is left; it is used up, and what comes then is not even looked at.
      had = register(phone, login(phone, "REGISTER", had, DigestAlgorithm.MD5, "wrong"));
      final String right = login(phone, "REGISTER", had, DigestAlgorithm.MD5, "secret");
      phone.wire.send(phone.request("REGISTER", Phone.newBranch(), 50, right, "", ""));
      await().until(() -> focus.service.count(SipCounter.LOGIN_DROPS) == 1);
      assertThat(phone.wire.receive(SILENCE_MS)).isNull();
      assertThat(focus.service.count(SipCounter.LOGIN_FAILURES)).isEqualTo(5);
    }
  }

  /** An answer without what differs each time. */
  private static String anonymous(final String answer) {
    return answer
        .replaceAll("nonce=\"[^\"]*\"", "nonce")
        .replaceAll("(branch=|tag=)[^;\\r>]*", "$1")
        .replaceAll("CSeq: \\d+", "CSeq");
  }

  @Test
  void shouldNotStartWhenTheAccountsCannotBeRead() throws Exception {
    final Path bad = Files.writeString(folder.resolve("bad"), "ann:calls:secret\n");
    assertThatThrownBy(() -> start(Focus.guard(SipGuardConfig.OPEN, NOBODY, bad)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("sip.accounts-file=" + bad)
        .hasMessageContaining("line 1")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(
            () -> start(Focus.guard(SipGuardConfig.OPEN, NOBODY, folder.resolve("none"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void shouldStopQuietlyWhenItCouldNotListen() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      final String port = Integer.toString(taken.getLocalPort());
      final SipService service =
          new SipService(
              TestTrunks.config(Map.of("sip.port", port), "name: other, addresses: 192.0.2.0/24"),
              new Focus());
      assertThatThrownBy(service::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("sip.port=" + port);
      service.stop();
    }
  }

  @Test
  void shouldAnswer486WhenANumberHasAllItsDialogs() throws Exception {
    final SipGuardConfig base = Focus.guard(SipGuardConfig.OPEN, NOBODY, Path.of(""));
    final SipGuardConfig one =
        new SipGuardConfig(
            base.accept(),
            base.allowedNetworks(),
            base.accountsFile(),
            base.realm(),
            base.loginFailuresPerMinute(),
            base.unknownRequestsPerSecond(),
            base.unknownRequestBurst(),
            1,
            2,
            base.maxUnknownUnacknowledged(),
            base.maxHeaders(),
            base.maxHeaderBytes(),
            base.tcpMessageMs());
    try (Focus focus = start(one);
        Phone first = Phone.udp(focus.service);
        Phone second = Phone.udp(focus.service);
        Phone third = Phone.udp(focus.service)) {
      first.call();
      second.dialled = "+15550100";
      second.sendInvite(Phone.sdp("127.0.0.1", 40_000, ""));
      final String busy = second.answerTo("INVITE");
      assertThat(Text.status(busy)).isEqualTo(486);
      assertThat(Text.header(busy, "Retry-After")).isEqualTo("5");
      second.ackRefusal();
      second.dialled = "15550101";
      second.call();
      third.dialled = "15550102";
      third.sendInvite(Phone.sdp("127.0.0.1", 40_000, ""));
      assertThat(Text.status(third.answerTo("INVITE"))).as("from one address").isEqualTo(486);
      third.ackRefusal();
      assertThat(focus.service.count(SipCounter.CAPS_FULL)).isEqualTo(2);
      assertThat(Text.status(first.ask("BYE", "", ""))).isEqualTo(200);
      third.dialled = "15550100";
      third.call();
    }
  }

  /** Each dialog stays within its own budget; they are all of one stranger. */
  @Test
  void shouldBoundWhatAStrangerSendsInAllHisDialogs() throws Exception {
    final SipConfig base = Focus.config(100, 20, 64);
    final SipGuardConfig guard = Focus.guard(SipGuardConfig.OPEN, NOBODY, Path.of(""));
    final List<Phone> phones = new ArrayList<>();
    try (Focus focus = Focus.start(Focus.with(base, guard), 32_000)) {
      for (int i = 0; i < 8; i++) {
        phones.add(Phone.udp(focus.service));
        phones.get(i).call();
      }
      for (int i = 0; i < 15 * phones.size(); i++) {
        final Phone phone = phones.get(i % phones.size());
        phone.wire.send(phone.request("OPTIONS", Phone.newBranch(), ++phone.sequence, "", "", ""));
      }
      await().until(() -> focus.service.count(SipCounter.GUARD_DROPS) > 0);
    } finally {
      phones.forEach(Phone::close);
    }
  }

  /** Each byte comes in time, and yet the message never comes to its end. */
  @Test
  void shouldCloseAConnectionWhoseMessageIsNeverWhole() throws Exception {
    try (Focus focus = start(Focus.guard(SipGuardConfig.OPEN, NOBODY, Path.of("")));
        Wire.Tcp slow = Wire.tcp(focus.service.localAddresses().get(0));
        Phone phone = new Phone(slow, focus.service.localAddresses().get(0));
        Phone other = Phone.tcp(focus.service)) {
      assertThat(Text.status(phone.ask("OPTIONS", "", ""))).isEqualTo(200);
      other.call();
      final Thread drip =
          new Thread(
              () -> {
                try {
                  slow.send("OPTIONS sip:a@b SIP/2.0\r\nSubject: ");
                  while (!Thread.interrupted()) {
                    slow.send("x");
                    Thread.sleep(100);
                  }
                } catch (final IOException | InterruptedException closed) {
                  Thread.currentThread().interrupt();
                }
              });
      drip.start();
      assertThat(slow.isClosedByServer()).isTrue();
      drip.interrupt();
      drip.join();
      await().until(() -> focus.service.count(SipCounter.CONNECTIONS_SLOW) == 1);
      assertThat(Text.status(other.ask("BYE", "", ""))).as("idle for longer").isEqualTo(200);
    }
  }

  private static String register(final Phone phone, final String extra) throws IOException {
    phone.wire.send(phone.request("REGISTER", Phone.newBranch(), ++phone.sequence, extra, "", ""));
    return phone.answerTo("REGISTER");
  }

  /** The header with which ann answers a challenge. */
  private static String login(
      final Phone phone,
      final String method,
      final String challenge,
      final DigestAlgorithm algorithm,
      final String password) {
    final Matcher nonce =
        Pattern.compile("nonce=\"([^\"]+)\", ?algorithm=" + algorithm.token()).matcher(challenge);
    assertThat(nonce.find()).as(challenge).isTrue();
    final String own = algorithm.hex("ann:calls:" + password);
    final String asked = algorithm.hex(method + ":" + phone.uri());
    final String response =
        algorithm.hex(own + ":" + nonce.group(1) + ":00000001:abc:auth:" + asked);
    return "Authorization: Digest username=\"ann\", realm=\"calls\", nonce=\""
        + nonce.group(1)
        + "\", uri=\""
        + phone.uri()
        + "\", response=\""
        + response
        + "\", algorithm="
        + algorithm.token()
        + ", qop=auth, nc=00000001, cnonce=\"abc\"\r\n";
  }

  /** The same once more, with the count it says now. */
  private static String again(final String login, final DigestAlgorithm algorithm) {
    final String own = algorithm.hex("ann:calls:secret");
    final Matcher said =
        Pattern.compile("nonce=\"([^\"]+)\", uri=\"([^\"]+)\".*nc=(\\d+)").matcher(login);
    assertThat(said.find()).isTrue();
    final String asked = algorithm.hex("REGISTER:" + said.group(2));
    final String response =
        algorithm.hex(own + ":" + said.group(1) + ":" + said.group(3) + ":abc:auth:" + asked);
    return login.replaceAll("response=\"[^\"]+\"", "response=\"" + response + "\"");
  }
}
