package dev.conductor.bench.load;

import dev.conductor.app.Main;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The server as the load generator starts it: it ends when whoever started it is gone. */
public final class ServerMain {
  private ServerMain() {}

  /** Takes the arguments of {@link Main}; the end of standard input ends the process. */
  public static void main(final String... arguments) {
    final Thread watch = new Thread(ServerMain::watchInput, "starter-watch");
    watch.setDaemon(true);
    watch.start();
    Main.main(arguments);
  }

  private static void watchInput() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is said on this line; only its end counts.
        continue;
      }
      System.exit(0);
    } catch (final IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
