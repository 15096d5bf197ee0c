package dev.conductor.model;

/**
 * An audio clip that may be played in a conference. Immutable.
 *
 * @param uid stable by path
 * @param name its file's name without the ending
 * @param value its path, relative to the audio folder, with forward slashes
 */
public record Audio(String uid, String name, String value) {
  private static final String CLIPS = "audio/";

  /** The name of its sound among all clips; no prompt has such a name. */
  public String clipName() {
    return CLIPS + uid;
  }
}
