package dev.conductor.signaling.sip;

import java.io.IOException;
import java.io.OutputStream;

/** A connection of ours, TCP or TLS. Threads: any. */
interface FencedConnection {
  /** Where to write; never waits. */
  OutputStream getOutputStream() throws IOException;

  /** Sends what waits, then closes. */
  void closeWhenDrained();

  /** Closes; a failure to do so is only counted. */
  void closeQuietly();
}
