package dev.conductor.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Random packets, against the JDK's own modes, which are right but allocate. */
class SrtpOracleTest {
  private static final int ROUNDS = 2_000;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void shouldDoAsTheJdksGcmDoes() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      final byte[] key = bytes(round % 2 == 0 ? 16 : 32);
      final byte[] salt = bytes(12);
      final int clear = 12 + 4 * random.nextInt(8);
      final byte[] plain = bytes(clear + random.nextInt(300));
      final int ssrc = random.nextInt();
      final long index = random.nextLong() >>> 16;
      final byte[] iv = salt.clone();
      xor(iv, 2, ssrc, 4);
      xor(iv, 6, index, 6);
      final Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
      gcm.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, iv));
      gcm.updateAAD(plain, 0, clear);
      final byte[] expected = Arrays.copyOf(plain, plain.length + 16);
      gcm.doFinal(plain, clear, plain.length - clear, expected, clear);

      final byte[] packet = Arrays.copyOf(plain, plain.length + 16);
      new GcmTransform(key, salt).sealRtp(packet, clear, plain.length, ssrc, index);

      assertThat(packet).as("seed %d, round %d", seed, round).isEqualTo(expected);
    }
  }

  @Test
  void shouldDoAsTheJdksCounterModeAndHmacDo() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      final SrtpProfile profile = SrtpProfile.values()[round % 4];
      final byte[] key = bytes(profile.keyBytes());
      final byte[] authKey = bytes(20);
      final byte[] salt = bytes(14);
      final int clear = 12 + 4 * random.nextInt(8);
      final byte[] plain = bytes(clear + random.nextInt(300));
      final int ssrc = random.nextInt();
      final long index = random.nextLong() >>> 16;
      final byte[] iv = Arrays.copyOf(salt, 16);
      xor(iv, 4, ssrc, 4);
      xor(iv, 8, index, 6);
      final Cipher ctr = Cipher.getInstance("AES/CTR/NoPadding");
      ctr.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
      final byte[] expected = plain.clone();
      ctr.doFinal(plain, clear, plain.length - clear, expected, clear);
      final Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(authKey, "HmacSHA1"));
      mac.update(expected);
      final byte[] lap = new byte[4];
      xor(lap, 0, index >>> 16, 4);
      final byte[] tag = Arrays.copyOf(mac.doFinal(lap), profile.rtpTagBytes());

      final byte[] packet = Arrays.copyOf(plain, plain.length + tag.length);
      new CounterModeTransform(key, authKey, salt, profile)
          .sealRtp(packet, clear, plain.length, ssrc, index);

      assertThat(Arrays.copyOf(packet, plain.length))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(expected);
      assertThat(Arrays.copyOfRange(packet, plain.length, packet.length)).isEqualTo(tag);
    }
  }

  private static void xor(
      final byte[] into, final int offset, final long value, final int lengthBytes) {
    for (int i = 0; i < lengthBytes; i++) {
      into[offset + i] ^= (byte) (value >>> 8 * (lengthBytes - 1 - i));
    }
  }

  private byte[] bytes(final int length) {
    final byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
