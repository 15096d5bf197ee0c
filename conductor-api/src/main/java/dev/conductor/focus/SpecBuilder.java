package dev.conductor.focus;

import dev.conductor.config.SipConfig;
import dev.conductor.media.api.Codec;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.api.RtpSessionSpec.Payload;
import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.api.PayloadFormat;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns what SIP agreed into what media must know of a line. Pure. */
final class SpecBuilder {
  private final List<Payload> ours;

  SpecBuilder(final SipConfig config) {
    this.ours = payloadsOf(config.codecs());
  }

  /** A line whose far end has not said anything yet: our 200 is to hold the offer. */
  RtpSessionSpec unanswered(final InetAddress bind, final InetAddress source) {
    return new RtpSessionSpec(bind, null, source, ours, List.of(), false, null, true, true, false);
  }

  /**
   * The line as agreed.
   *
   * @return empty when no codec of media's is in it
   */
  Optional<RtpSessionSpec> agreed(
      final InetAddress bind, final InetAddress source, final MediaDescription description) {
    final List<Payload> payloads = new ArrayList<>();
    final List<Integer> digits = new ArrayList<>();
    for (final PayloadFormat format : description.formats()) {
      final Codec codec = Codec.of(format.encodingName(), format.clockRateHz(), format.channels());
      if (codec != null) {
        payloads.add(new Payload(format.payloadType(), codec));
      } else if (format.isTelephoneEvent()) {
        digits.add(format.payloadType());
      }
    }
    if (payloads.isEmpty()) {
      return Optional.empty();
    }
    final boolean hold = description.hold();
    return Optional.of(
        new RtpSessionSpec(
            bind,
            description.remoteRtp(),
            source,
            payloads,
            digits,
            false,
            null,
            !hold,
            description.mayBeSent(),
            hold));
  }

  private static List<Payload> payloadsOf(final List<String> names) {
    final List<Payload> payloads = new ArrayList<>();
    for (final String name : names) {
      for (final Codec codec : Codec.values()) {
        if (codec.encodingName().equalsIgnoreCase(name)) {
          payloads.add(new Payload(codec.staticPayloadType(), codec));
        }
      }
    }
    return payloads;
  }
}
