package dev.conductor.media.rtp;

/**
 * What a profile does to the bytes of one packet under one set of session keys. Which index a
 * packet has, and whether it came before, is not its concern.
 *
 * @threading one thread at a time.
 * @allocation none a packet.
 * @units lengths in bytes.
 */
interface SrtpTransform {
  /** The longest packet, before it is sealed. */
  int MAX_BYTES = 2_048;

  /** An encrypted RTCP packet says so, above its index (RFC 3711, section 3.4). */
  int ENCRYPTED_BIT = 0x8000_0000;

  /** Of an RTCP packet, these stay readable. */
  int RTCP_CLEAR_BYTES = 8;

  /** The word that follows an RTCP packet: the bit above and 31 bits of index. */
  int RTCP_INDEX_BYTES = 4;

  /**
   * Encrypts an RTP packet in place and appends its tag.
   *
   * @param clearBytes of the header
   * @param index 48 bits: roll-over counter and sequence number
   * @return its new length
   */
  int sealRtp(byte[] packet, int clearBytes, int lengthBytes, int ssrc, long index);

  /**
   * Authenticates an RTP packet, and decrypts it in place if it is genuine.
   *
   * @param lengthBytes with its tag
   * @return its length without, or -1 when it is not genuine; nothing is changed then
   */
  int openRtp(byte[] packet, int clearBytes, int lengthBytes, int ssrc, long index);

  /**
   * Encrypts an RTCP packet in place and appends index and tag.
   *
   * @return its new length
   */
  int sealRtcp(byte[] packet, int lengthBytes, int ssrc, int index);

  /**
   * The word of an RTCP packet that holds its index.
   *
   * @param lengthBytes at least {@link #RTCP_CLEAR_BYTES} and {@link #rtcpOverheadBytes}
   */
  int rtcpIndexWord(byte[] packet, int lengthBytes);

  /**
   * Authenticates an RTCP packet, and decrypts it in place if it is genuine and says it is
   * encrypted.
   *
   * @return its length without index and tag, or -1 when it is not genuine
   */
  int openRtcp(byte[] packet, int lengthBytes, int ssrc);

  /** By how much an RTP packet grows. */
  int rtpOverheadBytes();

  /** By how much an RTCP packet grows. */
  int rtcpOverheadBytes();
}
