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

  private void take(final String text) {
    final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    frame.take(bytes, 0, bytes.length);
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
    final byte[] bytes = "\r\r\r\nA\r\r\nl:3\r\n\r\n\r\r\r".getBytes(StandardCharsets.ISO_8859_1);
    frame.take(bytes, 0, bytes.length);
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
        .isEqualTo("\r \r\nA\r \nl:3\r\n\r\n\r\r\r");
  }

  @Test
  void shouldKnowItHoweverTheStreamIsCut() {
    final SplittableRandom random = new SplittableRandom(3261);
    final StringBuilder stream = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      stream
          .append(random.nextBoolean() ? WITH_BODY : WITHOUT)
          .append(i % 3 == 0 ? "\r\n\r\n" : "");
    }
    int at = 0;
    while (at < stream.length()) {
      final int length = Math.min(stream.length() - at, 1 + random.nextInt(40));
      take(stream.substring(at, at + length));
      at += length;
    }
    assertThat(frame.messages()).isEqualTo(200);
    assertThat(frame.isPartial()).isFalse();
  }
}
