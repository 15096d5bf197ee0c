package dev.conductor.http;

import java.io.IOException;
import java.io.OutputStream;

/** Reads what is kept and writes it as it comes, over a connection of its own. Any thread. */
@FunctionalInterface
public interface ExportSource {
  /**
   * Writes the whole document; waits. The stream stays open.
   *
   * @throws IOException when the stream takes no more
   * @throws RuntimeException when what is kept cannot be read
   */
  void write(ExportOrder order, OutputStream to) throws IOException;
}
