package dev.conductor.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process keeps in memory. Immutable.
 *
 * @param heapBytes objects in use after a full collection; 0 for what is no JVM
 * @param residentBytes pages it has, as Linux tells it in {@code /proc/<pid>/status}
 */
record MemoryUse(long heapBytes, long residentBytes) {
  private static final long KIB = 1_024;

  /** Of any process. */
  static MemoryUse resident(final long pid) throws IOException {
    for (final String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return new MemoryUse(0, KIB * Long.parseLong(line.split("\\s+")[1]));
      }
    }
    throw new IOException("process " + pid + " does not tell what it keeps");
  }

  /** Of a JVM; it collects its heap for this. */
  static MemoryUse jvm(final long pid) throws IOException {
    final Process counting =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    final String page =
        new String(counting.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    for (final String line : page.split("\n")) {
      if (line.startsWith("Total")) {
        return new MemoryUse(
            Long.parseLong(line.trim().split("\\s+")[2]), resident(pid).residentBytes());
      }
    }
    throw new IOException("the heap cannot be counted: " + page);
  }

  /** What was added since, a call, in KiB: heap and resident. */
  String kibSince(final MemoryUse before, final int calls) {
    final long heap = (heapBytes - before.heapBytes) / KIB / calls;
    final long resident = (residentBytes - before.residentBytes) / KIB / calls;
    return (heapBytes == 0 ? "" : "heap " + heap + " KiB, ") + "resident " + resident + " KiB";
  }
}
