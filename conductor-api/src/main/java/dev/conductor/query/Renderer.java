package dev.conductor.query;

import dev.conductor.model.Breakout;
import dev.conductor.model.Call;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.CallTag;
import dev.conductor.model.Caller;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.GroupPlan;
import dev.conductor.model.Person;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Writes the answers to the API's questions, each in its envelope. Dates are in the conference's
 * zone. Any thread; immutable; allocates the document.
 */
public final class Renderer {
  /** The zone of a conference that names none, or one this machine does not know. */
  static final ZoneId DEFAULT_ZONE = ZoneId.of("America/Los_Angeles");

  private final ServerFacts facts;
  private final LongSupplier nowMs;

  /**
   * A renderer.
   *
   * @param facts what calls say of the server
   * @param nowMs Unix time, for {@code currentTime}: the moment of answering
   */
  public Renderer(final ServerFacts facts, final LongSupplier nowMs) {
    this.facts = facts;
    this.nowMs = nowMs;
  }

  /**
   * The answer to getConference: the conference, with UIDs of what belongs to it.
   *
   * @param persons its persons, as the store has them
   */
  public String conference(
      final ConferenceSnapshot of, final List<Person> persons, final View view) {
    return Envelope.of(
        view.format(),
        dates(of, view),
        ObjectTables.CONFERENCE,
        conferenceView(of.conference(), uids(persons)));
  }

  /**
   * The answer to getConferenceData: the conference's fields and its persons.
   *
   * @param persons its persons, as the store has them
   */
  public String conferenceData(
      final ConferenceSnapshot of, final List<Person> persons, final View view) {
    final Dates dates = dates(of, view);
    final Shape out = Envelope.begin(view.format(), Envelope.OK, "");
    out.beginObject("value");
    ObjectTables.CONFERENCE.writeFields(out, dates, conferenceView(of.conference(), uids(persons)));
    ObjectTables.PERSON.writeList(out, dates, "person", persons);
    out.endObject();
    return out.finish();
  }

  /** The answer to getCall: the call, with UIDs of what belongs to it. */
  public String call(final ConferenceSnapshot of, final CallSnapshot call, final View view) {
    return Envelope.of(view.format(), dates(of, view), ObjectTables.CALL, callView(call));
  }

  /** The answer to getCallData: the call, its callers and its breakouts. */
  public String callData(final ConferenceSnapshot of, final CallSnapshot call, final View view) {
    final Shape out = Envelope.begin(view.format(), Envelope.OK, "");
    writeCallData(out, dates(of, view), "value", call);
    return out.finish();
  }

  /** The answer to getCaller. */
  public String caller(final ConferenceSnapshot of, final Caller caller, final View view) {
    return Envelope.of(view.format(), dates(of, view), ObjectTables.CALLER, caller);
  }

  /** The answer to getBreakout. */
  public String breakout(final ConferenceSnapshot of, final Breakout breakout, final View view) {
    return Envelope.of(view.format(), dates(of, view), ObjectTables.BREAKOUT, breakout);
  }

  /** A call tag, as the target of its events shows it. */
  public String callTag(final ConferenceSnapshot of, final CallTag tag, final View view) {
    return Envelope.of(view.format(), dates(of, view), ObjectTables.CALL_TAG, tag);
  }

  /** The answer to a preview of autoBreakout: the groups it would make. */
  public String groupPlan(final ConferenceSnapshot of, final GroupPlan plan, final View view) {
    return Envelope.of(view.format(), dates(of, view), ObjectTables.GROUP_PLAN, plan);
  }

  /** The answer to getCustomer: whose conference it is. */
  public String customer(final ConferenceSnapshot of, final View view) {
    return Envelope.of(view.format(), dates(of, view), ObjectTables.CUSTOMER, of.customer());
  }

  /** Writes getCallData's value under a name. */
  void writeCallData(final Shape out, final Dates dates, final String as, final CallSnapshot call) {
    out.beginObject(as);
    ObjectTables.CALL.writeObject(out, dates, "call", callView(call));
    ObjectTables.CALLER.writeList(out, dates, "caller", call.callersInOrder());
    ObjectTables.BREAKOUT.writeList(out, dates, "breakout", call.breakoutsInOrder());
    out.number("seq", call.seq());
    out.endObject();
  }

  /** A call as it is after an event. */
  CallView callView(final Call call, final long seq) {
    return new CallView(call, seq, nowMs.getAsLong(), facts);
  }

  private static List<String> uids(final List<Person> persons) {
    return persons.stream().map(Person::uid).toList();
  }

  /** A conference as it is now, with the UIDs of its persons. */
  ConferenceView conferenceView(final Conference of, final List<String> persons) {
    return new ConferenceView(of, persons, nowMs.getAsLong(), facts.window());
  }

  /** Unix time. */
  long nowMs() {
    return nowMs.getAsLong();
  }

  /** How dates of a conference are written. */
  static Dates dates(final Conference of, final boolean isoDates) {
    return isoDates ? Dates.iso() : Dates.printed(zone(of));
  }

  private CallView callView(final CallSnapshot call) {
    return callView(call.call(), call.seq());
  }

  private static Dates dates(final ConferenceSnapshot of, final View view) {
    return dates(of.conference(), view.isoDates());
  }

  private static ZoneId zone(final Conference of) {
    try {
      return ZoneId.of(of.zoneId());
    } catch (final DateTimeException unknown) {
      return DEFAULT_ZONE;
    }
  }
}
