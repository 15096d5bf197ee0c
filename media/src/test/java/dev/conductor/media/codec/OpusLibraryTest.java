package dev.conductor.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which library is taken, and what is said of it. */
class OpusLibraryTest {
  private static final Libopus.Controls SOME = (encoder, request, value) -> 0;

  @Test
  void shouldTakeConcentusAndSayWhyWhenThereIsNoLibopus() {
    final OpusLibrary library = OpusLibrary.find(List.of("no-such-library-of-opus"));
    assertThat(library.isNative()).isFalse();
    assertThat(library.name()).isEqualTo("Concentus");
    assertThat(library.version()).isEqualTo("1.0.2");
    assertThat(library.reason()).startsWith("no libopus: ").contains("no-such-library-of-opus");
    assertThat(library.decoder().rateHz()).isEqualTo(48_000);
  }

  @Test
  void shouldTakeConcentusWhenTheLibraryIsAnother() {
    final OpusLibrary library = OpusLibrary.find(List.of("m"));
    assertThat(library.isNative()).isFalse();
    assertThat(library.reason()).startsWith("no libopus: ");
  }

  @ParameterizedTest
  @CsvSource({
    "libopus 1.3,1.3",
    "libopus 1.3.1,1.3.1",
    "libopus 1.3-beta,1.3-beta",
    "libopus 1.10.2-fixed,1.10.2-fixed",
    "libopus 2.0,2.0"
  })
  void shouldTakeALibopusThatIsNewEnough(final String named, final String version) {
    final OpusLibrary library = OpusLibrary.judge(named, SOME);
    assertThat(library.isNative()).isTrue();
    assertThat(library.name()).isEqualTo("libopus");
    assertThat(library.version()).isEqualTo(version);
    assertThat(library.reason()).isEqualTo("installed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"libopus 1.2.1", "libopus 0.9.14", "libopus unknown", ""})
  void shouldTakeConcentusWhenLibopusIsOlderOrOfNoKnownVersion(final String named) {
    final OpusLibrary library = OpusLibrary.judge(named, SOME);
    assertThat(library.isNative()).isFalse();
    assertThat(library.reason()).contains("libopus");
  }

  @Test
  void shouldGiveConcentusWhenAskedFor() {
    assertThat(OpusLibrary.concentus().isNative()).isFalse();
    assertThat(OpusLibrary.concentus().reason()).isEqualTo("asked for");
  }
}
