package dev.conductor.focus;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.reference.RandomSteps;
import dev.conductor.reference.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Whatever is done in whatever order, the conductor does what a small model does that was written
 * from the design and the decisions alone: answers, snapshots, events in their order, the state
 * that a client rebuilds from the events, and who hears whom.
 */
class ReferenceModelTest {
  private static final int SEQUENCES = Integer.getInteger("conductor.modelSequences", 10_000);
  private static final int STEPS = 40;
  private static final int MAX_CALLERS = 12;

  /** One of so many is listened to by the real mixer as well. */
  private static final int LISTENED = 10;

  private static final List<String> PINS =
      List.of(
          TestConference.HOST,
          TestConference.ASSISTANT,
          TestConference.OPERATOR,
          TestConference.PIN_1,
          TestConference.PIN_2,
          TestConference.PIN_3,
          "100004");

  @Test
  void shouldDoWhatTheModelDoes() {
    final long firstSeed = Long.getLong("conductor.modelSeed", 1);
    final Logger log = (Logger) LoggerFactory.getLogger("dev.conductor.focus");
    log.setLevel(Level.WARN); // who comes and goes is of no interest here, a hundred thousand times
    try {
      for (long seed = firstSeed; seed < firstSeed + SEQUENCES; seed++) {
        play(seed);
      }
    } finally {
      log.setLevel(null);
    }
  }

  static void play(final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    final FocusStage stage = new FocusStage(conference(random), random.nextInt(LISTENED) == 0);
    final RandomSteps steps = new RandomSteps(random, stage.model, PINS, MAX_CALLERS);
    final List<List<Step>> done = new ArrayList<>();
    try {
      while (done.size() < STEPS) {
        final List<Step> batch = batch(random, steps);
        done.add(batch);
        stage.play(batch);
      }
    } catch (final AssertionError | RuntimeException failed) {
      throw new AssertionError(words(seed, done, failed), failed);
    }
  }

  /** Mostly one step; now and then some that one commit ends, in no time. */
  private static List<Step> batch(final SplittableRandom random, final RandomSteps steps) {
    final List<Step> batch = new ArrayList<>();
    final int size = random.nextInt(8) == 0 ? 1 + random.nextInt(5) : 1;
    for (int i = 0; i < size; i++) {
      final Step step = steps.next();
      if (batch.isEmpty() || !(step instanceof Step.Wait)) {
        batch.add(step);
      }
      if (step instanceof Step.Wait) {
        break;
      }
    }
    return batch;
  }

  private static ConferenceSeed conference(final SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> TestConference.greenroom();
      case 1 -> TestConference.lecture();
      default -> TestConference.open();
    };
  }

  private static String words(
      final long seed, final List<List<Step>> done, final Throwable failed) {
    final StringBuilder words = new StringBuilder("seed " + seed + "\n");
    for (int i = 0; i < done.size(); i++) {
      for (final Step step : done.get(i)) {
        words.append(i + 1).append(". ").append(step).append('\n');
      }
    }
    return words.append(failed.getMessage()).toString();
  }
}
