package dev.conductor.focus;

import dev.conductor.config.EntryConfig;
import dev.conductor.config.SourceKey;
import dev.conductor.signaling.api.Invitation;
import dev.conductor.signaling.api.PhoneNumbers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How many PINs may be wrong, beside the tries of a call: of one ANI, of one peer address, to one
 * number. Each has a budget that fills in an hour. Once half of one is gone, the next PIN is judged
 * only after a while, the later the less is left; when one is gone, none is judged. Right PINs take
 * nothing. Since only one PIN is judged at a time, a guesser gets no more than a full budget and
 * what it fills by, however many calls he makes at once.
 *
 * <p>The conductor only. Time is a parameter. Who was never wrong is not remembered; whoever was
 * wrong longest ago makes room.
 */
final class PinBudget {
  /** No PIN is judged. */
  static final long REFUSED = -1;

  private static final int MAX_REMEMBERED = 16_384;
  private static final double HOUR_NS = TimeUnit.HOURS.toNanos(1);

  private final long longestNs;
  private final PhoneNumbers numbers;
  private final Share ofAni;
  private final Share ofAddress;
  private final Share ofDid;

  /**
   * Nobody was wrong yet.
   *
   * @param numbers tells which ways of writing a number are one number
   */
  PinBudget(final EntryConfig.Guessing config, final PhoneNumbers numbers) {
    this.numbers = numbers;
    longestNs = TimeUnit.MILLISECONDS.toNanos(config.pinDelayMs());
    ofAni = new Share(config.pinFailuresPerAni());
    ofAddress = new Share(config.pinFailuresPerAddress());
    ofDid = new Share(config.pinFailuresPerDid());
  }

  /** How long a PIN of this caller is to wait before it is judged; {@link #REFUSED} for ever. */
  long delayNs(final Invitation caller, final long nowNs) {
    final double left =
        Math.min(
            caller.ani().isEmpty() ? 1 : ofAni.left(ani(caller), nowNs),
            Math.min(ofAddress.left(address(caller), nowNs), ofDid.left(did(caller), nowNs)));
    if (left <= 0) {
      return REFUSED;
    }
    return left >= 0.5 ? 0 : (long) (longestNs * (1 - 2 * left));
  }

  /** A PIN of this caller was wrong. */
  void onFailure(final Invitation caller, final long nowNs) {
    if (!caller.ani().isEmpty()) {
      ofAni.take(ani(caller), nowNs);
    }
    ofAddress.take(address(caller), nowNs);
    ofDid.take(did(caller), nowNs);
  }

  /** However he writes it: else each way of writing would have a budget of its own. */
  private String did(final Invitation caller) {
    return numbers.canonical(caller.dialled());
  }

  /** As with {@link #did}: one trunk writes it with the country code, another without. */
  private String ani(final Invitation caller) {
    return numbers.canonical(caller.ani());
  }

  private static SourceKey address(final Invitation caller) {
    return SourceKey.of(caller.source().getAddress());
  }

  /** The budgets of one kind. */
  private static final class Share {
    private final int most;
    private final Map<Object, Left> left =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(final Map.Entry<Object, Left> eldest) {
            return size() > MAX_REMEMBERED;
          }
        };

    Share(final int most) {
      this.most = most;
    }

    /** How much is left, as a part of the whole; 0 when not one failure is. */
    double left(final Object whose, final long nowNs) {
      final Left known = left.get(whose);
      if (known == null) {
        return 1;
      }
      final double failures = known.at(nowNs, most);
      return failures < 1 ? 0 : failures / most;
    }

    void take(final Object whose, final long nowNs) {
      final Left known = left.computeIfAbsent(whose, key -> new Left(most, nowNs));
      known.failures = Math.max(0, known.at(nowNs, most) - 1);
      known.sinceNs = nowNs;
    }
  }

  /** What one has left, at a time. */
  private static final class Left {
    private double failures;
    private long sinceNs;

    Left(final double failures, final long sinceNs) {
      this.failures = failures;
      this.sinceNs = sinceNs;
    }

    double at(final long nowNs, final int most) {
      return Math.min(most, failures + Math.max(0, nowNs - sinceNs) / HOUR_NS * most);
    }
  }
}
