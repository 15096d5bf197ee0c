package dev.conductor.signaling.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamFrameTest {
  private static final String WITH_BODY = "INFO x SIP/2.0\r\nl: 4\r\nVia: y\r\n\r\nabcd";
  private static final String WITHOUT = "OPTIONS x SIP/2.0\r\nContent-Length : 0\r\n\r\n";

  private final StreamFrame frame = new StreamFrame();

  /** What the stack gets of it. */
  private String take(final String text) {
    final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    final int kept = frame.take(bytes, 0, bytes.length);
    return new String(bytes, 0, kept, StandardCharsets.ISO_8859_1);
  }

  /** What came, | for a line's end, and whether a message is not whole. */
  @ParameterizedTest
  @CsvSource({
    "'', false",
    "'||||', false",
    "'A', true",
    "'A|', true",
    "'A|B: c|', true",
    "'A|B: c||', false",
    "'||A|B: c||', false",
    "'A|Content-Length: 3||ab', true",
    "'A|Content-Length: 3||abc', false",
    "'A|Content-Length: 3||abcD', true",
    "'A|Content-Length: nonsense||', false",
    "'A|Content-Length: 99999999999||', false",
    "'A|CONTENT-LENGTH:2|X: y||a', true",
  })
  void shouldKnowWhetherAMessageIsWhole(final String came, final boolean partial) {
    take(came.replace("|", "\r\n"));
    assertThat(frame.isPartial()).isEqualTo(partial);
  }

  @Test
  void shouldLeaveNoReturnOnTopOfAnother() {
    assertThat(take("\r\r\r\nA\r\r\nl:3\r\n\r\n\r\r\r")).isEqualTo("A\r \nl:3\r\n\r\n\r\r\r");
    assertThat(frame.endsInReturn()).isTrue();
  }

  /** What came, | for a line's end; what is left of it; whether it is to be answered. */
  @ParameterizedTest
  @CsvSource({
    "'||', '', true",
    "'|', '', false",
    "'|A||', 'A||', false",
    "'||A||', 'A||', true",
    "'A||', 'A||', false",
    "'A|l:4||||||', 'A|l:4||||', true",
    "'A|l:4||||||B', 'A|l:4||||B', true",
  })
  void shouldTakeOutWhatIsBetweenMessagesAndTellAPing(
      final String came, final String left, final boolean pings) {
    assertThat(take(came.replace("|", "\r\n"))).isEqualTo(left.replace("|", "\r\n"));
    assertThat(frame.takePing()).isEqualTo(pings);
    assertThat(frame.takePing()).isFalse();
  }

  @Test
  void shouldTellAPingThatComesByteByByte() {
    for (final String next : "\r,\n,\r".split(",")) {
      assertThat(take(next)).isEmpty();
      assertThat(frame.takePing()).isFalse();
    }
    assertThat(take("\n")).isEmpty();
    assertThat(frame.takePing()).isTrue();
  }

  @Test
  void shouldKnowItHoweverTheStreamIsCut() {
    final SplittableRandom random = new SplittableRandom(3261);
    final StringBuilder stream = new StringBuilder();
    final StringBuilder messages = new StringBuilder();
    final StringBuilder left = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      final String message = random.nextBoolean() ? WITH_BODY : WITHOUT;
      messages.append(message);
      stream.append(message).append(i % 3 == 0 ? "\r\n\r\n" : "");
    }
    int at = 0;
    while (at < stream.length()) {
      final int length = Math.min(stream.length() - at, 1 + random.nextInt(40));
      left.append(take(stream.substring(at, at + length)));
      at += length;
    }
    assertThat(left).hasToString(messages.toString());
    assertThat(frame.messages()).isEqualTo(200);
    assertThat(frame.isPartial()).isFalse();
  }
}
