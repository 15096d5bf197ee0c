package dev.conductor.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The CPU time that a process has used so far, all its threads together, as Linux tells it in
 * {@code /proc/<pid>/stat} (fields 14 and 15, utime and stime, in hundredths of a second: of a
 * window of 20 s and a core half busy that is 0.1 %). Immutable.
 *
 * @param userUs spent in the program, microseconds
 * @param systemUs spent in the kernel for it, microseconds
 */
record CpuTime(long userUs, long systemUs) {
  private static final long TICK_US = 10_000;
  private static final int USER_FIELD = 11;

  /** Reads it now. */
  static CpuTime of(final long pid) throws IOException {
    final byte[] line = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "stat"));
    final String text = new String(line, StandardCharsets.UTF_8);
    // The program's name, in brackets, may hold blanks; the state follows it as field 3.
    final String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
    return new CpuTime(
        TICK_US * Long.parseLong(fields[USER_FIELD]),
        TICK_US * Long.parseLong(fields[USER_FIELD + 1]));
  }

  /** What was used since. */
  CpuTime since(final CpuTime before) {
    return new CpuTime(userUs - before.userUs, systemUs - before.systemUs);
  }

  /** Both together, microseconds. */
  long totalUs() {
    return userUs + systemUs;
  }
}
