package dev.conductor.media.api;

import java.util.List;

/**
 * What the focus asks of media. Asking never waits: every method but {@link #plan} returns false
 * when the queue to the agent is full; a counter tells.
 *
 * <p>Session and call ids are the caller's own choice, positive and never used again.
 *
 * @threading the conductor.
 * @allocation a few objects a command.
 */
public interface MediaCommands {
  /**
   * Opens a session in the lobby of the least loaded agent. {@link MediaEvents#onOpened} tells its
   * port, or {@link MediaEvents#onOpenFailed} why there is none.
   *
   * @return false when the hatch is full
   */
  boolean open(long sessionId, RtpSessionSpec spec);

  /**
   * Changes address, payload types or direction of an open session; its port stays.
   *
   * @return false when the hatch is full
   */
  boolean update(long sessionId, RtpSessionSpec spec);

  /**
   * Hands a session from the lobby to its call's home agent, once, and not before {@link
   * MediaEvents#onOpened} told of it. From then on plans of that call rule it.
   *
   * @return false when the hatch is full
   */
  boolean admit(long sessionId, long callId);

  /**
   * Closes a session; its port goes into quarantine. {@link MediaEvents#onClosed} follows.
   *
   * @return false when the hatch is full; ends are kept room for, so this means a fault
   */
  boolean close(long sessionId);

  /** Puts a plan in force at the next tick of the call's home agent. Latest wins; never refused. */
  void plan(MixPlan plan);

  /** Forgets a call whose sessions are closed. */
  void endCall(long callId);

  /**
   * Plays clips one after the other to one session, over his room ducked by 12 dB, in place of what
   * is playing. {@link MediaEvents#onPromptEnded} tells the end, not when another replaced it.
   *
   * @param clips names of clips, as {@code prompts/<language>/<name>.wav}; an unknown one is left
   *     out and counted
   * @param tag comes back with the event
   * @return false when the hatch is full
   */
  boolean prompt(long sessionId, List<String> clips, long tag);

  /**
   * Plays clips to one session after those that are playing, as {@link #prompt} does.
   *
   * @param gainSteps of the clips, -4..4 steps of 3 dB
   * @return false when the hatch is full
   */
  boolean queuePrompt(long sessionId, List<String> clips, int gainSteps, long tag);

  /**
   * Plays a clip to everybody in a call, whatever else they hear, in place of one that is playing;
   * the two cross within 20 ms.
   *
   * @param clip its name; an unknown one is counted, and nothing is changed
   * @param gainSteps of the clip, -4..4 steps of 3 dB
   * @param loops whether it begins again when it ends
   * @return false when the hatch is full
   */
  boolean play(long callId, String clip, int gainSteps, boolean loops);

  /**
   * Stops what is played to everybody in a call, if anything is.
   *
   * @return false when the hatch is full
   */
  boolean stopPlay(long callId);

  /**
   * Stops the prompt of a session, if one plays.
   *
   * @return false when the hatch is full
   */
  boolean stopPrompt(long sessionId);
}
