package dev.conductor.media.agent;

import dev.conductor.media.api.MixPlan;
import dev.conductor.media.mix.CallMixer;
import dev.conductor.media.session.TickContext;
import dev.conductor.media.status.LatestSlot;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

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
  private final CallMixer mixer = new CallMixer(TickContext.FRAME_SAMPLES);
  private MixPlan plan;
  private Resident[] seats = NOBODY;

  CallRoom(final long callId, final LatestSlot<MixPlan> plans) {
    this.callId = callId;
    this.plans = plans;
  }

  long callId() {
    return callId;
  }

  /**
   * Puts the latest plan in force, if there is a newer one.
   *
   * @return whether there was
   */
  boolean takePlan(final Long2ObjectHashMap<Resident> residents) {
    final MixPlan latest = plans.take();
    if (latest == null || plan != null && latest.version() <= plan.version()) {
      return false;
    }
    mixer.plan(latest);
    plan = latest;
    final Resident[] before = seats;
    for (final Resident resident : before) {
      if (resident != null) {
        resident.seat = Resident.NO_SEAT;
      }
    }
    final List<MixPlan.Place> places = latest.places();
    seats = new Resident[places.size()];
    for (int i = 0; i < seats.length; i++) {
      final Resident resident = residents.get(places.get(i).sessionId());
      if (resident != null && resident.room == this && resident.seat == Resident.NO_SEAT) {
        sit(resident, i, places.get(i));
      }
    }
    for (final Resident resident : before) {
      if (resident != null && resident.seat == Resident.NO_SEAT) {
        resident.session.follow(null);
      }
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
    for (int i = 0; i < seats.length; i++) {
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

  /**
   * Mixes one tick: everybody who has a voice feeds, everybody seated hears and is sent to.
   *
   * @param heard room for a frame
   */
  void mix(final MediaAgent agent, final short[] heard) {
    mixer.begin();
    for (int i = 0; i < seats.length; i++) {
      final Resident resident = seats[i];
      if (resident != null && resident.isServedWithVoice()) {
        mixer.feed(i, resident.session.voice());
      }
    }
    for (int i = 0; i < seats.length; i++) {
      final Resident resident = seats[i];
      if (resident != null && resident.served) {
        mixer.hear(i, heard);
        agent.send(resident, heard);
      }
    }
  }
}
