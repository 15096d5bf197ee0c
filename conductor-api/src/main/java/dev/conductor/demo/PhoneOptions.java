package dev.conductor.demo;

/**
 * What kind of phone it is. Immutable; any thread.
 *
 * @param codec how its sound is coded
 * @param packetMs sound in one packet: 10, 20, 30, 40 or 60 ms
 * @param sendsRtp false for a phone that never sends a packet
 * @param keysBy how its keys travel
 */
public record PhoneOptions(PhoneCodec codec, int packetMs, boolean sendsRtp, KeysBy keysBy) {
  /** A phone as most are: PCMU, 20 ms, keys by RFC 4733. */
  public static final PhoneOptions USUAL =
      new PhoneOptions(PhoneCodec.PCMU, 20, true, KeysBy.RTP_EVENTS);

  /** Checks the packet time. */
  public PhoneOptions {
    if (packetMs != 10 && packetMs != 20 && packetMs != 30 && packetMs != 40 && packetMs != 60) {
      throw new IllegalArgumentException("packetMs is 10, 20, 30, 40 or 60, not " + packetMs);
    }
  }

  /** The same with another codec. */
  public PhoneOptions withCodec(final PhoneCodec other) {
    return new PhoneOptions(other, packetMs, sendsRtp, keysBy);
  }

  /** The same with another packet time. */
  public PhoneOptions withPacketMs(final int otherMs) {
    return new PhoneOptions(codec, otherMs, sendsRtp, keysBy);
  }

  /** The same, never sending a packet, its keys by INFO. */
  public PhoneOptions mute() {
    return new PhoneOptions(codec, packetMs, false, KeysBy.INFO);
  }

  /** The same with its keys going another way. */
  public PhoneOptions withKeysBy(final KeysBy other) {
    return new PhoneOptions(codec, packetMs, sendsRtp, other);
  }

  /** How keys travel. */
  public enum KeysBy {
    /** As RTP events (RFC 4733). */
    RTP_EVENTS,
    /** As SIP INFO with a body of {@code application/dtmf-relay}; events are not offered. */
    INFO
  }
}
