package dev.conductor.command;

/** Where commands are handed in. Any thread; never waits. */
public interface CommandGate {
  /**
   * Hands a command to the conductor.
   *
   * @param reply is called once, on the conductor's thread, after what changed was committed
   * @return false when the hatch takes no new work: answer {@code FALSE,busy}; reply is not called
   */
  boolean offer(Command command, Reply reply);

  /** Takes the answer. Called on the conductor's thread: hand on and return. */
  @FunctionalInterface
  interface Reply {
    /** The answer. */
    void onAnswer(Accepted answer);
  }
}
