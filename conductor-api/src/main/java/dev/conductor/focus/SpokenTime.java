package dev.conductor.focus;

import dev.conductor.config.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says aloud how long a breakout still lasts, and when that is due. Pure. */
final class SpokenTime {
  /** While it is counted down, it is spoken of at these seconds before the end. */
  static final List<Integer> COUNTED_S = List.of(300, 120, 60, 30, 10, 5);

  private static final int BRIEF_S = 10;
  private static final int MINUTE_S = 60;

  private static final Map<Integer, Prompt> SECONDS =
      Map.of(
          5, Prompt.FIVE_SECONDS,
          10, Prompt.TEN_SECONDS,
          15, Prompt.FIFTEEN_SECONDS,
          20, Prompt.TWENTY_SECONDS,
          30, Prompt.THIRTY_SECONDS);

  private static final Map<Integer, Prompt> MINUTES =
      Map.of(
          1, Prompt.ONE_MINUTE,
          2, Prompt.TWO_MINUTES,
          3, Prompt.THREE_MINUTES,
          4, Prompt.FOUR_MINUTES,
          5, Prompt.FIVE_MINUTES,
          10, Prompt.TEN_MINUTES,
          15, Prompt.FIFTEEN_MINUTES,
          20, Prompt.TWENTY_MINUTES,
          30, Prompt.THIRTY_MINUTES);

  private SpokenTime() {}

  /**
   * Whether so long before its end, and since it was spoken of last, a timer is to be spoken of.
   */
  static boolean isDue(final Countdown timer, final long leftS) {
    final boolean counts = timer.countdownS() > 0;
    return leftS > 0
        && (timer.warningsS().stream().anyMatch(mark -> isPassed(timer, mark, leftS))
            || counts && isPassed(timer, timer.countdownS(), leftS)
            || COUNTED_S.stream()
                .anyMatch(mark -> mark < timer.countdownS() && isPassed(timer, mark, leftS)));
  }

  private static boolean isPassed(final Countdown timer, final int markS, final long leftS) {
    return markS >= leftS && markS < timer.spokenS();
  }

  /**
   * What is played: how long it still lasts in a sentence, in the last seconds of a countdown the
   * time alone; that it ends soon where there are no words for so long.
   */
  static List<Prompt> prompts(final Countdown timer, final long leftS) {
    final List<Prompt> time = time((int) leftS);
    if (time.isEmpty()) {
      return List.of(Prompt.BREAKOUT_ENDS_SOON);
    }
    if (leftS <= BRIEF_S && leftS < timer.countdownS()) {
      return time;
    }
    final List<Prompt> sentence = new ArrayList<>();
    sentence.add(Prompt.BREAKOUT_ENDS_IN);
    sentence.addAll(time);
    return sentence;
  }

  /** Empty where there are no words for it. */
  private static List<Prompt> time(final int leftS) {
    final int minutes = leftS / MINUTE_S;
    final int seconds = leftS % MINUTE_S;
    final List<Prompt> time = new ArrayList<>();
    final boolean isSaid =
        (minutes == 0 || MINUTES.containsKey(minutes))
            && (seconds == 0 || SECONDS.containsKey(seconds));
    if (isSaid && minutes > 0) {
      time.add(MINUTES.get(minutes));
    }
    if (isSaid && seconds > 0) {
      time.add(SECONDS.get(seconds));
    }
    return time;
  }
}
