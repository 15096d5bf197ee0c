package dev.conductor.media.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Two hundred callers in the first five seconds after a start. */
class FirstSecondsTest {
  private static final int FIRST_PORT = 8_000;
  private static final int PORT_RANGES = 4;

  /** While the machine is busy with something else it is looked at again. */
  private static final int RUNS = 8;

  private static final int TELLING = 3;

  private static final int CALLERS = 200;

  /** What one process told. */
  private record Start(int callers, long skipped, long agentsNs, long bareNs, long cpuNs) {
    /** A machine that keeps even a bare thread waiting so long says nothing about us. */
    boolean tells() {
      return bareNs < Stage.TICK_NS / 4;
    }
  }

  @Test
  void shouldSeeNoLateTickThoughTwoHundredDialAtOnceAfterTheStart() throws Exception {
    final List<Start> starts = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      final Start start = start(1_000);
      System.out.println("first seconds: " + start);
      starts.add(start);
      assertThat(start.callers()).isEqualTo(CALLERS);
      if (isPunctual(start)) {
        return;
      }
    }
    assumeThat(starts).as("starts at which the machine had time").anyMatch(Start::tells);
    assertThat(starts).filteredOn(Start::tells).anyMatch(FirstSecondsTest::isPunctual);
  }

  private static boolean isPunctual(final Start start) {
    return start.skipped() == 0 && start.agentsNs() - start.bareNs() < Stage.TICK_NS;
  }

  private static Start start(final int warmUpMs) throws Exception {
    final int firstPort = FIRST_PORT + 1_000 * ThreadLocalRandom.current().nextInt(PORT_RANGES);
    final Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-exports",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-exports",
                "java.base/sun.nio.ch=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                FirstSecondsMain.class.getName(),
                Integer.toString(firstPort),
                Integer.toString(warmUpMs))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    final String told =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(told).isZero();
    final String[] words = told.split(" ");
    return new Start(
        Integer.parseInt(words[0]),
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]),
        Long.parseLong(words[4]));
  }
}
