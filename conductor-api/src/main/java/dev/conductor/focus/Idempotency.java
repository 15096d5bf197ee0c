package dev.conductor.focus;

import dev.conductor.command.Accepted;
import dev.conductor.command.Command;
import dev.conductor.command.CommandGate.Reply;
import dev.conductor.command.IdempotencyKey;
import dev.conductor.config.HttpConfig;
import dev.conductor.model.Snapshots;
import dev.conductor.store.Change;
import dev.conductor.store.KeptAnswer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Knows a command again by its key: a repeat is answered as the first was, and nothing is done. An
 * answer is stored with the change it speaks of and kept for {@value #KEPT_HOURS} hours. The
 * conductor only.
 *
 * <p>Bounded in all and for each conference; when full, a command with a new key is refused, so
 * that none whose repeat would not be known is carried out.
 */
final class Idempotency {
  static final int KEPT_HOURS = 24;
  private static final long KEPT_MS = TimeUnit.HOURS.toMillis(KEPT_HOURS);
  private static final long EXPIRE_EVERY_MS = TimeUnit.MINUTES.toMillis(1);
  private static final int CHARACTERS_A_KEY = 256;

  /** Oldest first. */
  private final Map<KeptAnswer.Key, Entry> entries = new LinkedHashMap<>();

  private final Map<String, Integer> weights = new HashMap<>();
  private final Map<String, Long> formerCalls = new HashMap<>();
  private final HttpConfig.Idempotency limits;
  private final Turn turn;
  private final Snapshots snapshots;
  private final FocusCounters counters;
  private int weight;
  private long lastExpiryMs;

  /** Begins with what earlier runs kept, oldest first. */
  Idempotency(
      final HttpConfig.Idempotency limits,
      final Turn turn,
      final Snapshots snapshots,
      final FocusCounters counters,
      final List<KeptAnswer> kept) {
    this.limits = limits;
    this.turn = turn;
    this.snapshots = snapshots;
    this.counters = counters;
    for (final KeptAnswer answer : kept) {
      put(new Entry(answer));
      final String callUid = answer.callUid();
      if (!callUid.isEmpty()) {
        formerCalls.put(callUid, answer.timeMs());
        snapshots.addFormerCall(callUid, answer.key().conferenceUid());
      }
    }
  }

  /**
   * Answers a command that is not to be executed: a repeat, a key used for something else, a key
   * there is no room for.
   *
   * @return false when it is to be executed
   */
  boolean answers(final Command command, final Reply reply) {
    final IdempotencyKey key = command.origin().key().orElse(null);
    if (key == null) {
      return false;
    }
    expire();
    final Entry known = entries.get(keyOf(command, key));
    if (known == null) {
      final String refusal = refusal(key.conferenceUid());
      if (!refusal.isEmpty()) {
        counters.increment(FocusCounter.KEYS_REFUSED);
        turn.answer(reply, Accepted.notNow(refusal), false);
      }
      return !refusal.isEmpty();
    }
    if (known.kept.digest().equals(key.digest())) {
      counters.increment(FocusCounter.COMMANDS_REPEATED);
      // Answers go out in the order of their turns: by then the first one's is known.
      turn.answer(answer -> reply.onAnswer(known.answer), known.answer, false);
    } else {
      counters.increment(FocusCounter.KEYS_CONFLICTING);
      turn.answer(
          reply, Accepted.conflict("Idempotency-Key: used before with other parameters"), false);
    }
    return true;
  }

  /**
   * Remembers what was decided on a command that has a key.
   *
   * @return to whom the answer goes now
   */
  Reply remember(final Command command, final Accepted accepted, final Reply reply) {
    final IdempotencyKey key = command.origin().key().orElse(null);
    if (key == null || accepted.kind() != Accepted.Kind.DECIDED) {
      return reply;
    }
    final Entry entry =
        new Entry(
            new KeptAnswer(
                keyOf(command, key),
                key.digest(),
                command instanceof Command.OnCall onCall ? onCall.callUid() : "",
                turn.nowMs(),
                accepted.isTrue(),
                accepted.message(),
                accepted.seq()));
    put(entry);
    turn.keep(new Change.AnswerKept(entry.kept));
    return answer -> {
      entry.answer = answer;
      if (answer.kind() != Accepted.Kind.DECIDED) {
        forget(entry);
      }
      reply.onAnswer(answer);
    };
  }

  /** Forgets what is due, now and then; answers how much that was. */
  int run() {
    if (turn.nowMs() - lastExpiryMs < EXPIRE_EVERY_MS) {
      return 0;
    }
    lastExpiryMs = turn.nowMs();
    return expire();
  }

  private int expire() {
    final long untilMs = turn.nowMs() - KEPT_MS;
    int expired = 0;
    final Iterator<Entry> oldest = entries.values().iterator();
    while (oldest.hasNext()) {
      final Entry entry = oldest.next();
      if (entry.kept.timeMs() > untilMs) {
        break;
      }
      oldest.remove();
      weigh(entry, -1);
      if (formerCalls.remove(entry.kept.callUid(), entry.kept.timeMs())) {
        snapshots.forgetFormerCall(entry.kept.callUid());
      }
      expired++;
    }
    if (expired > 0) {
      turn.keep(new Change.AnswersExpired(untilMs));
    }
    return expired;
  }

  private String refusal(final String conferenceUid) {
    final String what;
    if (weight >= limits.idempotencyKeys()) {
      what = "all of this server";
    } else if (weights.getOrDefault(conferenceUid, 0) >= limits.idempotencyKeysPerConference()) {
      what = "all of this conference";
    } else {
      return "";
    }
    return "Idempotency-Key: no room for a new one, "
        + what
        + " are in use for "
        + KEPT_HOURS
        + " hours; nothing was done";
  }

  private void put(final Entry entry) {
    final Entry before = entries.put(entry.kept.key(), entry);
    if (before != null) {
      weigh(before, -1);
    }
    weigh(entry, 1);
  }

  private void forget(final Entry entry) {
    if (entries.remove(entry.kept.key(), entry)) {
      weigh(entry, -1);
    }
  }

  private void weigh(final Entry entry, final int sign) {
    final int own = sign * (1 + entry.kept.message().length() / CHARACTERS_A_KEY);
    weight += own;
    weights.merge(
        entry.kept.key().conferenceUid(),
        own,
        (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b));
  }

  private static KeptAnswer.Key keyOf(final Command command, final IdempotencyKey key) {
    return new KeptAnswer.Key(key.conferenceUid(), command.origin().command(), key.key());
  }

  /** What was decided; not what was told while the commit is still waited for. */
  private static final class Entry {
    private final KeptAnswer kept;
    private Accepted answer;

    Entry(final KeptAnswer kept) {
      this.kept = kept;
      this.answer = new Accepted(kept.isTrue(), kept.message(), kept.seq());
    }
  }
}
