package dev.conductor.signaling.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadFormatTest {
  private static final String NAME = "maxplaybackrate";

  private static PayloadFormat opus(final String parameters) {
    return new PayloadFormat(96, "OPUS", 48_000, 2, parameters);
  }

  @ParameterizedTest
  @CsvSource({
    "maxplaybackrate=16000,16000",
    "useinbandfec=1;maxplaybackrate=16000,16000",
    "'  stereo=0 ;  MaxPlaybackRate = 16000 ; usedtx=1 ',16000",
    "maxplaybackrate=16000;maxplaybackrate=8000,16000",
    "maxplaybackrate=0,0",
    "maxplaybackrate=999999999,999999999",
    "maxplaybackrate=1000000000,-1",
    "maxplaybackrate=-5,-1",
    "maxplaybackrate=1.5,-1",
    "maxplaybackrate=,-1",
    "maxplaybackrate,-1",
    "maxplaybackrate==8000,-1",
    "sprop-maxplaybackrate=8000,-1",
    "0-15,-1",
    "'',-1",
    "';;;=;',-1"
  })
  void shouldReadTheNumberOfAParameter(final String parameters, final int expected) {
    assertThat(opus(parameters).numberOf(NAME)).isEqualTo(expected);
  }

  @RepeatedTest(200)
  void shouldReadANumberOrNoneWhenTheTextIsGarbled(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    final StringBuilder text = new StringBuilder("stereo=0; maxplaybackrate=16000; usedtx=1");
    for (int i = 0; i <= random.nextInt(4); i++) {
      text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
    }
    assertThat(opus(text.toString()).numberOf(NAME)).isBetween(-1, 999_999_999);
  }
}
