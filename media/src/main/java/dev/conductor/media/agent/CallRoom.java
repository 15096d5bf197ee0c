package dev.conductor.media.agent;

import dev.conductor.media.api.MixPlan;
import dev.conductor.media.mix.CallMixer;
import dev.conductor.media.mix.CommonSound;
import dev.conductor.media.mix.Group;
import dev.conductor.media.mix.VoicePool;
import dev.conductor.media.play.CallPlayer;
import dev.conductor.media.session.RtpSession;
import dev.conductor.media.session.SharedPacket;
import dev.conductor.media.session.SharedPackets;
import dev.conductor.media.session.TickContext;
import dev.conductor.media.status.LatestSlot;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * One call on its home agent: its mixer, the plan in force and who sits where in it.
 *
 * @threading its home agent; the conductor puts plans into the slot.
 * @allocation when a plan is taken over.
 */
final class CallRoom {
  private static final Resident[] NOBODY = new Resident[0];

  private final long callId;
  private final LatestSlot<MixPlan> plans;
  private final CallMixer mixer;
  private final List<Resident> sharers = new ArrayList<>();
  private final CallPlayer player = new CallPlayer();
  private final Map<Group, SharedPackets> packets = new IdentityHashMap<>();
  private MixPlan plan;
  private Resident[] seats = NOBODY;
  private Resident[] lastSeats = NOBODY;
  private int seatCount;

  CallRoom(
      final long callId,
      final LatestSlot<MixPlan> plans,
      final VoicePool voices,
      final CommonSound music) {
    this.callId = callId;
    mixer = new CallMixer(this::forget, voices);
    this.plans = plans;
    mixer.common(plane -> player.isSounding() ? player.frame(plane) : null);
    mixer.music(music);
  }

  long callId() {
    return callId;
  }

  /** What plays to everybody. */
  CallPlayer player() {
    return player;
  }

  /**
   * Puts the latest plan in force, if there is a newer one.
   *
   * @return whether there was
   */
  boolean takePlan(final Residents residents) {
    final MixPlan latest = plans.take();
    if (latest == null || plan != null && latest.version() <= plan.version()) {
      return false;
    }
    mixer.plan(latest);
    plan = latest;
    final Resident[] before = seats;
    final int beforeCount = seatCount;
    for (int i = 0; i < beforeCount; i++) {
      if (before[i] != null) {
        before[i].seat = Resident.NO_SEAT;
      }
    }
    final List<MixPlan.Place> places = latest.places();
    seatCount = places.size();
    // The two arrays take turns, so that a plan a join does not leave an array a join.
    seats = lastSeats.length >= seatCount ? lastSeats : new Resident[seatCount + seatCount / 2 + 4];
    lastSeats = before;
    for (int i = 0; i < seatCount; i++) {
      final Resident resident = residents.get(places.get(i).sessionId());
      seats[i] = null;
      if (resident != null && resident.room == this && resident.seat == Resident.NO_SEAT) {
        sit(resident, i, places.get(i));
      }
    }
    for (int i = 0; i < beforeCount; i++) {
      if (before[i] != null && before[i].seat == Resident.NO_SEAT) {
        before[i].session.follow(null);
      }
      before[i] = null;
    }
    return true;
  }

  /** Lets somebody in; if the plan knows him already he sits down. */
  void enter(final Resident resident) {
    resident.room = this;
    if (plan == null) {
      return;
    }
    final List<MixPlan.Place> places = plan.places();
    for (int i = 0; i < seatCount; i++) {
      if (places.get(i).sessionId() == resident.session.id() && seats[i] == null) {
        sit(resident, i, places.get(i));
        return;
      }
    }
  }

  /** Lets somebody out. */
  void leave(final Resident resident) {
    if (resident.seat != Resident.NO_SEAT) {
      seats[resident.seat] = null;
      resident.seat = Resident.NO_SEAT;
    }
    resident.room = null;
    resident.session.follow(null);
  }

  private void sit(final Resident resident, final int seat, final MixPlan.Place place) {
    seats[seat] = resident;
    resident.seat = seat;
    resident.session.follow(place);
  }

  /** Begins a tick. */
  void begin() {
    mixer.begin();
    player.tick();
  }

  /** Takes the frame of somebody seated whose line is quiet, if he is heard all the same. */
  void feedQuiet(final Resident resident) {
    if (!mixer.isIdle(resident.seat, false)) {
      feed(resident);
    }
  }

  /** Takes the voice of somebody seated. */
  void feed(final Resident resident) {
    final RtpSession session = resident.session;
    final boolean open = session.isLineOpen();
    if (!mixer.isIdle(resident.seat, open)) {
      mixer.feed(resident.seat, session.voice(), session.voicePlane(), open, session.levelQ15());
    }
  }

  /** Gives somebody seated what he hears, or lets him wait for {@link #giveShared}. */
  void give(final MediaAgent agent, final Resident resident, final TickContext context) {
    if (resident.isReceived(context.tick()) && goesOn(resident, context)) {
      agent.goOnSharing(resident);
      return;
    }
    final RtpSession session = resident.session;
    if (session.isSending()) {
      mixer.listen(resident.seat, session.hearsAt());
      final SharedPackets alike = packetsOf(mixer.group(resident.seat), resident);
      if (session.mayShare(alike, context)) {
        if (session.isSentWithState()) {
          sharers.add(resident);
        } else {
          sendShared(agent, resident, context);
        }
        return;
      }
      mixer.hear(resident.seat, context.room());
    }
    agent.send(resident, context.room());
  }

  /** Whether somebody is sent what he was sent with in the tick before, and only that. */
  private boolean goesOn(final Resident resident, final TickContext context) {
    final Group group = mixer.steadyGroup(resident.seat);
    if (group == null
        || group != resident.group
        || !resident.goesOnWith(resident.packets, context.tick())) {
      return false;
    }
    resident.packet().make(mixer.heard(group), group.plane(), context.tick());
    return true;
  }

  /** Gives those who wait what they share. */
  void giveShared(final MediaAgent agent, final TickContext context) {
    for (int i = 0; i < sharers.size(); i++) {
      try {
        sendShared(agent, sharers.get(i), context);
      } catch (final RuntimeException e) {
        agent.onFault(sharers.get(i));
      }
    }
    sharers.clear();
  }

  private SharedPackets packetsOf(final Group group, final Resident resident) {
    if (group != resident.group) {
      resident.group = group;
      resident.packets = group == null ? null : packetsOf(group);
    }
    return resident.packets;
  }

  private SharedPackets packetsOf(final Group group) {
    SharedPackets found = packets.get(group);
    if (found == null) {
      found = new SharedPackets(group::limiterBefore);
      packets.put(group, found);
    }
    return found;
  }

  private void sendShared(
      final MediaAgent agent, final Resident resident, final TickContext context) {
    SharedPacket packet = resident.session.sharedWith(resident.packets);
    if (packet == null) {
      packet = resident.packets.of(resident.session.sentBy());
      resident.session.join(packet, context);
    }
    packet.make(mixer.heard(resident.group), resident.group.plane(), context.tick());
    agent.sendShared(resident, packet);
  }

  private void forget(final Group group) {
    final SharedPackets gone = packets.remove(group);
    if (gone != null) {
      gone.close();
    }
  }

  /** The call is over. */
  void close() {
    mixer.close();
  }
}
