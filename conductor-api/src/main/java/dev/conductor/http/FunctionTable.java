package dev.conductor.http;

import dev.conductor.query.Renderer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The functions of {@code /_conference}, one row each: name, method, parameters, what is said of
 * it, action. A new function is a new row in the class of its object. Immutable; any thread.
 */
public final class FunctionTable {
  private final Map<String, ApiFunction> functions;

  private FunctionTable(final Stream<List<ApiFunction>> groups) {
    this.functions =
        groups
            .flatMap(List::stream)
            .collect(
                Collectors.toMap(
                    ApiFunction::name, Function.identity(), (one, other) -> one, TreeMap::new));
  }

  /**
   * The table.
   *
   * @param renderer writes the answers to questions
   */
  public static FunctionTable of(final Renderer renderer) {
    return new FunctionTable(
        Stream.of(
            ReadFunctions.rows(renderer),
            CallFunctions.rows(),
            CallerFunctions.rows(),
            BreakoutFunctions.rows(),
            TagFunctions.rows(),
            ConferenceFunctions.rows(),
            AudioFunctions.rows(),
            BulkFunctions.rows(renderer)));
  }

  /** The function of this name, spelled exactly so. */
  Optional<ApiFunction> find(final String name) {
    return Optional.ofNullable(functions.get(name));
  }

  /** All functions, by name. */
  Collection<ApiFunction> all() {
    return List.copyOf(functions.values());
  }
}
