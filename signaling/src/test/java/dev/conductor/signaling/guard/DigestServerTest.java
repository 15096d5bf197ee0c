package dev.conductor.signaling.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conductor.signaling.guard.DigestServer.Credentials;
import dev.conductor.signaling.guard.DigestServer.Verdict;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestServerTest {
  private static final String REALM = "calls";
  private static final String URI = "sip:15550100@conductor.example";
  private static final byte[] KEY = "a key of this test and no other".getBytes();
  private static final long NOW_MS = 1_000_000;

  private final DigestServer server = server(65_536);

  private static DigestServer server(final int maxUsed) {
    final List<String> lines =
        List.of(
            "# phones",
            "",
            "ann:calls:" + DigestAlgorithm.SHA_256.hex("ann:calls:secret"),
            "ann:calls:" + DigestAlgorithm.MD5.hex("ann:calls:secret"),
            "bob:calls:" + DigestAlgorithm.SHA_256.hex("bob:calls:other"),
            "bob:calls:" + DigestAlgorithm.MD5.hex("bob:calls:other"));
    return new DigestServer(REALM, Accounts.parse(lines, REALM), KEY, maxUsed);
  }

  private String nonce(final long nowMs) {
    final var matcher =
        Pattern.compile("nonce=\"([^\"]+)\"").matcher(server.challenges(false, nowMs).get(0));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static Credentials said(
      final DigestAlgorithm algorithm,
      final String user,
      final String password,
      final String nonce,
      final String count) {
    final String own = algorithm.hex(user + ":calls:" + password);
    final String asked = algorithm.hex("INVITE:" + URI);
    final String middle = count == null ? nonce : nonce + ":" + count + ":abc:auth";
    return new Credentials(
        user,
        REALM,
        nonce,
        URI,
        algorithm.hex(own + ":" + middle + ":" + asked),
        algorithm.token(),
        count == null ? null : "auth",
        count,
        count == null ? null : "abc");
  }

  private Verdict judge(final Credentials said, final long nowMs) {
    return server.judge("INVITE", said, nowMs);
  }

  /** RFC 7616, section 3.9.1, whose digests anybody can look up. */
  @Test
  void shouldMakeTheDigestsOfTheRfc() {
    final String user = "Mufasa:http-auth@example.org:Circle of Life";
    assertThat(DigestAlgorithm.MD5.hex(user)).isEqualTo("3d78807defe7de2157e2b0b6573a855f");
    assertThat(DigestAlgorithm.MD5.hex("GET:/dir/index.html"))
        .isEqualTo("39aff3a2bab6126f332b942af96d3366");
    assertThat(DigestAlgorithm.SHA_256.hex("GET:/dir/index.html"))
        .isEqualTo("9a3fdae9a622fe8de177c24fa9c070f2b181ec85e15dcbdc32e10c82ad450b04");
  }

  @ParameterizedTest
  @EnumSource(DigestAlgorithm.class)
  void shouldLetInWhoKnowsThePasswordAndNobodyElse(final DigestAlgorithm algorithm) {
    final String nonce = nonce(NOW_MS);
    assertThat(judge(said(algorithm, "ann", "secret", nonce, "00000001"), NOW_MS))
        .isEqualTo(Verdict.GOOD);
    assertThat(judge(said(algorithm, "bob", "other", nonce(NOW_MS), "00000001"), NOW_MS))
        .isEqualTo(Verdict.GOOD);
    assertThat(judge(said(algorithm, "ann", "secret", nonce(NOW_MS), null), NOW_MS))
        .as("without qop")
        .isEqualTo(Verdict.GOOD);
    assertThat(judge(said(algorithm, "ann", "Secret", nonce(NOW_MS), "00000001"), NOW_MS))
        .isEqualTo(Verdict.WRONG);
    assertThat(judge(said(algorithm, "ann", "other", nonce(NOW_MS), "00000001"), NOW_MS))
        .isEqualTo(Verdict.WRONG);
    assertThat(judge(said(algorithm, "eve", "secret", nonce(NOW_MS), "00000001"), NOW_MS))
        .as("nobody of this name")
        .isEqualTo(Verdict.WRONG);
    final Credentials good = said(algorithm, "ann", "secret", nonce(NOW_MS), "00000001");
    assertThat(server.judge("REGISTER", good, NOW_MS)).isEqualTo(Verdict.WRONG);
  }

  @Test
  void shouldTakeACountOnceAndOnlyUpwards() {
    final String nonce = nonce(NOW_MS);
    assertThat(judge(ann(nonce, "00000001"), NOW_MS)).isEqualTo(Verdict.GOOD);
    assertThat(judge(ann(nonce, "00000001"), NOW_MS)).as("a replay").isEqualTo(Verdict.STALE);
    assertThat(judge(ann(nonce, "0000000a"), NOW_MS)).isEqualTo(Verdict.GOOD);
    assertThat(judge(ann(nonce, "00000009"), NOW_MS)).isEqualTo(Verdict.STALE);
    assertThat(judge(ann(nonce, null), NOW_MS)).as("a count less").isEqualTo(Verdict.STALE);
    assertThat(judge(ann(nonce, "00000000"), NOW_MS)).isEqualTo(Verdict.STALE);
    assertThat(judge(ann(nonce, "0000000b"), NOW_MS)).isEqualTo(Verdict.GOOD);
  }

  private static Credentials ann(final String nonce, final String count) {
    return said(DigestAlgorithm.SHA_256, "ann", "secret", nonce, count);
  }

  @Test
  void shouldNotJudgeWhatIsSaidForAnotherRealm() {
    final Credentials ann = ann(nonce(NOW_MS), "00000001");
    for (final String realm : new String[] {null, "", "Calls", "other"}) {
      final Credentials elsewhere =
          new Credentials(
              ann.username(),
              realm,
              ann.nonce(),
              ann.uri(),
              ann.response(),
              ann.algorithm(),
              ann.qop(),
              ann.count(),
              ann.clientNonce());
      assertThat(judge(elsewhere, NOW_MS)).as(realm).isEqualTo(Verdict.UNUSABLE);
    }
    assertThat(judge(ann, NOW_MS)).isEqualTo(Verdict.GOOD);
  }

  @Test
  void shouldTellNothingOfAPasswordByAnOldNonce() {
    final String nonce = nonce(NOW_MS);
    final long laterMs = NOW_MS + 300_001;
    assertThat(judge(ann(nonce, "00000001"), laterMs - 1)).isEqualTo(Verdict.GOOD);
    assertThat(judge(ann(nonce, "00000002"), laterMs)).isEqualTo(Verdict.STALE);
    assertThat(judge(said(DigestAlgorithm.MD5, "ann", "x", nonce, "00000002"), laterMs))
        .isEqualTo(Verdict.STALE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AAAA",
        "not base 64 at all!",
        "AAAAAAAPQkAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAA",
      })
  void shouldNotEvenJudgeANonceThatIsNotOurs(final String nonce) {
    assertThat(judge(ann(nonce, "00000001"), NOW_MS)).isEqualTo(Verdict.UNUSABLE);
  }

  @Test
  void shouldNotTakeANonceOfAnotherKey() {
    final DigestServer other =
        new DigestServer(
            REALM,
            Accounts.parse(List.of("ann:calls:" + "0".repeat(64)), REALM),
            "some other key of 32 characters.".getBytes());
    assertThat(other.judge("INVITE", ann(nonce(NOW_MS), "00000001"), NOW_MS))
        .isEqualTo(Verdict.UNUSABLE);
  }

  @Test
  void shouldTakeNoReplayWhenItsTableHasForgotten() {
    final DigestServer small = server(3);
    final String[] nonces = new String[6];
    for (int i = 0; i < nonces.length; i++) {
      final String challenge = small.challenges(false, NOW_MS + i).get(0);
      nonces[i] = challenge.split("nonce=\"")[1].split("\"")[0];
      assertThat(small.judge("INVITE", ann(nonces[i], "00000001"), NOW_MS + i))
          .isEqualTo(Verdict.GOOD);
    }
    assertThat(small.remembered()).isEqualTo(3);
    for (final String nonce : nonces) {
      assertThat(small.judge("INVITE", ann(nonce, "00000001"), NOW_MS + 10))
          .isEqualTo(Verdict.STALE);
    }
  }

  @Test
  void shouldOfferTheBetterDigestFirstAndOnlyWhatEveryUserHas() {
    assertThat(server.challenges(true, NOW_MS))
        .hasSize(2)
        .allMatch(challenge -> challenge.contains("qop=\"auth\", stale=true"))
        .first()
        .asString()
        .contains("algorithm=SHA-256");
    final Accounts mixed =
        Accounts.parse(
            List.of(
                "a:calls:" + "0".repeat(64),
                "a:calls:" + "0".repeat(32),
                "b:calls:" + "0".repeat(32)),
            REALM);
    assertThat(mixed.algorithms()).containsExactly(DigestAlgorithm.MD5);
    assertThat(mixed.users()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:calls:secret",
        "a:calls",
        "a:other:00000000000000000000000000000000",
        ":calls:00000000000000000000000000000000",
      })
  void shouldNameALineThatCannotBeReadAndShowNothingOfIt(final String line) {
    assertThatThrownBy(() -> Accounts.parse(List.of("# first", line), REALM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("line 2 is not ")
        .hasMessageNotContaining("secret");
  }
}
