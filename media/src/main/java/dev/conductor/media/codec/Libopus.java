package dev.conductor.media.codec;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The calls of the system's libopus. Those of the packet path are mapped directly and take numbers
 * alone, addresses included, so that a call leaves nothing on the heap. Names and numbers are those
 * of {@code opus.h} and {@code opus_defines.h}.
 *
 * @threading a state belongs to one thread at a time; the library has none of its own.
 * @allocation none a call, but what sets an encoder up.
 */
final class Libopus {
  /**
   * The library's call of any number of arguments, which cannot be mapped directly.
   *
   * @threading as the library.
   * @allocation a little a call.
   */
  interface Controls extends Library {
    /** Sets one value of an encoder. */
    int opus_encoder_ctl(long encoder, int request, Object... value);
  }

  static final int CHANNELS = 1;
  static final int APPLICATION_VOIP = 2_048;
  static final int BANDWIDTH_NARROWBAND = 1_101;
  static final int SIGNAL_VOICE = 3_001;
  static final int SET_BITRATE = 4_002;
  static final int SET_MAX_BANDWIDTH = 4_004;
  static final int SET_COMPLEXITY = 4_010;
  static final int SET_INBAND_FEC = 4_012;
  static final int SET_PACKET_LOSS_PERC = 4_014;
  static final int SET_SIGNAL = 4_024;
  static final int RESET_STATE = 4_028;

  private static final int ADDRESS_BYTES = 8;

  private Libopus() {}

  /**
   * Binds the calls to the first library that is found under one of these names.
   *
   * @throws LinkageError when there is none, or calls are missing in it
   */
  static Controls bind(final Iterable<String> names) {
    if (Native.POINTER_SIZE != ADDRESS_BYTES) {
      throw new UnsatisfiedLinkError("not a 64-bit system");
    }
    UnsatisfiedLinkError last = new UnsatisfiedLinkError("no name to look for");
    for (final String name : names) {
      try {
        final NativeLibrary library = NativeLibrary.getInstance(name);
        Native.register(Libopus.class, library);
        return Native.load(name, Controls.class);
      } catch (final UnsatisfiedLinkError absent) {
        last = absent;
      }
    }
    throw last;
  }

  static native String opus_get_version_string();

  static native int opus_decoder_get_size(int channels);

  static native int opus_decoder_init(long decoder, int rateHz, int channels);

  static native int opus_decode(
      long decoder, long packet, int bytes, long pcm, int samples, int fec);

  static native int opus_encoder_get_size(int channels);

  static native int opus_encoder_init(long encoder, int rateHz, int channels, int application);

  static native int opus_encode(long encoder, long pcm, int samples, long packet, int maxBytes);

  /** The call without a value: nothing of it is variable then. */
  static native int opus_encoder_ctl(long encoder, int request);
}
