package dev.conductor.demo;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Keys as RTP events (RFC 4733, section 2.5): 100 ms each, the end told three times, at least 80 ms
 * between two. The pool's thread only.
 */
final class KeySender {
  private static final String KEYS = "0123456789*#ABCD";
  private static final int KEY_SAMPLES = 800;
  private static final int PAUSE_SAMPLES = 640;
  private static final int END_REPETITIONS = 2;

  private final Queue<Key> waiting = new ArrayDeque<>();
  private final Sink sink;
  private Key current;
  private int startTimestamp;
  private int soundedSamples;
  private int pauseLeftSamples;
  private int endsLeft;

  KeySender(final Sink sink) {
    this.sink = sink;
  }

  /** Takes event payloads. */
  @FunctionalInterface
  interface Sink {
    /**
     * Sends one event packet.
     *
     * @param timestamp when the key went down
     * @param event its number
     * @param durationSamples how long it has been down
     */
    void send(int timestamp, int event, boolean end, int durationSamples, boolean first);
  }

  /** Whether this can be keyed. */
  static boolean isKey(final char key) {
    return KEYS.indexOf(key) >= 0;
  }

  /** Puts keys behind those that wait; {@code done} follows the pause behind the last one. */
  void add(final String keys, final CompletableFuture<Void> done) {
    for (int i = 0; i < keys.length(); i++) {
      final boolean last = i == keys.length() - 1;
      waiting.add(new Key(KEYS.indexOf(keys.charAt(i)), last ? done : null));
    }
  }

  /**
   * Does what is due in one packet's time.
   *
   * @param timestamp of the packet that would be sent now
   * @return true while a key is down: no sound is sent then
   */
  boolean onInterval(final int timestamp, final int intervalSamples) {
    if (pauseLeftSamples > 0) {
      pauseLeftSamples -= intervalSamples;
      if (endsLeft > 0) {
        endsLeft--;
        sink.send(startTimestamp, current.event(), true, soundedSamples, false);
      }
      if (pauseLeftSamples <= 0) {
        current.finish();
        current = null;
      }
      return false;
    }
    final boolean first = current == null;
    if (first) {
      current = waiting.poll();
      if (current == null) {
        return false;
      }
      startTimestamp = timestamp;
      soundedSamples = 0;
    }
    soundedSamples += intervalSamples;
    final boolean end = soundedSamples >= KEY_SAMPLES;
    sink.send(startTimestamp, current.event(), end, soundedSamples, first);
    if (end) {
      pauseLeftSamples = PAUSE_SAMPLES;
      endsLeft = END_REPETITIONS;
    }
    return true;
  }

  /** The call is over: nothing that waits will be keyed. */
  void abandon() {
    if (current != null) {
      waiting.add(current);
      current = null;
    }
    for (Key key = waiting.poll(); key != null; key = waiting.poll()) {
      key.fail();
    }
  }

  /** A key and who waits for it. */
  private record Key(int event, CompletableFuture<Void> done) {
    void fail() {
      if (done != null) {
        done.completeExceptionally(new IllegalStateException("the call is over"));
      }
    }

    void finish() {
      if (done != null) {
        done.complete(null);
      }
    }
  }
}
