package dev.conductor.media.codec;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What codes Opus here: the system's libopus, or where there is none Concentus, a translation of it
 * into Java, which is slower and allocates. Which of them it is, and why, is for the start to tell.
 *
 * @threading immutable; any.
 * @allocation coders, where one is asked for.
 */
public final class OpusLibrary {
  /** Before 1.3 a voice needed more bits for the same bandwidth. */
  private static final int LEAST_MAJOR = 1;

  private static final int LEAST_MINOR = 3;

  /** As a linker's name, and as files are called where only the library itself is installed. */
  private static final List<String> NAMES = List.of("opus", "libopus.so.0", "libopus-0", "opus-0");

  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\S*");

  /** The manifest of Concentus says none; it is the one of the build. */
  private static final String CONCENTUS_VERSION = "1.0.2";

  private static final OpusLibrary SYSTEM = find(NAMES);

  private final String version;
  private final String reason;
  private final Libopus.Controls controls;

  private OpusLibrary(final String version, final String reason, final Libopus.Controls controls) {
    this.version = version;
    this.reason = reason;
    this.controls = controls;
  }

  /** The system's libopus if it is there and 1.3 or newer, else Concentus. */
  public static OpusLibrary system() {
    return SYSTEM;
  }

  /** Concentus, whatever is there. */
  public static OpusLibrary concentus() {
    return concentus("asked for");
  }

  private static OpusLibrary concentus(final String reason) {
    return new OpusLibrary(CONCENTUS_VERSION, reason, null);
  }

  /**
   * libopus under one of these names, else Concentus. Whatever goes wrong is a reason, no error.
   */
  static OpusLibrary find(final List<String> names) {
    try {
      final Libopus.Controls controls = Libopus.bind(names);
      return judge(Libopus.opus_get_version_string(), controls);
    } catch (final LinkageError | RuntimeException unusable) {
      return concentus("no libopus: " + firstLine(unusable));
    }
  }

  /** Takes a libopus that calls itself so, if it is new enough. */
  static OpusLibrary judge(final String named, final Libopus.Controls controls) {
    final Matcher matcher = VERSION.matcher(String.valueOf(named));
    if (!matcher.find()) {
      return concentus("a libopus of unknown version: " + named);
    }
    final int major = Integer.parseInt(matcher.group(1));
    final int minor = Integer.parseInt(matcher.group(2));
    if (major < LEAST_MAJOR || (major == LEAST_MAJOR && minor < LEAST_MINOR)) {
      return concentus(
          "libopus " + matcher.group() + " is older than " + LEAST_MAJOR + "." + LEAST_MINOR);
    }
    return new OpusLibrary(matcher.group(), "installed", controls);
  }

  private static String firstLine(final Throwable unusable) {
    final String message = String.valueOf(unusable.getMessage());
    return message.lines().findFirst().orElse("");
  }

  /** What the library is called. */
  public String name() {
    return isNative() ? "libopus" : "Concentus";
  }

  /** Its version, such as 1.3.1. */
  public String version() {
    return version;
  }

  /** Whether it is the system's libopus: faster, and nothing allocated. */
  public boolean isNative() {
    return controls != null;
  }

  /** Why it is this one, in a few words. */
  public String reason() {
    return reason;
  }

  /** A decoder of its own for one stream; close it. */
  public OpusDecoder decoder() {
    return isNative() ? new LibopusDecoder() : new ConcentusDecoder();
  }

  /**
   * An encoder of its own for one stream; close it.
   *
   * @param maxRateHz more than this the far end does not play: 8, 12, 16, 24 or 48 kHz; what lies
   *     between counts as the lower
   * @param maxBitrateBps more than this it does not take; 0 for no such wish. What is sent is what
   *     a voice of that bandwidth needs, 16 to 32 kbit/s, if this is not lower.
   * @param fec whether it makes use of copies of the frame before
   */
  public OpusEncoder encoder(final int maxRateHz, final int maxBitrateBps, final boolean fec) {
    return isNative()
        ? new LibopusEncoder(controls, maxRateHz, maxBitrateBps, fec)
        : new ConcentusEncoder(maxRateHz, maxBitrateBps, fec);
  }
}
