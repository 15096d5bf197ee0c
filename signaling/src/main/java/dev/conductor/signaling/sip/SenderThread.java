package dev.conductor.signaling.sip;

/** A thread of ours that may wait for one peer: the only kind that opens connections. */
final class SenderThread extends Thread {
  SenderThread(final ThreadGroup group, final Runnable work, final String name) {
    super(group, work, name);
    setDaemon(true);
  }
}
