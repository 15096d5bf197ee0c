package dev.conductor.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams of packets from a sender to a receiver, by a network that does what networks do. */
class SrtpStreamTest {
  private static final int SSRC = 0x0BAD_CAFE;
  private static final int PAYLOAD_BYTES = 160;
  private static final int LENGTH = RtpHeader.FIXED_BYTES + PAYLOAD_BYTES;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final UnsafeBuffer plain = new UnsafeBuffer(ByteBuffer.allocateDirect(2_048));
  private final UnsafeBuffer wire = new UnsafeBuffer(ByteBuffer.allocateDirect(2_048));
  private SrtpSender sender;
  private SrtpReceiver receiver;

  private void keyed(final SrtpProfile profile) {
    final byte[] master = new byte[profile.masterBytes()];
    random.nextBytes(master);
    sender = new SrtpSender(profile, master);
    receiver = new SrtpReceiver(profile, master);
  }

  /** A packet on the wire; its sequence number stands in its payload too. */
  private byte[] protect(final int ssrc, final int sequence, final int sign) {
    RtpHeader.putFirst(plain, 0, false, 0);
    RtpHeader.putSequence(plain, 0, sequence);
    RtpHeader.putTimestamp(plain, 0, sequence * 160);
    RtpHeader.putSsrc(plain, 0, ssrc);
    plain.setMemory(RtpHeader.FIXED_BYTES, PAYLOAD_BYTES, (byte) 0x5A);
    plain.putInt(RtpHeader.FIXED_BYTES, sign);
    final byte[] packet = new byte[sender.protectRtp(plain, LENGTH, wire)];
    wire.getBytes(0, packet);
    return packet;
  }

  private int unprotect(final byte[] packet) {
    wire.putBytes(0, packet);
    return receiver.unprotectRtp(wire, packet.length);
  }

  private void assertHeard(final byte[] packet, final int sign) {
    assertThat(unprotect(packet)).as("seed %d, packet %d", seed, sign).isEqualTo(LENGTH);
    assertThat(wire.getInt(RtpHeader.FIXED_BYTES)).isEqualTo(sign);
    assertThat(wire.getByte(LENGTH - 1)).isEqualTo((byte) 0x5A);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void shouldHideThePayloadAndKeepTheHeader(final SrtpProfile profile) {
    keyed(profile);
    final byte[] packet = protect(SSRC, 7, 1);

    assertThat(packet).hasSize(LENGTH + profile.rtpTagBytes());
    assertThat(RtpHeader.ssrc(wire, 0)).isEqualTo(SSRC);
    assertThat(RtpHeader.sequence(wire, 0)).isEqualTo(7);
    int same = 0;
    for (int i = RtpHeader.FIXED_BYTES + 4; i < LENGTH; i++) {
      same += packet[i] == 0x5A ? 1 : 0;
    }
    assertThat(same).isLessThan(20);
    assertHeard(packet, 1);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void shouldHearEachPacketOnceWhateverTheNetworkDoes(final SrtpProfile profile) {
    keyed(profile);
    final int first = random.nextInt(1 << 15);
    final List<byte[]> window = new ArrayList<>();
    final Set<Integer> heard = new HashSet<>();
    // Over the wrap of the sequence number four times, with late, doubled and lost packets.
    for (int n = 0; n < 4 * 65_536; n++) {
      final byte[] packet = protect(SSRC, first + n & 0xFFFF, n);
      if (random.nextInt(20) != 0) {
        window.add(packet);
      }
      if (random.nextInt(50) == 0) {
        window.add(packet);
      }
      if (window.size() >= 16) {
        Collections.shuffle(window.subList(0, 8), random);
        for (final byte[] next : new ArrayList<>(window.subList(0, 8))) {
          final int result = unprotect(next);
          if (result == LENGTH) {
            final int sign = wire.getInt(RtpHeader.FIXED_BYTES);
            assertThat(heard.add(sign)).as("seed %d, %d twice", seed, sign).isTrue();
          } else {
            assertThat(result).as("seed %d, at %d", seed, n).isEqualTo(SrtpReceiver.REPLAYED);
          }
        }
        window.subList(0, 8).clear();
      }
    }
    assertThat(heard.size()).as("seed %d", seed).isBetween(245_000, 252_000);
  }

  @Test
  void shouldHearALatePacketFromBeforeTheWrap() {
    keyed(SrtpProfile.AES_CM_128_HMAC_SHA1_80);
    final byte[] before = protect(SSRC, 0xFFFE, 1);
    final byte[] late = protect(SSRC, 0xFFFF, 2);
    final byte[] after = protect(SSRC, 0, 3);
    final byte[] next = protect(SSRC, 1, 4);

    assertHeard(before, 1);
    assertHeard(after, 3);
    assertHeard(late, 2);
    assertHeard(next, 4);
    assertThat(unprotect(late)).isEqualTo(SrtpReceiver.REPLAYED);
    assertThat(unprotect(after)).isEqualTo(SrtpReceiver.REPLAYED);
  }

  @Test
  void shouldRefuseWhatIsOlderThanItRemembers() {
    keyed(SrtpProfile.AEAD_AES_128_GCM);
    final List<byte[]> packets = new ArrayList<>();
    for (int n = 0; n <= 64; n++) {
      packets.add(protect(SSRC, n, n));
    }
    assertHeard(packets.get(64), 64);

    assertHeard(packets.get(1), 1);
    assertThat(unprotect(packets.get(0))).isEqualTo(SrtpReceiver.REPLAYED);
    assertThat(unprotect(packets.get(1))).isEqualTo(SrtpReceiver.REPLAYED);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void shouldRefuseWhatWasChangedAnywhere(final SrtpProfile profile) {
    keyed(profile);
    final byte[] packet = protect(SSRC, 100, 1);
    for (int at = 0; at < packet.length; at++) {
      final byte[] changed = packet.clone();
      changed[at] ^= (byte) (1 << random.nextInt(8));
      assertThat(unprotect(changed)).as("seed %d, byte %d", seed, at).isNegative();
    }
    assertHeard(packet, 1);
  }

  @Test
  void shouldNotLetAForgeryMoveTheWindow() {
    keyed(SrtpProfile.AES_CM_128_HMAC_SHA1_32);
    assertHeard(protect(SSRC, 100, 1), 1);
    final byte[] forged = protect(SSRC, 30_000, 2);
    forged[forged.length - 1] ^= 1;
    assertThat(unprotect(forged)).isEqualTo(SrtpReceiver.NOT_AUTHENTIC);

    assertHeard(protect(SSRC, 101, 3), 3);
  }

  @Test
  void shouldCountTheLapsOfEachSourceByItself() {
    keyed(SrtpProfile.AEAD_AES_256_GCM);
    assertHeard(protect(SSRC, 0xFFFF, 1), 1);
    assertHeard(protect(SSRC, 0, 2), 2);
    final int another = SSRC + 1;
    assertHeard(protect(another, 5, 3), 3);
    assertHeard(protect(another, 6, 4), 4);
  }

  @Test
  void shouldNotForgetASourceForTheSakeOfOthers() {
    keyed(SrtpProfile.AES_CM_128_HMAC_SHA1_80);
    final byte[] first = protect(SSRC, 1, 0);
    assertHeard(first, 0);
    for (int n = 1; n < 64; n++) {
      assertHeard(protect(SSRC + n, 1, n), n);
    }

    assertThat(unprotect(protect(SSRC - 1, 1, 99))).isEqualTo(SrtpReceiver.TOO_MANY_SOURCES);
    assertThat(unprotect(first)).isEqualTo(SrtpReceiver.REPLAYED);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void shouldCarryRtcp(final SrtpProfile profile) {
    keyed(profile);
    final List<byte[]> packets = new ArrayList<>();
    for (int n = 0; n < 3; n++) {
      wire.setMemory(0, 28, (byte) n);
      wire.putInt(0, Integer.reverseBytes(0x80C8_0006));
      wire.putInt(4, Integer.reverseBytes(SSRC));
      final byte[] packet = new byte[sender.protectRtcp(wire, 28)];
      wire.getBytes(0, packet);
      packets.add(packet);
      assertThat(packet[20] == n && packet[21] == n && packet[22] == n).isFalse();
    }
    for (final int n : new int[] {1, 0, 2}) {
      wire.putBytes(0, packets.get(n));
      assertThat(receiver.unprotectRtcp(wire, packets.get(n).length)).isEqualTo(28);
      assertThat(wire.getByte(20)).isEqualTo((byte) n);
      wire.putBytes(0, packets.get(n));
      assertThat(receiver.unprotectRtcp(wire, packets.get(n).length))
          .isEqualTo(SrtpReceiver.REPLAYED);
    }
    final byte[] forged = packets.get(2).clone();
    for (int at = 0; at < forged.length; at++) {
      forged[at] ^= 1;
      wire.putBytes(0, forged);
      assertThat(receiver.unprotectRtcp(wire, forged.length)).as("byte %d", at).isNegative();
      forged[at] ^= 1;
    }
  }

  @Test
  void shouldReadNothingBeyondAnyPacket() {
    keyed(SrtpProfile.AEAD_AES_128_GCM);
    for (int round = 0; round < 100_000; round++) {
      final byte[] garbage = new byte[random.nextInt(80)];
      random.nextBytes(garbage);
      if (garbage.length > 0) {
        garbage[0] = (byte) (0x80 | garbage[0] & 0x3F);
      }
      wire.putBytes(0, garbage);
      assertThat(receiver.unprotectRtp(wire, garbage.length)).as("seed %d", seed).isNegative();
      assertThat(receiver.unprotectRtcp(wire, garbage.length)).as("seed %d", seed).isNegative();
    }
  }

  @Test
  void shouldNameAKeyOfTheWrongLength() {
    assertThatThrownBy(() -> new SrtpSender(SrtpProfile.AEAD_AES_128_GCM, new byte[30]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("28 bytes");
  }
}
