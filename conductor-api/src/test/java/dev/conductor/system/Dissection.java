package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What tshark reads in a capture. */
final class Dissection {
  private static final long PATIENCE_MS = 60_000;
  private static final String UNASKED = "Running as user";

  private final Path folder;
  private final Path program;
  private final Path capture;

  Dissection(final Path folder, final Path capture) {
    this.folder = folder;
    this.capture = capture;
    program = ForeignTool.find("tshark", "tshark");
  }

  /** One line for each packet that passes tshark's display filter: the values of these fields. */
  List<String> lines(final String filter, final String... fields) throws Exception {
    final List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "-n",
                "-Q",
                "-r",
                capture.toString(),
                "-Y",
                filter,
                "-T",
                "fields"));
    for (final String field : fields) {
      command.addAll(List.of("-e", field));
    }
    try (ForeignTool tool = ForeignTool.start(folder, command)) {
      final int exitCode = tool.exitCode(PATIENCE_MS);
      assertThat(exitCode).as(tool.output()).isZero();
      return tool.output().lines().filter(line -> !line.contains(UNASKED)).toList();
    }
  }
}
