package dev.conductor.http;

import dev.conductor.model.Belongings;
import dev.conductor.model.BelongingsSource;
import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.Person;
import dev.conductor.model.PersonSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What answers show of conferences that only the store has. Each is completed on the thread of the
 * store's reader, or fails with the {@link Refusal} to answer. Any thread.
 *
 * @param persons reads persons
 * @param uids reads what else belongs to conferences
 */
public record AccountContents(PersonSource persons, BelongingsSource uids) {
  /** The persons of a conference. */
  CompletionStage<List<Person>> personsOf(final ConferenceSnapshot of) {
    return read(to -> persons.read(of.conference().uid(), to));
  }

  /** What belongs to each of these, by its UID. */
  CompletionStage<Map<String, Belongings>> of(final List<ConferenceSnapshot> all) {
    final List<String> wanted = all.stream().map(one -> one.conference().uid()).toList();
    return read(to -> uids.readUids(wanted, to));
  }

  /** What belongs to a conference. */
  CompletionStage<Belongings> of(final ConferenceSnapshot one) {
    return of(List.of(one))
        .thenApply(found -> found.getOrDefault(one.conference().uid(), Belongings.NONE));
  }

  private static <T> CompletionStage<T> read(final Predicate<Consumer<Optional<T>>> question) {
    final CompletableFuture<T> read = new CompletableFuture<>();
    final boolean taken =
        question.test(
            found ->
                found.ifPresentOrElse(read::complete, () -> read.completeExceptionally(unread())));
    return taken ? read : CompletableFuture.failedFuture(unread());
  }

  private static Refusal unread() {
    return Refusal.server(
        "server: what belongs to the conference cannot be read just now",
        HttpCounter.COMMANDS_BUSY);
  }
}
