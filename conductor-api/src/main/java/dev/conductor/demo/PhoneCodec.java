package dev.conductor.demo;

import dev.conductor.media.codec.AudioDecoder;
import dev.conductor.media.codec.AudioEncoder;
import dev.conductor.media.codec.G711Alaw;
import dev.conductor.media.codec.G711Ulaw;

/** The codecs a simulated phone speaks, with their static payload types (RFC 3551, table 4). */
public enum PhoneCodec {
  /** G.711 mu-law. */
  PCMU(0),
  /** G.711 A-law. */
  PCMA(8);

  private final int payloadType;

  PhoneCodec(final int payloadType) {
    this.payloadType = payloadType;
  }

  /** Its number in RTP. */
  public int payloadType() {
    return payloadType;
  }

  /** A new encoder. */
  AudioEncoder encoder() {
    return this == PCMU ? new G711Ulaw() : new G711Alaw();
  }

  /** A new decoder. */
  AudioDecoder decoder() {
    return this == PCMU ? new G711Ulaw() : new G711Alaw();
  }
}
