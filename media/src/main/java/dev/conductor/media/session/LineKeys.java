package dev.conductor.media.session;

import dev.conductor.media.api.MediaKeys;
import dev.conductor.media.rtp.SrtpProfile;
import dev.conductor.media.rtp.SrtpReceiver;
import dev.conductor.media.rtp.SrtpSender;

/**
 * What {@link MediaKeys} come to, made ready before a media agent sees it: setting up a cipher
 * takes locks of the platform's.
 *
 * @threading made by the conductor, then owned by one media agent at a time.
 * @allocation about 30 KiB at construction.
 */
public final class LineKeys {
  /** A line in the clear. */
  public static final LineKeys NONE = new LineKeys(null, null, null);

  final MediaKeys keys;
  final SrtpSender sender;
  final SrtpReceiver receiver;

  private LineKeys(final MediaKeys keys, final SrtpSender sender, final SrtpReceiver receiver) {
    this.keys = keys;
    this.sender = sender;
    this.receiver = receiver;
  }

  /**
   * Of these keys.
   *
   * @param keys null for a line in the clear
   * @throws IllegalArgumentException when the profile is unknown or a key is not of its length
   */
  public static LineKeys of(final MediaKeys keys) {
    if (keys == null) {
      return NONE;
    }
    final SrtpProfile profile = SrtpProfile.valueOf(keys.profile());
    return new LineKeys(
        keys, new SrtpSender(profile, keys.local()), new SrtpReceiver(profile, keys.remote()));
  }
}
