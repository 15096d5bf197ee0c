package dev.conductor.system;

import java.io.IOException;

/** A phone that others made, without a screen or a sound card. */
interface RealPhone extends AutoCloseable {
  /** Dials the demo's number at this SIP port of the loopback; comes back when it is answered. */
  void dial(int sipPort) throws IOException;

  /** Presses keys, one after the other, as RTP events. */
  void key(String digits) throws IOException;

  /** Hangs up. */
  void hangUp() throws IOException;

  /** What it has heard in its call so far. */
  Recording heard();

  /** What the program has said. */
  String output();

  @Override
  void close();
}
