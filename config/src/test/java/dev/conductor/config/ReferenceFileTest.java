package dev.conductor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference file says of each key what the records say. */
class ReferenceFileTest {
  private static final Pattern UNIT_AND_RANGE =
      Pattern.compile("\\[([^\\]]+), (\\d+)\\.\\.(\\d+)\\]");

  /** What else must be set before the whole range of a key that leans on another is open. */
  private static final Map<String, Map<String, String>> COMPANIONS =
      Map.of(
          "sip.min-se-seconds", Map.of("sip.session-expires-seconds", "0"),
          "rtp.first-port", Map.of("rtp.last-port", "65535"),
          "rtp.last-port", Map.of("rtp.first-port", "1024"),
          "media.silent-line-probe-ms", Map.of("media.silent-line-end-ms", "86400000"),
          "media.silent-line-end-ms", Map.of("media.silent-line-probe-ms", "1000"));

  @Test
  void shouldHoldEachKeyOfTheRecordsAndNoOther() throws IOException {
    try (InputStream input = ConfigLoader.class.getResourceAsStream("conductor.yaml")) {
      final ConfigKeys keys = new ConfigKeys();
      assertThat(YamlSettings.read(keys, "conductor.yaml", input).keySet())
          .containsExactlyElementsOf(keys.all());
    }
  }

  @Test
  void shouldExplainEachKey() throws IOException {
    assertThat(comments()).containsOnlyKeys(new ConfigKeys().all());
    comments().forEach((key, comment) -> assertThat(comment).as(key).matches(".*\\[[^\\]]+\\]$"));
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void shouldTakeTheRangeItPrintsAndNoMore(final String key, final long least, final long most) {
    assertThatCode(() -> load(key, least)).doesNotThrowAnyException();
    assertThatCode(() -> load(key, most)).doesNotThrowAnyException();
    for (final long outside : new long[] {least - 1, most + 1}) {
      assertThatThrownBy(() -> load(key, outside))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(key + "=" + outside + " is not in ");
    }
  }

  @Test
  void shouldPrintARangeForEachNumber() throws IOException {
    final ConfigKeys keys = new ConfigKeys();
    final ConductorConfig defaults = ConfigLoader.defaults();
    final String printed = ConfigPrinter.render(defaults);
    assertThat(ranges().count())
        .isEqualTo(printed.lines().filter(line -> line.matches("  [a-z-]+: \\d+")).count())
        .isLessThan(keys.all().size());
  }

  static Stream<Object[]> ranges() throws IOException {
    return comments().entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), UNIT_AND_RANGE.matcher(entry.getValue())))
        .filter(entry -> entry.getValue().find())
        .map(
            entry -> {
              final Matcher range = entry.getValue();
              return new Object[] {
                entry.getKey(), Long.parseLong(range.group(2)), Long.parseLong(range.group(3))
              };
            });
  }

  private static void load(final String key, final long value) {
    final Map<String, String> flags = new HashMap<>(COMPANIONS.getOrDefault(key, Map.of()));
    flags.put(key, Long.toString(value));
    ConfigLoader.load(Optional.empty(), Map.of(), flags);
  }

  /** The comment above each key. */
  private static Map<String, String> comments() throws IOException {
    final Map<String, String> comments = new LinkedHashMap<>();
    String section = "";
    StringBuilder comment = new StringBuilder();
    for (final String line : text().lines().toList()) {
      if (line.startsWith("  # ")) {
        comment.append(line.substring(3));
      } else if (line.matches("[a-z]+:")) {
        section = line.replace(":", ".");
      } else if (line.matches("  [a-z-]+:.*")) {
        comments.put(section + line.strip().replaceAll(":.*", ""), comment.toString());
        comment = new StringBuilder();
      }
    }
    return comments;
  }

  private static String text() throws IOException {
    try (InputStream input = ConfigLoader.class.getResourceAsStream("conductor.yaml")) {
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
