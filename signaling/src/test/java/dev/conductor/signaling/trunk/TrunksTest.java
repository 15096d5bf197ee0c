package dev.conductor.signaling.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Through whom a number is called, and how it is written for him. */
class TrunksTest {
  @TempDir private Path folder;

  private Trunks trunks(final String... routes) throws IOException {
    final StringBuilder file = new StringBuilder("sip:\n  country-code: \"1\"\n  trunks:\n");
    for (int i = 0; i < routes.length; i++) {
      file.append("    - {name: t").append(i).append(", proxies: 127.0.0.1, routes: [");
      file.append(routes[i]).append("]}\n");
    }
    final Path path = Files.writeString(folder.resolve("trunks.yaml"), file);
    return new Trunks(ConfigLoader.load(Optional.of(path), Map.of(), Map.of()).sip());
  }

  /** Each way as the trunk's name and the number it is sent. */
  private static List<String> ways(final Trunks trunks, final String number) {
    return trunks.routes(number).stream()
        .map(way -> way.trunk().name() + " " + way.number())
        .toList();
  }

  @Test
  void shouldTryTheLongestPrefixFirstAndShorterOnesAfterIt() throws Exception {
    final Trunks trunks = trunks("'*'", "'+1555 strip=1 priority=9'", "'+1'", "'+44'");
    assertThat(ways(trunks, "+15557654321"))
        .containsExactly("t1 15557654321", "t2 +15557654321", "t0 +15557654321");
  }

  @Test
  void shouldTryTheLowestPriorityOfOnePrefixFirstAndElseTheOrderOfTheFile() throws Exception {
    final Trunks trunks = trunks("'+1 priority=5'", "'+1 priority=2'", "'+1 priority=2'", "'+1'");
    assertThat(ways(trunks, "+15557654321"))
        .containsExactly(
            "t3 +15557654321", "t1 +15557654321", "t2 +15557654321", "t0 +15557654321");
  }

  /** Of one trunk's rules that fit, its longest counts alone. */
  @Test
  void shouldTryEachTrunkOnceByItsBestRule() throws Exception {
    final Trunks trunks =
        trunks("'*', '+1 strip=2', '+1555 strip=1 prepend=9 priority=7', '+1555 priority=8'");
    assertThat(ways(trunks, "+15557654321")).containsExactly("t0 915557654321");
    assertThat(ways(trunks, "+15667654321")).containsExactly("t0 5667654321");
    assertThat(ways(trunks, "+445667654321")).containsExactly("t0 +445667654321");
  }

  /** A rule without a plus sees the number without it, however it was asked for. */
  @Test
  void shouldCompareRulesWithTheCanonicalNumber() throws Exception {
    final Trunks trunks = trunks("'1555 strip=1'");
    for (final String asked : List.of("+15557654321", "5557654321", "011 1 555 765 4321")) {
      assertThat(ways(trunks, asked)).as(asked).containsExactly("t0 5557654321");
    }
    assertThat(ways(trunks, "+25557654321")).isEmpty();
  }
}
