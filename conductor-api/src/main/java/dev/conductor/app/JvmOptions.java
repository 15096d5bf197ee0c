package dev.conductor.app;

import java.lang.management.ManagementFactory;
import java.util.List;

/** Compares how the JVM was started with {@code config/jvm.options}. Any thread. */
final class JvmOptions {
  private static final List<String> WANTED =
      List.of(
          "-XX:+UseZGC",
          "-XX:+AlwaysPreTouch",
          "-XX:+PerfDisableSharedMem",
          "-XX:+ExitOnOutOfMemoryError");

  private JvmOptions() {}

  /** The options of that file that this JVM was started without. */
  static List<String> missing() {
    final List<String> given = ManagementFactory.getRuntimeMXBean().getInputArguments();
    return WANTED.stream().filter(option -> !given.contains(option)).toList();
  }
}
