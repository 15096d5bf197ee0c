package dev.conductor.media.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conductor.media.dsp.RatePlane;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WavReaderTest {
  private static final short[] VALUES = {0, 1, -1, 32_767, -32_768, 1_234};

  @Test
  void shouldKeepTheUpper16OfEach24Bits() throws IOException {
    final byte[] data = {0x7F, 0x34, 0x12, (byte) 0xFF, 0, (byte) 0x80};
    final byte[] mono =
        WavBytes.riff(WavBytes.format(1, 1, 48_000, 24), WavBytes.chunk("data", data));
    assertThat(read(mono).samples()).isEqualTo(new short[] {0x1234, -32_768});
    final byte[] stereo =
        WavBytes.riff(WavBytes.format(1, 2, 48_000, 24), WavBytes.chunk("data", data));
    assertThat(read(stereo).samples()).isEqualTo(new short[] {(0x1234 - 32_768) / 2});
  }

  @Test
  void shouldReadSixteenBitsAsTheyStand() throws IOException {
    final Wav wav = read(WavBytes.pcm16(22_050, 1, VALUES));
    assertThat(wav.rateHz()).isEqualTo(22_050);
    assertThat(wav.samples()).isEqualTo(VALUES);
  }

  @Test
  void shouldCentreAndWidenEightBits() throws IOException {
    final Wav wav = read(WavBytes.pcm8(8_000, 1, 0, 128, 255, 129));
    assertThat(wav.samples()).isEqualTo(new short[] {-32_768, 0, 32_512, 256});
  }

  @Test
  void shouldFoldTwoChannelsIntoTheirMean() throws IOException {
    final Wav wide =
        read(
            WavBytes.pcm16(
                8_000,
                2,
                (short) 100,
                (short) 300,
                (short) 32_767,
                (short) 32_767,
                (short) -32_768,
                (short) -32_768));
    assertThat(wide.samples()).isEqualTo(new short[] {200, 32_767, -32_768});
    assertThat(read(WavBytes.pcm8(8_000, 2, 128, 130)).samples()).isEqualTo(new short[] {256});
  }

  @Test
  void shouldSkipChunksItDoesNotKnow() throws IOException {
    final byte[] file =
        WavBytes.riff(
            WavBytes.chunk("LIST", new byte[] {1, 2, 3}),
            WavBytes.format(1, 1, 8_000, 16),
            WavBytes.chunk("fact", new byte[4]),
            WavBytes.chunk("data", new byte[] {5, 0}),
            WavBytes.chunk("id3 ", new byte[9]));
    assertThat(read(file).samples()).isEqualTo(new short[] {5});
  }

  @Test
  void shouldReadTheExtensibleFormOfPcm() throws IOException {
    final byte[] file =
        WavBytes.riff(
            WavBytes.chunk("fmt ", extensible(1)), WavBytes.chunk("data", new byte[] {5, 0}));
    assertThat(read(file).samples()).isEqualTo(new short[] {5});
  }

  @Test
  void shouldBecomeAClipAtTheClipsRate() throws IOException {
    final Clip clip = read(WavBytes.pcm16(16_000, 1, new short[16_000])).toClip("second");
    assertThat(clip.name()).isEqualTo("second");
    assertThat(clip.samples(RatePlane.NARROW)).hasSize(8_000);
    assertThat(clip.durationMs()).isEqualTo(1_000);
  }

  static Stream<Arguments> wrongFiles() {
    final byte[] right = WavBytes.pcm16(8_000, 1, VALUES);
    final byte[] someData = WavBytes.chunk("data", new byte[4]);
    return Stream.of(
        Arguments.of("empty", new byte[0], "RIFF"),
        Arguments.of("no samples", WavBytes.pcm16(8_000, 1), "no samples"),
        Arguments.of("some other file", "GIF89a, this is a picture".getBytes(), "RIFF"),
        Arguments.of("big-endian form", patched(right, 3, 'X'), "RIFF"),
        Arguments.of("no WAVE", patched(right, 8, 'X'), "WAVE"),
        Arguments.of("cut off", Arrays.copyOf(right, right.length - 1), "cut off"),
        Arguments.of("absurd RIFF length", patched(right, 7, 0xFF), "4278190"),
        Arguments.of("absurd data length", patched(right, 43, 0x7F), "chunk 'data' says"),
        Arguments.of("negative data length", patched(right, 43, 0xFF), "chunk 'data' says"),
        Arguments.of("absurd format length", patched(right, 18, 0x70), "chunk 'fmt ' says"),
        Arguments.of("no data", WavBytes.riff(WavBytes.format(1, 1, 8_000, 16)), "no 'data'"),
        Arguments.of("no format", WavBytes.riff(someData), "no 'fmt '"),
        Arguments.of(
            "format after data",
            WavBytes.riff(someData, WavBytes.format(1, 1, 8_000, 16)),
            "no 'fmt '"),
        Arguments.of(
            "short format",
            WavBytes.riff(WavBytes.chunk("fmt ", new byte[14]), someData),
            "14 bytes"),
        Arguments.of("mu-law", wav(7, 1, 8_000, 8), "format 7"),
        Arguments.of("floating point", wav(3, 1, 8_000, 32), "format 3"),
        Arguments.of(
            "extensible floating point",
            WavBytes.riff(WavBytes.chunk("fmt ", extensible(3)), someData),
            "format 3"),
        Arguments.of("extensible without its extension", wav(0xFFFE, 1, 8_000, 16), "65534"),
        Arguments.of("no channels", wav(1, 0, 8_000, 16), "0 channels"),
        Arguments.of("six channels", wav(1, 6, 48_000, 16), "6 channels"),
        Arguments.of("no rate", wav(1, 1, 0, 16), "rate 0 Hz"),
        Arguments.of("rate too high", wav(1, 1, 192_001, 16), "rate 192001 Hz"),
        Arguments.of("rate beyond 31 bits", wav(1, 1, -8_000, 16), "rate 4294959296 Hz"),
        Arguments.of("20 bits", wav(1, 1, 8_000, 20), "20 bits"),
        Arguments.of("32 bits", wav(1, 1, 8_000, 32), "32 bits"),
        Arguments.of("12 bits", wav(1, 1, 8_000, 12), "12 bits"),
        Arguments.of(
            "contradictory block",
            WavBytes.riff(
                WavBytes.chunk("fmt ", WavBytes.formatBody(1, 2, 8_000, 16, 2).array()), someData),
            "block of 2 bytes"),
        Arguments.of(
            "half a sample",
            WavBytes.riff(WavBytes.format(1, 2, 8_000, 16), WavBytes.chunk("data", new byte[6])),
            "ends within a sample"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongFiles")
  void shouldNameTheFileAndTheFaultWhenItIsWrong(
      final String what, final byte[] file, final String fault) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(WavException.class)
        .hasMessageStartingWith("some.wav: ")
        .hasMessageContaining(fault);
  }

  @RepeatedTest(500)
  void shouldNeverThrowAnythingElseWhateverTheBytes(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    final byte[] file = WavBytes.pcm16(8_000, 1 + random.nextInt(2), new short[20]);
    for (int i = random.nextInt(6); i >= 0; i--) {
      file[random.nextInt(60)] = (byte) random.nextInt(256);
    }
    final byte[] cut = Arrays.copyOf(file, file.length - random.nextInt(2) * random.nextInt(60));
    try {
      assertThat(read(cut).samples().length).isLessThanOrEqualTo(cut.length);
    } catch (final IOException refused) {
      assertThat(refused).isInstanceOf(WavException.class);
    }
  }

  private static byte[] wav(
      final int format, final int channels, final int rateHz, final int bits) {
    return WavBytes.riff(
        WavBytes.format(format, channels, rateHz, bits), WavBytes.chunk("data", new byte[4]));
  }

  private static byte[] extensible(final int subFormat) {
    final ByteBuffer body = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    body.put(WavBytes.formatBody(0xFFFE, 1, 8_000, 16, 2).array());
    return body.putShort((short) 22).putShort(24, (short) subFormat).array();
  }

  private static byte[] patched(final byte[] file, final int at, final int value) {
    final byte[] copy = file.clone();
    copy[at] = (byte) value;
    return copy;
  }

  private static Wav read(final byte[] file) throws IOException {
    return WavReader.read("some.wav", new ByteArrayInputStream(file));
  }
}
