package dev.conductor.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The figures that the RFCs give for SRTP. */
class SrtpVectorsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final int SSRC_OF_RTP = 0x5501_A0B2;
  private static final int SSRC_OF_RTCP = 0x4D61_7273;
  private static final int RTCP_INDEX = 0x5D4;
  private static final byte[] QUID_PRO_QUO = bytes("517569642070726f2071756f");
  private static final byte[] KEY_128 = bytes("000102030405060708090a0b0c0d0e0f");
  private static final byte[] KEY_256 =
      bytes("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  private static final String RTP =
      "8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e697320646976"
          + "69736120696e207061727465732074726573";
  private static final String RTCP =
      "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61"
          + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";

  @Test
  void shouldDeriveTheKeysOfRfc3711() {
    final SrtpKeys keys =
        new SrtpKeys(
            SrtpProfile.AES_CM_128_HMAC_SHA1_80,
            bytes("E1F97A0D3E018BE0D64FA32C06DE41390EC675AD498AFEEBB6960B3AABE6"));

    assertThat(keys.derive(0, 16)).isEqualTo(bytes("C61E7A93744F39EE10734AFE3FF7A087"));
    assertThat(keys.derive(2, 14)).isEqualTo(bytes("30CBBC08863D8C85D49DB34A9AE1"));
    assertThat(keys.derive(1, 20)).isEqualTo(bytes("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"));
  }

  @Test
  void shouldDeriveTheKeysOfRfc6188() {
    final SrtpKeys keys =
        new SrtpKeys(
            SrtpProfile.AES_256_CM_HMAC_SHA1_80,
            bytes(
                "f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6"
                    + "3b04803de51ee7c96423ab5b78d2"));

    assertThat(keys.derive(0, 32))
        .isEqualTo(bytes("5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4"));
    assertThat(keys.derive(2, 14)).isEqualTo(bytes("fa31791685ca444a9e07c6c64e93"));
    assertThat(keys.derive(1, 20)).isEqualTo(bytes("fd9c32d39ed5fbb5a9dc96b30818454d1313dc05"));
  }

  @Test
  void shouldMakeTheKeystreamOfRfc3711() {
    assertKeystream(
        "2B7E151628AED2A6ABF7158809CF4F3C",
        "E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB"
            + "41E95B3BB0A2E8DD477901E4FCA894C0",
        "EC8CDF7398607CB0F2D21675EA9EA1E4362B7C3C6773516318A077D7FC5073AE"
            + "6A2CC3787889374FBEB4C81B17BA6C44");
  }

  @Test
  void shouldMakeTheKeystreamOfRfc6188() {
    assertKeystream(
        "57f82fe3613fd170a85ec93c40b1f0922ec4cb0dc025b58272147cc438944a98",
        "92bdd28a93c3f52511c677d08b5515a49da71b2378a854f67050756ded165bac"
            + "63c4868b7096d88421b563b8c94c9a31",
        "cea518c90fd91ced9cbb18c078a547113dbc4814f4da5f00a08772b63c6a046d"
            + "6eb246913062a16891433e97dd01a57f");
  }

  /** Blocks 0 to 2 and 0xFEFF to 0xFF01 of a stream. */
  private static void assertKeystream(final String key, final String first, final String last) {
    final AesBlocks aes = new AesBlocks(bytes(key), 0xFF02 * AesBlocks.BLOCK_BYTES);
    final byte[] stream =
        aes.keystream(bytes("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000"), 0xFF02 * AesBlocks.BLOCK_BYTES);

    assertThat(Arrays.copyOf(stream, 48)).isEqualTo(bytes(first));
    assertThat(Arrays.copyOfRange(stream, 0xFEFF * 16, 0xFF02 * 16)).isEqualTo(bytes(last));
  }

  @Test
  void shouldSealAndOpenTheRtpOfRfc7714() {
    assertRtp(
        KEY_128,
        "8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd5"
            + "0d294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce");
    assertRtp(
        KEY_256,
        "8040f17b8041f8d35501a0b232b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a02"
            + "76ffae0f1ba63799b87b7aa3db36dfffd6b0f9bb7878d7a76c13");
  }

  private static void assertRtp(final byte[] key, final String sealed) {
    final SrtpTransform transform = new GcmTransform(key, QUID_PRO_QUO);
    final byte[] packet = room(RTP);

    final int length = transform.sealRtp(packet, 12, RTP.length() / 2, SSRC_OF_RTP, 0xF17B);
    assertThat(HEX.formatHex(packet, 0, length)).isEqualTo(sealed);

    final int opened = transform.openRtp(packet, 12, length, SSRC_OF_RTP, 0xF17B);
    assertThat(HEX.formatHex(packet, 0, opened)).isEqualTo(RTP);
  }

  @Test
  void shouldSealAndOpenTheRtcpOfRfc7714() {
    assertRtcp(
        KEY_128,
        "81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda"
            + "4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4");
    assertRtcp(
        KEY_256,
        "81c8000d4d617273d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be"
            + "8415f658c61de0476f1b6fad1d1eb30c4446839f57ff6f6cb26ac3be800005d4");
  }

  private static void assertRtcp(final byte[] key, final String sealed) {
    final SrtpTransform transform = new GcmTransform(key, QUID_PRO_QUO);
    final byte[] packet = room(RTCP);

    final int length = transform.sealRtcp(packet, RTCP.length() / 2, SSRC_OF_RTCP, RTCP_INDEX);
    assertThat(HEX.formatHex(packet, 0, length)).isEqualTo(sealed);
    assertThat(transform.rtcpIndexWord(packet, length)).isEqualTo(0x8000_05D4);

    final int opened = transform.openRtcp(packet, length, SSRC_OF_RTCP);
    assertThat(HEX.formatHex(packet, 0, opened)).isEqualTo(RTCP);
  }

  @Test
  void shouldOpenTheReadableRtcpOfRfc7714() {
    final byte[] packet = room(RTCP + "841dd9683dd78ec92ae58790125f62b3000005d4");
    final int length = RTCP.length() / 2 + 20;

    final int opened =
        new GcmTransform(KEY_128, QUID_PRO_QUO).openRtcp(packet, length, SSRC_OF_RTCP);

    assertThat(HEX.formatHex(packet, 0, opened)).isEqualTo(RTCP);
  }

  private static byte[] room(final String packet) {
    return Arrays.copyOf(bytes(packet), packet.length() / 2 + 40);
  }

  private static byte[] bytes(final String hex) {
    return HEX.parseHex(hex);
  }
}
