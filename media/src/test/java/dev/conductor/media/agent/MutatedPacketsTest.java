package dev.conductor.media.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.Codec;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.status.MediaCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * RTP and RTCP with anything wrong with it, from the phones of live sessions of every codec:
 * nothing is thrown, every datagram is counted once, nobody else's sound is touched, and afterwards
 * those phones are heard again.
 *
 * <p>{@code -Dfuzz.packets=1000000} sends more than the 100,000 of every build, {@code -Dfuzz.seed}
 * others.
 */
class MutatedPacketsTest {
  private static final long PACKETS = Long.getLong("fuzz.packets", 100_000);
  private static final long SEED = Long.getLong("fuzz.seed", 20_260_101);

  private static final int MAIN = 0;
  private static final int BREAKOUT = 1;
  private static final int NONE = MixPlan.NO_MIX;
  private static final long OTHER_CALL = 2;
  private static final int FIRST_TICKS = 3;
  private static final int STORM_TICKS = 6;
  private static final int CALM_TICKS = 12;
  private static final int MOST_A_TICK = 8;

  /** The RTCP port is read seldom. */
  private static final int RTCP_PORT_TICKS = 10;

  /** Until all delay that the storm made the lines learn is unlearned. */
  private static final int RECOVERY_TICKS = 500;

  private static final int HEARD_TICKS = 50;

  private final Stage stage = new Stage(1);
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<CodecLine> attackers = new ArrayList<>();
  private final List<CodecLine> bystanders = new ArrayList<>();
  private final List<CodecLine> strangers = new ArrayList<>();
  private long sentRtp;
  private long sentRtcp;
  private int tick;
  private int version;

  @AfterEach
  void close() {
    stage.close();
    Stream.of(attackers, bystanders, strangers).flatMap(List::stream).forEach(CodecLine::close);
  }

  @Test
  void shouldStandMutatedPacketsWhileNobodyElseHearsAnyOfThem() {
    for (final Codec codec : Codec.values()) {
      attackers.add(open(codec));
    }
    for (int i = 0; i < 2; i++) {
      bystanders.add(open(Codec.PCMA));
      strangers.add(open(Codec.PCMA));
    }
    Stream.concat(attackers.stream(), bystanders.stream())
        .forEach(line -> stage.engine.admit(line.id, Stage.CALL));
    strangers.forEach(line -> stage.engine.admit(line.id, OTHER_CALL));
    stage.engine.plan(new MixPlan(OTHER_CALL, 1, 1, together(strangers)));
    planForStorm();
    quiet(FIRST_TICKS);
    final Map<String, Long> before = stage.engine.counters();
    stage.events.clear();

    while (sentRtp + sentRtcp < PACKETS) {
      storm();
    }

    assertNothingFailed(before);
    assertEachIsCountedOnce(before);
    for (final CodecLine attacker : attackers) {
      assertWorksAgain(attacker);
    }
  }

  private CodecLine open(final Codec codec) {
    final long id = 1 + stage.phones.size();
    final CodecLine line = new CodecLine(id, codec, random);
    stage.phones.put(id, line.phone);
    assertThat(stage.engine.open(id, line.spec())).isTrue();
    stage.ticks(2);
    line.phone.dial(stage.opened.get(id));
    // The first packet makes the session connect its socket, and that empties it.
    line.phone.sendBytes(line.rtp.valid(line.silence()));
    stage.tick();
    line.phone.drain();
    return line;
  }

  private static List<MixPlan.Place> together(final List<CodecLine> lines) {
    return lines.stream().map(line -> place(line, MAIN, MAIN, NONE)).toList();
  }

  private static MixPlan.Place place(
      final CodecLine line, final int feeds, final int hears, final int hearsToo) {
    return new MixPlan.Place(line.id, feeds, NONE, hears, hearsToo, 0, 0, 100, feeds != NONE);
  }

  /** The attackers hear all there is; who of them is heard by the others changes. */
  private void planForStorm() {
    final List<MixPlan.Place> places = new ArrayList<>(together(bystanders));
    for (final CodecLine attacker : attackers) {
      places.add(place(attacker, random.nextInt(4) == 0 ? NONE : BREAKOUT, MAIN, BREAKOUT));
    }
    plan(places);
  }

  private void plan(final List<MixPlan.Place> places) {
    version++;
    stage.engine.plan(new MixPlan(Stage.CALL, version, 2, places));
  }

  /** Sends for a while, and then lets all be read: a socket holds so much and no more. */
  private void storm() {
    planForStorm();
    for (int i = 0; i < STORM_TICKS; i++) {
      sendForOneTick();
      tickAndAssertOthersHearEachOtherExactly();
    }
    quiet(CALM_TICKS);
  }

  private void sendForOneTick() {
    for (final CodecLine attacker : attackers) {
      // Now and then but one, so that not the newest alone of many is decoded.
      final int count = random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(MOST_A_TICK);
      for (int i = 0; i < count; i++) {
        sendMutated(attacker);
      }
      if ((tick + attacker.id) % RTCP_PORT_TICKS == 0) {
        attacker.phone.sendRtcp(attacker.rtcp.next());
        sentRtcp++;
      }
    }
  }

  private void sendMutated(final CodecLine attacker) {
    final boolean isRtcp = random.nextInt(3) == 0;
    final byte[] datagram = isRtcp ? attacker.rtcp.next() : attacker.rtp.next();
    attacker.phone.sendBytes(datagram);
    // A connected socket cannot tell an empty datagram from none.
    sentRtp += datagram.length == 0 ? 0 : 1;
  }

  private void quiet(final int ticks) {
    for (int i = 0; i < ticks; i++) {
      tickAndAssertOthersHearEachOtherExactly();
    }
  }

  private void tickAndAssertOthersHearEachOtherExactly() {
    final byte[][] said = new byte[4][];
    for (int i = 0; i < 2; i++) {
      said[i] = sayAnything(bystanders.get(i));
      said[2 + i] = sayAnything(strangers.get(i));
    }
    stage.tick();
    tick++;
    // While lines are still moving into their rooms, a ramp is heard.
    if (tick >= FIRST_TICKS) {
      assertHears(bystanders.get(0), said[1]);
      assertHears(bystanders.get(1), said[0]);
      assertHears(strangers.get(0), said[3]);
      assertHears(strangers.get(1), said[2]);
      attackers.forEach(this::assertIsSentOnePacket);
    } else {
      stage.phones.values().forEach(Phone::drain);
    }
  }

  private byte[] sayAnything(final CodecLine line) {
    final byte[] payload = new byte[Phone.FRAME_SAMPLES];
    random.nextBytes(payload);
    line.phone.sendBytes(line.rtp.valid(payload));
    return payload;
  }

  private void assertHears(final CodecLine line, final byte[] payload) {
    assertThat(line.phone.receive()).as(where(line)).isTrue();
    assertThat(line.payload()).as(where(line)).isEqualTo(payload);
    assertThat(line.phone.receive()).as(where(line)).isFalse();
  }

  private void assertIsSentOnePacket(final CodecLine attacker) {
    assertThat(attacker.phone.receive()).as(where(attacker)).isTrue();
    assertThat(RtpHeader.payloadType(attacker.phone.packet(), 0)).isEqualTo(attacker.type());
    final int ssrc = RtpHeader.ssrc(attacker.phone.packet(), 0);
    attacker.rtp.theirSsrc = ssrc;
    attacker.rtcp.theirSsrc = ssrc;
    assertThat(attacker.phone.receive()).as(where(attacker)).isFalse();
  }

  private String where(final CodecLine line) {
    return line.codec + " session " + line.id + " in tick " + tick + ", fuzz.seed " + SEED;
  }

  private void assertNothingFailed(final Map<String, Long> before) {
    for (final MediaCounter fault :
        List.of(
            MediaCounter.SESSION_FAULTS,
            MediaCounter.AGENT_FAULTS,
            MediaCounter.COMMANDS_FAILED,
            MediaCounter.SESSIONS_GIVEN_UP,
            MediaCounter.RTP_SOCKET_FAULTS,
            MediaCounter.RTCP_SOCKET_FAULTS,
            MediaCounter.RTP_SENDS_REFUSED)) {
      assertThat(since(before, fault)).as(fault.label()).isZero();
    }
    for (final CodecLine other : Stream.concat(bystanders.stream(), strangers.stream()).toList()) {
      assertThat(stage.engine.line(other.id).lost()).as(where(other)).isZero();
      assertThat(stage.engine.line(other.id).remoteLoss()).as(where(other)).isNaN();
      assertThat(stage.events)
          .filteredOn(event -> event.contains(" " + other.id + " ") && !event.contains("talking"))
          .as(where(other))
          .isEmpty();
    }
    assertThat(stage.events).noneMatch(event -> event.startsWith("closed"));
  }

  private void assertEachIsCountedOnce(final Map<String, Long> before) {
    final long sentByOthers = 4L * (tick - FIRST_TICKS);
    assertThat(since(before, MediaCounter.RTP_RECEIVED)).isEqualTo(sentRtp + sentByOthers);
    assertThat(
            Stream.of(
                    MediaCounter.RTP_TOO_SHORT,
                    MediaCounter.RTP_TOO_LONG,
                    MediaCounter.RTP_BAD_VERSION,
                    MediaCounter.RTP_BAD_CSRC,
                    MediaCounter.RTP_BAD_EXTENSION,
                    MediaCounter.RTP_BAD_PADDING,
                    MediaCounter.RTP_BAD_LENGTH,
                    MediaCounter.RTP_UNKNOWN_SOURCE,
                    MediaCounter.RTP_UNKNOWN_PAYLOAD,
                    MediaCounter.RTP_LOOPED,
                    MediaCounter.RTP_NOT_WANTED,
                    MediaCounter.RTP_EVENTS,
                    MediaCounter.RTCP_RECEIVED,
                    MediaCounter.JITTER_PLAYED,
                    MediaCounter.JITTER_LATE,
                    MediaCounter.JITTER_DUPLICATE,
                    MediaCounter.JITTER_OVERFLOW,
                    MediaCounter.JITTER_STRAY,
                    MediaCounter.JITTER_DISCARDED)
                .mapToLong(counter -> since(before, counter))
                .sum())
        .as("outcomes of what came to RTP and RTCP ports")
        .isEqualTo(since(before, MediaCounter.RTP_RECEIVED) + sentRtcp);
    for (final MediaCounter kind :
        List.of(
            MediaCounter.RTCP_TOO_SHORT,
            MediaCounter.RTCP_BAD_VERSION,
            MediaCounter.RTCP_BAD_FIRST,
            MediaCounter.RTCP_BAD_LENGTH,
            MediaCounter.RTCP_BAD_PADDING,
            MediaCounter.RTCP_BAD_COUNT,
            MediaCounter.RTCP_LOOPED,
            MediaCounter.RTCP_BAD_ECHO,
            MediaCounter.RTP_SSRC_COLLISIONS,
            MediaCounter.JITTER_RESYNCS,
            MediaCounter.JITTER_CONCEALED)) {
      assertThat(since(before, kind)).as(kind.label()).isPositive();
    }
  }

  private long since(final Map<String, Long> before, final MediaCounter counter) {
    return stage.count(counter) - before.get(counter.label());
  }

  /** He and somebody who was not attacked hear each other's tones, each with his own codec. */
  private void assertWorksAgain(final CodecLine line) {
    final CodecLine other = bystanders.get(0);
    plan(together(List.of(line, other)));
    line.rtp.startElsewhere();
    line.startTone(1_000);
    other.startTone(700);
    int heardByOther = 0;
    int heardByLine = 0;
    for (int i = 0; i < RECOVERY_TICKS + HEARD_TICKS; i++) {
      line.phone.sendBytes(line.rtp.valid(line.nextOfTone()));
      other.phone.sendBytes(other.rtp.valid(other.nextOfTone()));
      stage.tick();
      final boolean counts = i >= RECOVERY_TICKS;
      heardByOther += other.hears(1_000) && counts ? 1 : 0;
      heardByLine += line.hears(700) && counts ? 1 : 0;
      stage.phones.values().forEach(Phone::drain);
    }
    assertThat(heardByOther).as("ticks in which %s was heard", where(line)).isEqualTo(HEARD_TICKS);
    assertThat(heardByLine).as("ticks in which %s heard", where(line)).isEqualTo(HEARD_TICKS);
  }
}
