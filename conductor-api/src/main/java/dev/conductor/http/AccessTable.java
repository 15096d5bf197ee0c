package dev.conductor.http;

import dev.conductor.query.AccountRenderer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The functions of {@code /_access}, one row each. A new function is a new row in the class of its
 * object. Immutable; any thread.
 */
public final class AccessTable {
  private final Map<String, AccessFunction> functions;

  private AccessTable(final Stream<List<AccessFunction>> groups) {
    this.functions =
        groups
            .flatMap(List::stream)
            .collect(
                Collectors.toMap(
                    AccessFunction::name, Function.identity(), (one, other) -> one, TreeMap::new));
  }

  /**
   * The table.
   *
   * @param renderer writes the answers to questions
   * @param limits what may be asked for
   * @param contents what answers show of conferences
   * @param records reads calls that are over
   */
  public static AccessTable of(
      final AccountRenderer renderer,
      final AccountLimits limits,
      final AccountContents contents,
      final RecordFunctions records) {
    return new AccessTable(
        Stream.of(
            AccountReads.rows(renderer, limits, contents),
            records.rows(),
            CustomerFunctions.rows(),
            new BookingFunctions(limits).rows(),
            HostFunctions.rows(),
            PersonFunctions.rows()));
  }

  /** The function of this name, spelled exactly so. */
  Optional<AccessFunction> find(final String name) {
    return Optional.ofNullable(functions.get(name));
  }

  /** All functions, by name. */
  Collection<AccessFunction> all() {
    return List.copyOf(functions.values());
  }
}
