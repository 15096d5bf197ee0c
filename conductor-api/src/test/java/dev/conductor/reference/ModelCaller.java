package dev.conductor.reference;

import dev.conductor.model.CallTag;
import dev.conductor.model.Caller;
import dev.conductor.model.Person;
import dev.conductor.model.Place;
import dev.conductor.model.Role;
import dev.conductor.model.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A caller as the specification describes him: plain fields, changed by the rules of the model. */
final class ModelCaller {
  final String uid;
  final Person person;
  final String ani;
  final String did;
  final long startMs;
  String previousUid = "";
  Role role;
  Place place = Place.MAIN;
  String breakout = "";
  long breakoutMs = Times.NONE;
  boolean mic = true;
  boolean mute;
  boolean deaf;
  boolean hold;
  String mutedBy = "";
  int volumeIn;
  int volumeOut;
  int energy = 100;
  int attention;
  long attentionMs = Times.NONE;
  String tag;
  String data = "";
  String notes;
  String custom1;
  String custom2;
  final List<Long> tagIds = new ArrayList<>();
  final SortedMap<String, String> custom = new TreeMap<>();
  boolean active = true;
  long endMs = Times.NONE;
  String reason = "";

  /** Whether sound comes from his phone; told as talking where somebody could hear it. */
  boolean speaks;

  boolean talking;

  /** Whether a redial may take his seat. */
  boolean seatIsFree;

  /** Where his seat is, once he has left it. */
  Place seatPlace = Place.MAIN;

  /** The breakout it is in; another of the same UID is another place. Null for none. */
  ModelBreakout seatGroup;

  ModelCaller(
      final String uid,
      final Person person,
      final String ani,
      final String did,
      final long startMs) {
    this.uid = uid;
    this.person = person;
    this.ani = ani;
    this.did = did;
    this.startMs = startMs;
    role = person.role();
    tag = person.name().isEmpty() ? ani : person.name();
    notes = person.notes();
    custom1 = person.custom1();
    custom2 = person.custom2();
  }

  boolean sitsIn(final String breakoutUid) {
    return active && place == Place.BREAKOUT && breakout.equals(breakoutUid);
  }

  boolean audible() {
    return active && !mute && !hold && place != Place.ENTRYWAY;
  }

  /** The same in the words of the snapshot. */
  Caller toRecord(final String callUid, final List<CallTag> callTags) {
    return new Caller(
        new Caller.Identity(
            uid,
            callUid,
            person.uid(),
            ani,
            person.pin(),
            did,
            person.email(),
            startMs,
            previousUid),
        role,
        new Caller.Seat(place, breakout, breakoutMs),
        new Caller.Sound(mic, mute, deaf, hold, mutedBy, volumeIn, volumeOut, energy),
        new Caller.Hand(attention, attentionMs),
        new Caller.Texts(
            tag,
            data,
            notes,
            custom1,
            custom2,
            tagIds.stream().map(id -> tagOf(id, callTags)).toList(),
            custom),
        new Caller.Presence(active, endMs, reason),
        talking);
  }

  private static CallTag tagOf(final long id, final List<CallTag> callTags) {
    return callTags.stream().filter(there -> there.id() == id).findFirst().orElseThrow();
  }
}
