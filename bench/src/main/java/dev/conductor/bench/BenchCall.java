package dev.conductor.bench;

import dev.conductor.media.api.Codec;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.codec.AudioEncoder;
import dev.conductor.media.codec.G711Alaw;
import dev.conductor.media.codec.G711Ulaw;
import dev.conductor.media.codec.G722Encoder;
import dev.conductor.media.codec.L16Codec;
import dev.conductor.media.codec.OpusLibrary;
import dev.conductor.media.dsp.Gain;
import dev.conductor.media.dsp.Limiter;
import dev.conductor.media.dsp.RatePlane;
import dev.conductor.media.mix.CallMixer;
import dev.conductor.media.mix.Group;
import dev.conductor.media.mix.VoicePool;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A call without sockets, and its tick: voices go in as samples; what each caller hears is mixed,
 * limited and encoded, once for all who hear the same through the same codec, for each of the
 * others alone.
 *
 * <p>The first caller is a host in the main room; he talks and all hear him. The others sit beside
 * him, or in breakouts of equal size, whose members hear each other and him. Codecs go round.
 */
final class BenchCall {
  /** As many voices as there are callers. */
  static final int ALL = Integer.MAX_VALUE;

  private static final int HOSTS_MIX = 0;
  private static final int FIRST_ROOM_MIX = 1;
  private static final int ENERGY = 100;
  private static final int MAX_PAYLOAD_BYTES = 1_920;

  /** So far from each other two talkers are in the same voice. */
  private static final int FRAMES_APART = 37;

  private final List<Line> lines = new ArrayList<>();
  private final List<Line> talkers = new ArrayList<>();
  private final List<AudioEncoder> encoders = new ArrayList<>();
  private final Map<RatePlane, VoiceFrames> voices = new EnumMap<>(RatePlane.class);
  private final Map<Group, Map<Codec, Shared>> shared = new IdentityHashMap<>();
  private final UnsafeBuffer out = new UnsafeBuffer(ByteBuffer.allocateDirect(MAX_PAYLOAD_BYTES));
  private final int[] room = new int[RatePlane.MAX_FRAME_SAMPLES];
  private final short[] heard = new short[RatePlane.MAX_FRAME_SAMPLES];
  private final CallMixer mixer = new CallMixer(shared::remove, new VoicePool());
  private int tick;
  private int encodedAlone;
  private int encodedShared;

  /**
   * Makes the call.
   *
   * @param breakouts how many there are; with 0 all sit in the main room
   * @param voicesHeard how many voices sound in every room, the host's among them; {@link #ALL}
   * @param codecs the first caller has the first, the second the second, and so on, and over again
   */
  BenchCall(
      final int callers, final int breakouts, final int voicesHeard, final List<Codec> codecs) {
    final int rooms = Math.max(1, breakouts);
    final List<MixPlan.Place> places = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      final int ownMix = i == 0 ? HOSTS_MIX : FIRST_ROOM_MIX + (i - 1) % rooms;
      final int none = MixPlan.NO_MIX;
      final int hostsRoom = breakouts == 0 ? FIRST_ROOM_MIX : none;
      final int secondMix = i == 0 ? hostsRoom : ownMix;
      places.add(new MixPlan.Place(i + 1, ownMix, none, HOSTS_MIX, secondMix, 0, 0, ENERGY, true));
      final Codec codec = codecs.get(i % codecs.size());
      final Line line = new Line(i, codec, encoder(codec));
      lines.add(line);
      if (i == 0 || (i - 1) / rooms < voicesHeard - 1) {
        talkers.add(line);
        voices.computeIfAbsent(line.plane, VoiceFrames::new);
      }
    }
    mixer.plan(new MixPlan(1, 1, FIRST_ROOM_MIX + rooms, places));
    lines.forEach(line -> mixer.listen(line.place, line.plane));
  }

  /** 20 ms; the bytes sent, so that no work is optimised away. */
  int tick() {
    tick++;
    encodedAlone = 0;
    encodedShared = 0;
    mixer.begin();
    for (int i = 0; i < talkers.size(); i++) {
      final Line line = talkers.get(i);
      final short[] voice = voices.get(line.plane).frame(line.place * FRAMES_APART + tick);
      mixer.feed(line.place, voice, line.plane, true, Gain.UNITY_Q15);
    }
    int bytes = 0;
    for (int i = 0; i < lines.size(); i++) {
      final Line line = lines.get(i);
      final Group group = mixer.group(i);
      bytes += group == null ? own(line) : shared(line, group);
    }
    return bytes;
  }

  private int own(final Line line) {
    encodedAlone++;
    mixer.hear(line.place, room);
    line.limiter.limit(line.plane, room, heard);
    return line.encoder.encode(heard, 0, line.plane.frameSamples(), out, 0);
  }

  private int shared(final Line line, final Group group) {
    if (line.group != group) {
      line.group = group;
      line.shared =
          shared
              .computeIfAbsent(group, any -> new EnumMap<>(Codec.class))
              .computeIfAbsent(line.codec, codec -> new Shared(encoder(codec)));
    }
    final Shared frame = line.shared;
    if (frame.madeTick != tick) {
      encodedShared++;
      frame.madeTick = tick;
      frame.bytes =
          frame.encoder.encode(mixer.heard(group), 0, line.plane.frameSamples(), frame.payload, 0);
    }
    return frame.bytes;
  }

  /** Frames of the last tick that were encoded for one caller. */
  int encodedAlone() {
    return encodedAlone;
  }

  /** Frames of the last tick that were encoded for all who hear the same. */
  int encodedShared() {
    return encodedShared;
  }

  private AudioEncoder encoder(final Codec codec) {
    final AudioEncoder made =
        switch (codec) {
          case PCMU -> new G711Ulaw();
          case PCMA -> new G711Alaw();
          case G722 -> new G722Encoder();
          case L16, L16_WIDE -> new L16Codec(codec.sampleRateHz());
          case OPUS -> OpusLibrary.system().encoder(codec.sampleRateHz(), 0, false);
        };
    encoders.add(made);
    return made;
  }

  /** Gives back what the encoders hold. */
  void close() {
    for (final AudioEncoder encoder : encoders) {
      encoder.close();
    }
  }

  /** One caller. */
  private static final class Line {
    private final int place;
    private final Codec codec;
    private final RatePlane plane;
    private final Limiter limiter = new Limiter();
    private final AudioEncoder encoder;
    private Group group;
    private Shared shared;

    Line(final int place, final Codec codec, final AudioEncoder encoder) {
      this.place = place;
      this.codec = codec;
      this.encoder = encoder;
      plane = RatePlane.of(codec.sampleRateHz());
    }
  }

  /** What all who hear the same through one codec are sent. */
  private static final class Shared {
    private final AudioEncoder encoder;
    private final UnsafeBuffer payload =
        new UnsafeBuffer(ByteBuffer.allocateDirect(MAX_PAYLOAD_BYTES));
    private int madeTick;
    private int bytes;

    Shared(final AudioEncoder encoder) {
      this.encoder = encoder;
    }
  }
}
