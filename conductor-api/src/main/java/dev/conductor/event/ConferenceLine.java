package dev.conductor.event;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A conference's calls in a row, for readers that stay from call to call. Written by the conductor,
 * read by any thread.
 */
public final class ConferenceLine {
  private final Set<Runnable> wakers = ConcurrentHashMap.newKeySet();

  /** Of the call that is up, or empty and waiting for the next. */
  private volatile CallLink current = new CallLink();

  ConferenceLine() {}

  /** The link of the call that is up, else the empty one that the next call will fill. */
  public CallLink current() {
    return current;
  }

  /** Like {@link CallLog#addReader}, for all calls of the conference. */
  public void addReader(final Runnable waker) {
    wakers.add(waker);
  }

  /** Undoes {@link #addReader}. */
  public void removeReader(final Runnable waker) {
    wakers.remove(waker);
  }

  /** The conductor only. */
  void open(final CallLog log) {
    current.log().filter(up -> up != log).ifPresent(this::close);
    current.fill(log);
  }

  /** The conductor only. */
  void close(final CallLog log) {
    log.close();
    if (current.log().filter(up -> up == log).isPresent()) {
      current = log.next();
    }
  }

  /** The conductor only. */
  void wake() {
    wakers.forEach(Runnable::run);
  }
}
