package dev.conductor.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * CPU time of a process by what its threads are called, numbers left out, as Linux tells it in
 * {@code /proc/<pid>/task}. Immutable.
 *
 * @param microseconds by name
 */
record ThreadTimes(Map<String, Long> microseconds) {
  private static final long TICK_US = 10_000;
  private static final int USER_FIELD = 11;

  /** Reads them now. */
  static ThreadTimes of(final long pid) throws IOException {
    final Map<String, Long> times = new TreeMap<>();
    final List<Path> tasks;
    try (Stream<Path> found = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      tasks = found.toList();
    }
    for (final Path task : tasks) {
      try {
        final String text = Files.readString(task.resolve("stat"));
        final int end = text.lastIndexOf(')');
        final String name = text.substring(text.indexOf('(') + 1, end).replaceAll("[-#\\d]*$", "");
        final String[] fields = text.substring(end + 2).split(" ");
        final long ticks =
            Long.parseLong(fields[USER_FIELD]) + Long.parseLong(fields[USER_FIELD + 1]);
        times.merge(name.strip(), TICK_US * ticks, Long::sum);
      } catch (final NoSuchFileException ended) {
        // A thread that ended meanwhile has no time any more.
        continue;
      }
    }
    return new ThreadTimes(times);
  }

  /** The largest of what was used since, as shares of so much in all. */
  String since(final ThreadTimes before, final long totalUs, final int most) {
    final Map<String, Long> used = new LinkedHashMap<>();
    microseconds.forEach(
        (name, us) -> used.put(name, us - before.microseconds.getOrDefault(name, 0L)));
    return used.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(most)
        .map(entry -> entry.getKey() + ' ' + Math.round(100.0 * entry.getValue() / totalUs) + " %")
        .collect(Collectors.joining(", "));
  }
}
