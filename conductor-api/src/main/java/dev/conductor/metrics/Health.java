package dev.conductor.metrics;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Whether the server lives and whether it is ready for work, as two small pages of text. Alive: the
 * conductor's turns go on. Ready: no part has a complaint. Any thread.
 */
public final class Health {
  /** A conductor that has made no turn for this long counts as stuck. */
  private static final long STUCK_MS = 5_000;

  private final LongSupplier turns;
  private final LongSupplier clockMs;
  private final AtomicReference<Seen> seen;
  private final Map<String, Supplier<Optional<String>>> checks = new ConcurrentSkipListMap<>();

  /**
   * Watches a conductor.
   *
   * @param turns how many turns it has made
   * @param clockMs a clock that only goes forward, in milliseconds
   */
  public Health(final LongSupplier turns, final LongSupplier clockMs) {
    this.turns = turns;
    this.clockMs = clockMs;
    this.seen = new AtomicReference<>(new Seen(turns.getAsLong(), clockMs.getAsLong()));
  }

  /**
   * Adds a part that must work for the server to be ready.
   *
   * @param part its name, e.g. {@code store}
   * @param complaint why it does not work, empty when it does
   */
  public void addCheck(final String part, final Supplier<Optional<String>> complaint) {
    checks.put(part, complaint);
  }

  /** 200 while the conductor's turns go on, else 503: restart the server. */
  public Answer alive() {
    final long nowMs = clockMs.getAsLong();
    final long turn = turns.getAsLong();
    final Seen last = seen.get();
    if (turn != last.turn) {
      seen.compareAndSet(last, new Seen(turn, nowMs));
      return new Answer(200, "alive\n");
    }
    final long stillMs = nowMs - last.atMs;
    return stillMs < STUCK_MS
        ? new Answer(200, "alive\n")
        : new Answer(503, "conductor: no turn for " + stillMs + " ms\n");
  }

  /** 200 when the server lives and no part complains, else 503 with one line a complaint. */
  public Answer ready() {
    final StringBuilder complaints = new StringBuilder();
    final Answer alive = alive();
    if (alive.status() != 200) {
      complaints.append(alive.text());
    }
    checks.forEach(
        (part, check) ->
            check
                .get()
                .ifPresent(
                    why -> complaints.append(part).append(": ").append(oneLine(why)).append('\n')));
    return complaints.isEmpty()
        ? new Answer(200, "ready\n")
        : new Answer(503, complaints.toString());
  }

  private static String oneLine(final String text) {
    return text.replaceAll("\\s+", " ").trim();
  }

  /**
   * A page. Immutable.
   *
   * @param status of HTTP: 200 or 503
   * @param text plain text, UTF-8
   */
  public record Answer(int status, String text) {}

  /** When a turn was first seen. */
  private record Seen(long turn, long atMs) {}
}
