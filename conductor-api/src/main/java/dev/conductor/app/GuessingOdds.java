package dev.conductor.app;

import dev.conductor.config.EntryConfig;
import dev.conductor.signaling.api.PhoneNumbers;
import dev.conductor.store.LivePins;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How likely it is that somebody who guesses for an hour finds a PIN of a number. He may call from
 * as many addresses and numbers as he likes, so that only the budget of the number he dials bounds
 * him; and whoever keys a long PIN has tried every shorter one it begins with, so that the odds of
 * all lengths add up. Any thread; immutable.
 */
final class GuessingOdds {
  /** More than this an hour is worth a warning. */
  static final double MOST_AN_HOUR = 0.01;

  private final int triesAnHour;
  private final PhoneNumbers numbers;

  /**
   * By these settings.
   *
   * @param numbers tells which ways of writing a number are one number
   */
  GuessingOdds(final EntryConfig.Guessing guessing, final PhoneNumbers numbers) {
    this.triesAnHour = guessing.pinFailuresPerDid();
    this.numbers = numbers;
  }

  /** A line for each number whose odds are too good, by number. */
  List<String> warnings(final List<LivePins.Pins> pins) {
    final Map<String, Behind> behind = new TreeMap<>();
    for (final LivePins.Pins of : pins) {
      final List<String> ways = new ArrayList<>(of.conference().aliases());
      ways.add(of.conference().did());
      ways.stream()
          .filter(written -> !written.isEmpty())
          .map(numbers::canonical)
          .distinct()
          .forEach(did -> behind.computeIfAbsent(did, any -> new Behind()).add(of.byDigits()));
    }
    return behind.entrySet().stream()
        .filter(one -> one.getValue().hits * triesAnHour > MOST_AN_HOUR)
        .map(one -> warning(one.getKey(), one.getValue()))
        .toList();
  }

  private String warning(final String did, final Behind behind) {
    return String.format(
        Locale.ROOT,
        "%s: %d live PINs and %d tries an hour: a guesser finds one with odds of %.4f an hour,"
            + " more than %.2f; make PINs longer (entry.pin-digits, entry.host-pin-digits, for"
            + " persons added from then on) or the budget smaller (entry.pin-failures-per-did)",
        did,
        behind.pins,
        triesAnHour,
        behind.hits * triesAnHour,
        MOST_AN_HOUR);
  }

  /** What stands behind one number. One thread. */
  private static final class Behind {
    private long pins;

    /** How likely one try is right. */
    private double hits;

    void add(final Map<Integer, Integer> byDigits) {
      byDigits.forEach(
          (digits, count) -> {
            pins += count;
            hits += count / Math.pow(10, digits);
          });
    }
  }
}
