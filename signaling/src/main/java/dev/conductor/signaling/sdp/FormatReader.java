package dev.conductor.signaling.sdp;

import dev.conductor.signaling.api.KnownCodec;
import dev.conductor.signaling.api.PayloadFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The formats of a media line that we know (RFC 8866, sections 6.6 and 6.15; RFC 3551). Any thread;
 * stateless.
 */
final class FormatReader {
  private FormatReader() {}

  /**
   * The known formats in the line's order: configured codecs, and telephone-event at the clock
   * rates of these codecs. Where the line has it at none of them it is taken at any: phones that
   * send Opus or wideband L16 and name it at 8 kHz alone would else have no keys, and to us a key
   * is the same at every rate.
   */
  static List<PayloadFormat> known(final MediaLine line, final Set<KnownCodec> codecs) {
    final List<PayloadFormat> written = new ArrayList<>();
    for (final String format : line.formats()) {
      final PayloadFormat read = read(line, format);
      if (read != null
          && written.stream().noneMatch(other -> other.payloadType() == read.payloadType())) {
        written.add(read);
      }
    }
    final boolean fitting =
        written.stream().anyMatch(format -> isFittingEvent(format, written, codecs));
    final List<PayloadFormat> known = new ArrayList<>();
    for (final PayloadFormat format : written) {
      if (isOurs(format, codecs)
          || (fitting ? isFittingEvent(format, written, codecs) : format.isTelephoneEvent())) {
        known.add(format);
      }
    }
    return known;
  }

  private static boolean isOurs(final PayloadFormat format, final Set<KnownCodec> codecs) {
    final KnownCodec codec = KnownCodec.of(format);
    return codec != null && codecs.contains(codec);
  }

  private static boolean isFittingEvent(
      final PayloadFormat format, final List<PayloadFormat> written, final Set<KnownCodec> codecs) {
    return format.isTelephoneEvent()
        && written.stream()
            .anyMatch(
                other -> isOurs(other, codecs) && other.clockRateHz() == format.clockRateHz());
  }

  /** One format, by its rtpmap or its static type; null where neither tells. */
  private static PayloadFormat read(final MediaLine line, final String format) {
    final int payloadType = number(format, 127);
    if (payloadType < 0) {
      return null;
    }
    final String map = valueFor(line, "rtpmap", format);
    final String parameters = valueFor(line, "fmtp", format);
    if (map != null) {
      return mapped(payloadType, map, parameters == null ? "" : parameters);
    }
    final KnownCodec codec = KnownCodec.ofStaticType(payloadType);
    return codec == null
        ? null
        : new PayloadFormat(
            payloadType,
            codec.encodingName(),
            codec.clockRateHz(),
            codec.channels(),
            parameters == null ? "" : parameters);
  }

  /** Reads {@code PCMU/8000} or {@code opus/48000/2}. */
  private static PayloadFormat mapped(
      final int payloadType, final String map, final String parameters) {
    final String[] parts = map.split("/", -1);
    if (parts.length < 2 || parts.length > 3) {
      return null;
    }
    final int clockRateHz = number(parts[1], 999_999);
    final int channels = parts.length == 3 ? number(parts[2], 2) : 1;
    if (parts[0].isEmpty() || clockRateHz <= 0 || channels <= 0) {
      return null;
    }
    return new PayloadFormat(
        payloadType, parts[0].toUpperCase(Locale.ROOT), clockRateHz, channels, parameters);
  }

  /** The text after {@code a=name:format }; null for none. */
  private static String valueFor(final MediaLine line, final String name, final String format) {
    for (final Attribute attribute : line.attributes()) {
      if (attribute.name().equalsIgnoreCase(name)
          && attribute.value().startsWith(format)
          && attribute.value().length() > format.length()
          && attribute.value().charAt(format.length()) == ' ') {
        return attribute.value().substring(format.length() + 1).trim();
      }
    }
    return null;
  }

  /** The number, or -1 when it is none or above {@code most}. */
  static int number(final String text, final int most) {
    if (text.isEmpty() || text.length() > 6 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    final int value = Integer.parseInt(text);
    return value <= most ? value : -1;
  }
}
