package dev.conductor.media.play;

import java.io.IOException;

/**
 * A WAV file that cannot be taken; the message names the file and what is wrong with it.
 *
 * @threading any; not for media agents.
 * @allocation itself.
 */
public final class WavException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong with which file. */
  WavException(final String name, final String fault) {
    super(name + ": " + fault);
  }
}
