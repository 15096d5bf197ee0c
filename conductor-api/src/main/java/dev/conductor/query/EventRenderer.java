package dev.conductor.query;

import dev.conductor.event.Event;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.event.KeptEvent;
import dev.conductor.model.Breakout;
import dev.conductor.model.Call;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.CallTag;
import dev.conductor.model.Caller;
import dev.conductor.model.Conference;
import dev.conductor.model.EventTarget;
import dev.conductor.model.Person;
import dev.conductor.model.PlacedCall;
import dev.conductor.model.Snapshots;
import java.util.List;
import java.util.Map;

/**
 * Writes events as documents, one each: JSON on one line, XML with the root {@code event}, which
 * may hold line feeds. A target is exactly what its read shows. Any thread; immutable; allocates
 * the document.
 */
public final class EventRenderer {
  private static final Event.Cause SERVER = new Event.Cause("SYSTEM", "", "", "");

  private final Renderer renderer;
  private final Snapshots snapshots;

  /**
   * A renderer of events.
   *
   * @param renderer lends its clock and facts
   * @param snapshots where the zone of an event's conference is found
   */
  public EventRenderer(final Renderer renderer, final Snapshots snapshots) {
    this.renderer = renderer;
    this.snapshots = snapshots;
  }

  /** An event of a call, SYSTEM END included. */
  public String event(final Event event, final EventView how) {
    final Names names = Names.of(event.source(), event.name(), how.printedNames());
    final Shape out = begin(how, event.seq(), event.timeMs(), event.callUid(), names);
    writeTarget(out, event, dates(event.callUid(), event.target(), how.view()));
    writeCause(out, event.cause());
    if (!event.durable()) {
      out.flag("durable", false);
    }
    return out.finish();
  }

  /**
   * A logged event from the disk: the document it would have been when it was new.
   *
   * @throws java.io.UncheckedIOException when what is kept is no such document
   */
  public String kept(final String callUid, final KeptEvent kept, final EventView how) {
    if (how.equals(EventView.KEPT)) {
      return kept.body();
    }
    final Names names = Names.of(kept.source(), kept.name(), how.printedNames());
    final KeptDocument document =
        new KeptDocument(
            dates(callUid, null, how.view()),
            Map.of("source", names.source(), "name", names.name()));
    return document.write(kept.body(), Envelope.document(how.view().format(), "event"));
  }

  /** SYSTEM HELLO: a reader of the XML socket is let in; what it gets is behind this number. */
  public String hello(final String callUid, final long headSeq, final EventView how) {
    return bare("HELLO", callUid, headSeq, how);
  }

  /** SYSTEM ERROR: the connection ends. */
  public String error(final String message, final EventView how) {
    final Shape out = system(how, "ERROR", 0, "");
    out.beginObject("target");
    out.text("message", message);
    out.endObject();
    return end(out, SERVER);
  }

  /** SYSTEM SNAPSHOT: getCallData's value at the snapshot's number; what follows is the next. */
  public String snapshot(final CallSnapshot call, final EventView how) {
    final String callUid = call.call().uid();
    final Shape out = system(how, "SNAPSHOT", call.seq(), callUid);
    renderer.writeCallData(out, dates(callUid, call.call(), how.view()), "target", call);
    return end(out, SERVER);
  }

  /** SYSTEM GAP: these events, both ends included, are not kept; a snapshot follows. */
  public String gap(
      final String callUid, final long fromSeq, final long toSeq, final EventView how) {
    final Shape out = system(how, "GAP", toSeq, callUid);
    out.beginObject("target");
    out.number("from", fromSeq);
    out.number("to", toSeq);
    out.endObject();
    return end(out, SERVER);
  }

  /** SYSTEM HEARTBEAT with the number of the last event. */
  public String heartbeat(final String callUid, final long headSeq, final EventView how) {
    return bare("HEARTBEAT", callUid, headSeq, how);
  }

  private String bare(
      final String name, final String callUid, final long headSeq, final EventView how) {
    final Shape out = system(how, name, headSeq, callUid);
    out.beginObject("target");
    out.endObject();
    return end(out, SERVER);
  }

  private Shape system(
      final EventView how, final String name, final long seq, final String callUid) {
    final Names names = new Names(EventSource.SYSTEM.name(), name);
    return begin(how, seq, renderer.nowMs(), callUid, names);
  }

  private static Shape begin(
      final EventView how,
      final long seq,
      final long timeMs,
      final String callUid,
      final Names names) {
    final Shape out = Envelope.document(how.view().format(), "event");
    out.number("seq", seq);
    out.text("time", Dates.isoText(timeMs));
    out.text("callUID", callUid);
    out.text("source", names.source());
    out.text("name", names.name());
    return out;
  }

  private static String end(final Shape out, final Event.Cause cause) {
    writeCause(out, cause);
    return out.finish();
  }

  private static void writeCause(final Shape out, final Event.Cause cause) {
    out.beginObject("cause");
    out.text("by", cause.by());
    out.text("command", cause.command());
    out.text("id", cause.id());
    out.text("actor", cause.actor());
    out.endObject();
  }

  private void writeTarget(final Shape out, final Event event, final Dates dates) {
    final EventTarget target = event.target();
    if (target instanceof Caller caller) {
      ObjectTables.CALLER.writeObject(out, dates, "target", caller);
    } else if (target instanceof Breakout breakout) {
      ObjectTables.BREAKOUT.writeObject(out, dates, "target", breakout);
    } else if (target instanceof Call call) {
      final CallView view = renderer.callView(call, event.seq());
      ObjectTables.CALL.writeObject(out, dates, "target", view);
    } else if (target instanceof CallTag tag) {
      ObjectTables.CALL_TAG.writeObject(out, dates, "target", tag);
    } else if (target instanceof Conference conference) {
      final ConferenceView view = renderer.conferenceView(conference, List.of());
      ObjectTables.CONFERENCE.writeObject(out, dates, "target", view);
    } else if (target instanceof PlacedCall placed) {
      ObjectTables.PLACED_CALL.writeObject(out, dates, "target", placed);
    } else if (target instanceof Person person) {
      ObjectTables.PERSON.writeObject(out, dates, "target", person);
    } else {
      out.beginObject("target");
      out.endObject();
    }
  }

  /**
   * A reader may ask for a call's first events before its snapshot is out: then the target says.
   */
  private Dates dates(final String callUid, final EventTarget target, final View view) {
    if (view.isoDates()) {
      return Dates.iso();
    }
    if (target instanceof Conference conference) {
      return Renderer.dates(conference, false);
    }
    final String conferenceUid =
        target instanceof Call call
            ? call.conferenceUid()
            : snapshots.call(callUid).map(of -> of.call().conferenceUid()).orElse("");
    return snapshots
        .conference(conferenceUid)
        .map(of -> Renderer.dates(of.conference(), false))
        .orElseGet(() -> Dates.printed(Renderer.DEFAULT_ZONE));
  }

  /**
   * Source and name as they are written.
   *
   * @param source which object
   * @param name what happened
   */
  private record Names(String source, String name) {
    static Names of(final EventSource source, final EventName name, final boolean printed) {
      if (printed && name == EventName.NEWBREAKOUT) {
        return source == EventSource.CONFERENCE
            ? new Names("CONFERENCENEW", "BREAKOUT")
            : new Names(source.name(), "NEWBREEAKOUT");
      }
      return new Names(source.name(), name.name());
    }
  }
}
