package dev.conductor.media.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.conductor.media.api.Codec;
import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.status.MediaCounter;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is no caller, and callers who are no more: neighbours hear each other bit by bit. */
class StrangersAndGhostsTest {
  private static final long SEED = 71;

  private final CodecCall call = new CodecCall(SEED);
  private CodecPhone talker;
  private CodecPhone neighbour;
  private CodecPhone victim;

  @AfterEach
  void close() {
    call.close();
  }

  private void join(final String address) {
    final InetAddress at = address(address);
    talker = call.join(new CodecPhone(1, at, Codec.PCMA));
    neighbour = call.join(new CodecPhone(2, at, Codec.PCMA));
    victim = call.join(new CodecPhone(3, at, Codec.PCMA));
    call.together();
    final SplittableRandom random = new SplittableRandom(SEED);
    talker.voice = seconds -> random.nextInt(-32_000, 32_001);
    talker.keepsSaid = true;
    neighbour.voice = null;
    victim.voice = null;
  }

  private static InetAddress address(final String name) {
    try {
      return InetAddress.getByName(name);
    } catch (final UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static void assumeThere(final String address) {
    try (DatagramSocket socket = new DatagramSocket(0, address(address))) {
      assumeTrue(socket.isBound());
    } catch (final IOException e) {
      assumeTrue(false, address + " is not there");
    }
  }

  /** Lets time pass; the neighbour hears the talker alone, a packet every tick. */
  private void assertNeighbourUnharmed(final int ticks) {
    neighbour.forget();
    final int before = talker.said.size();
    call.ticks(ticks);
    assertThat(neighbour.payloads).hasSize(ticks);
    int behind = -1;
    for (int i = 0; i < 5; i++) {
      behind = Arrays.equals(talker.said.get(before - i), neighbour.payloads.get(0)) ? i : behind;
    }
    assertThat(behind).as("the talker is heard, seed %d", SEED).isNotNegative();
    for (int i = 0; i < ticks; i++) {
      assertThat(neighbour.payloads.get(i))
          .as("frame %d, seed %d", i, SEED)
          .isEqualTo(talker.said.get(before - behind + i));
    }
  }

  /** Whoever sprays a caller's port is not heard, is sent nothing, and takes nothing away. */
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.2, true",
    "127.0.0.1, 127.0.0.2, false",
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.1, false",
    "::1, ::1, true",
    "::1, ::1, false"
  })
  void shouldGiveASprayerNothingInAndNothingOut(
      final String at, final String from, final boolean victimSpeaks) throws IOException {
    assumeThere(at);
    assumeThere(from);
    join(at);
    // Silence, and no more: an A-law line's is 8, which would change what the neighbour hears.
    victim.voice = victimSpeaks ? Voice.SILENCE : null;
    call.stage.plan(
        Stage.place(1, CodecCall.MAIN, CodecCall.MAIN),
        Stage.place(2, CodecCall.MAIN, CodecCall.MAIN),
        Stage.place(3, victimSpeaks ? CodecCall.NONE : CodecCall.MAIN, CodecCall.MAIN));
    call.settle(400);
    final long played = call.stage.count(MediaCounter.JITTER_PLAYED);
    try (DatagramChannel sprayer = DatagramChannel.open()) {
      sprayer.bind(new InetSocketAddress(address(from), 0));
      sprayer.configureBlocking(false);
      final SplittableRandom random = new SplittableRandom(SEED);
      for (int round = 0; round < 40; round++) {
        for (int i = 0; i < 6; i++) {
          sprayer.send(loud(random, 6 * round + i), victim.line.server());
        }
        victim.forget();
        assertNeighbourUnharmed(5);
        assertThat(victim.frames).as("to the victim").hasSize(5);
        assertThat(sprayer.receive(ByteBuffer.allocate(2_048))).as("to the sprayer").isNull();
      }
    }
    final long spoken = victimSpeaks ? 2 * 200 : 200;
    assertThat(call.stage.count(MediaCounter.JITTER_PLAYED) - played).isEqualTo(spoken);
    assertThat(call.stage.count(MediaCounter.RTP_SOURCES_LEARNED)).isZero();
  }

  private static ByteBuffer loud(final SplittableRandom random, final int sequence) {
    final byte[] bytes = new byte[RtpHeader.FIXED_BYTES + 160];
    random.nextBytes(bytes);
    final UnsafeBuffer packet = new UnsafeBuffer(bytes);
    RtpHeader.putFirst(packet, 0, false, CodecPhone.payload(Codec.PCMA).payloadType());
    RtpHeader.putSequence(packet, 0, sequence);
    RtpHeader.putTimestamp(packet, 0, 160 * sequence);
    RtpHeader.putSsrc(packet, 0, 99);
    return ByteBuffer.wrap(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void shouldServeTheOthersWhenAPhoneHasVanished(final String at) {
    assumeThere(at);
    join(at);
    victim.voice = Voice.SILENCE;
    call.settle(400);
    call.phones.remove(victim);
    victim.line.close();
    call.settle(1_000);
    for (int i = 0; i < 20; i++) {
      assertNeighbourUnharmed(50);
    }
    assertThat(call.stage.count(MediaCounter.RTP_PORT_UNREACHABLE)).isPositive();
    assertThat(call.stage.count(MediaCounter.SESSION_FAULTS)).isZero();
    assertThat(call.stage.engine.sessions()).as("a dead line is the focus's to end").isEqualTo(3);
    victim.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void shouldServeEverybodyWhereAPhoneNeverOpenedItsRtcpPort(final String at) {
    assumeThere(at);
    join(at);
    victim.line.closeRtcp();
    call.settle(1_000);
    for (int i = 0; i < 30; i++) {
      victim.forget();
      assertNeighbourUnharmed(50);
      assertThat(victim.frames).as("a packet a tick").hasSize(50);
    }
    assertThat(call.stage.count(MediaCounter.RTCP_SENT)).isPositive();
    assertThat(call.stage.count(MediaCounter.SESSION_FAULTS)).isZero();
  }

  /** Both protocols in one call: each hears the other at its pitch and level. */
  @Test
  void shouldJoinPhonesOfBothProtocolsInOneCall() {
    assumeThere("::1");
    final String[] addresses = {"127.0.0.1", "::1", "127.0.0.1", "::1"};
    final Codec[] codecs = {Codec.PCMU, Codec.G722, Codec.OPUS, Codec.PCMA};
    final int[] tones = {400, 700, 1_100, 1_600};
    for (int i = 0; i < 4; i++) {
      call.join(new CodecPhone(i + 1L, address(addresses[i]), codecs[i]));
      call.phones.get(i).voice = Voice.tone(tones[i], 4_000);
    }
    call.together();
    call.settle(500);
    call.ms(600);
    for (int listener = 0; listener < 4; listener++) {
      final Sound heard = call.phones.get(listener).sound();
      for (int i = 0; i < 4; i++) {
        final double db = Sound.db(heard.amplitude(tones[i]), 4_000);
        final String who = codecs[i] + " heard by " + codecs[listener];
        if (i == listener) {
          assertThat(db).as(who).isLessThan(-30);
        } else {
          assertThat(db).as(who).isCloseTo(0, within(2.0));
        }
      }
    }
  }
}
