package dev.conductor.model;

import java.util.List;

/**
 * Callers grouped for sound (RFC 4353, section 4.5: sidebar). Immutable.
 *
 * @param uid unique in its call
 * @param callUid its call
 * @param name its name
 * @param callers UIDs of those in it, in order of coming in
 * @param isPrivate whether it does not hear the hosts' mics
 * @param data the host page's own payload
 * @param ownAttention the group's own flag, apart from its callers' hands
 * @param ownAttentionMs Unix time it was set, {@link Times#NONE} while not
 * @param attention its own flag or any hand in it
 * @param attentionMs its own time or the oldest hand's, {@link Times#NONE} for none
 * @param assisted whether a PRESENTER or ASSISTANT sits in it
 * @param lastAssistedMs when the last one left; 0 while one is there, {@link Times#NONE} if never
 */
public record Breakout(
    String uid,
    String callUid,
    String name,
    List<String> callers,
    boolean isPrivate,
    String data,
    boolean ownAttention,
    long ownAttentionMs,
    boolean attention,
    long attentionMs,
    boolean assisted,
    long lastAssistedMs)
    implements EventTarget {
  /** Copies the list. */
  public Breakout {
    callers = List.copyOf(callers);
  }
}
