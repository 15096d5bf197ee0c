package dev.conductor.query;

import static dev.conductor.query.Documents.json;
import static dev.conductor.query.Documents.text;
import static dev.conductor.query.Documents.xml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.event.Event;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.event.KeptEvent;
import dev.conductor.model.CallTag;
import dev.conductor.model.EventTarget;
import dev.conductor.model.Place;
import dev.conductor.model.Snapshots;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class EventRendererTest {
  private static final EventView JSON = new EventView(new View(Format.JSON, false), false);
  private static final EventView PRINTED = new EventView(new View(Format.JSON, false), true);
  private static final EventView XML = new EventView(new View(Format.XML, false), false);
  private static final long TIME_MS = 1_769_850_900_123L;

  private final Snapshots snapshots = new Snapshots();
  private final Renderer renderer = new Renderer(new ServerFacts("s", 0), () -> TIME_MS);
  private final EventRenderer events = new EventRenderer(renderer, snapshots);

  @BeforeEach
  void publish() {
    snapshots.publish(Samples.conference("t", "K1"));
    snapshots.publish(Samples.call(42));
  }

  @Test
  void shouldWriteAnEventAsTheSpecificationShows() {
    final var caller = Samples.caller("A", Place.MAIN, "");
    final String text = events.event(event(EventSource.CALLER, EventName.MUTE, caller), JSON);
    assertThat(text)
        .startsWith(
            "{\"seq\":42,\"time\":\"2026-01-31T09:15:00.123Z\",\"callUID\":\"K1\","
                + "\"source\":\"CALLER\",\"name\":\"MUTE\",\"target\":{\"UID\":\"A\",")
        .endsWith(
            "},\"cause\":{\"by\":\"API\",\"command\":\"updateCaller\",\"id\":\"7\","
                + "\"actor\":\"Eve\"}}")
        .doesNotContain("\n");
  }

  @Test
  void shouldShowATargetExactlyAsItsReadDoes() {
    final var conference = Samples.conference("t", "K1");
    final var call = Samples.call(42);
    final var caller = Samples.caller("A", Place.MAIN, "");
    assertTarget(EventSource.CALLER, caller, renderer.caller(conference, caller, JSON.view()));
    assertTarget(EventSource.CALL, call.call(), renderer.call(conference, call, JSON.view()));
    final var group = Samples.breakout(0);
    assertTarget(EventSource.BREAKOUT, group, renderer.breakout(conference, group, JSON.view()));
    final var tag = new CallTag(3, "red", 0);
    assertTarget(EventSource.TAG, tag, renderer.callTag(conference, tag, JSON.view()));
    assertTarget(
        EventSource.CONFERENCE,
        conference.conference(),
        renderer.conference(conference, List.of(), JSON.view()));
    final var person = Samples.person("C1").withCustom(new TreeMap<>(Map.of("k", "<v>")));
    final JsonNode event =
        json(events.event(event(EventSource.PERSON, EventName.UPDATE, person), JSON));
    assertThat(event.get("source").textValue()).isEqualTo("PERSON");
    assertThat(event.get("target"))
        .isEqualTo(
            json(renderer.conferenceData(conference, List.of(person), JSON.view()))
                .at("/value/person/0"));
  }

  @Test
  void shouldUseTheSameNamesInXml() {
    final var caller = Samples.caller("A", Place.MAIN, "", "<&\r\n>");
    final Element root = xml(events.event(event(EventSource.CALLER, EventName.MIKE, caller), XML));
    assertThat(root.getTagName()).isEqualTo("event");
    assertThat(text(root, "seq")).isEqualTo("42");
    assertThat(text(root, "source")).isEqualTo("CALLER");
    assertThat(text(root, "target", "tag")).isEqualTo("<&\r\n>");
    assertThat(text(root, "target", "startTime")).isEqualTo("Fri Oct 23 05:30:00 PDT 2015");
    assertThat(text(root, "cause", "by")).isEqualTo("API");
  }

  @Test
  void shouldPrintTheDocumentsMisprintsOnlyWhenAskedTo() {
    final var group = Samples.breakout(0);
    final Event ofCall = event(EventSource.CALL, EventName.NEWBREAKOUT, group);
    final Event ofConference = event(EventSource.CONFERENCE, EventName.NEWBREAKOUT, group);
    final Event moved =
        event(EventSource.CALLER, EventName.BREAKOUT, Samples.caller("A", Place.MAIN, ""));
    assertNames(events.event(ofCall, JSON), "CALL", "NEWBREAKOUT");
    assertNames(events.event(ofConference, JSON), "CONFERENCE", "NEWBREAKOUT");
    assertNames(events.event(ofCall, PRINTED), "CALL", "NEWBREEAKOUT");
    assertNames(events.event(ofConference, PRINTED), "CONFERENCENEW", "BREAKOUT");
    assertNames(events.event(moved, PRINTED), "CALLER", "BREAKOUT");
  }

  @Test
  void shouldBeginAStreamWithGetCallDatasValue() {
    final JsonNode snapshot = json(events.snapshot(Samples.call(42), JSON));
    assertNames(snapshot.toString(), "SYSTEM", "SNAPSHOT");
    assertThat(snapshot.get("seq").longValue()).isEqualTo(42);
    assertThat(snapshot.get("target"))
        .isEqualTo(
            json(renderer.callData(Samples.conference("t", "K1"), Samples.call(42), JSON.view()))
                .get("value"));
  }

  @Test
  void shouldTellWhatIsMissing() {
    final JsonNode gap = json(events.gap("K1", 5, 9, JSON));
    assertNames(gap.toString(), "SYSTEM", "GAP");
    assertThat(gap.get("target").toString()).isEqualTo("{\"from\":5,\"to\":9}");
    final Element beat = xml(events.heartbeat("K1", 12, XML));
    assertThat(text(beat, "name")).isEqualTo("HEARTBEAT");
    assertThat(text(beat, "seq")).isEqualTo("12");
  }

  @Test
  void shouldEndWithAnEmptyTarget() {
    final Event end = event(EventSource.SYSTEM, EventName.END, null);
    assertThat(json(events.event(end, JSON)).get("target").toString()).isEqualTo("{}");
    assertThat(events.event(end, XML)).contains("<target/>");
  }

  @Test
  void shouldKeepEventsFreeOfZones() {
    final var caller = Samples.caller("A", Place.MAIN, "");
    final String kept =
        events.event(event(EventSource.CALLER, EventName.UPDATE, caller), EventView.KEPT);
    assertThat(kept).contains("\"startTime\":\"2015-10-23T12:30:00.000Z\"").doesNotContain("PDT");
  }

  @Test
  void shouldWriteAKeptEventInEveryFormAsWhenItWasNew() {
    final var texts = Samples.caller("A", Place.MAIN, "", "<&\r\n>\"\u00e9");
    final var conference = Samples.conference("t", "K1").conference();
    final List<Event> all =
        List.of(
            event(EventSource.CALLER, EventName.UPDATE, texts),
            event(EventSource.CALL, EventName.UPDATE, Samples.call(42).call()),
            event(EventSource.CALL, EventName.NEWBREAKOUT, Samples.breakout(0)),
            event(EventSource.CONFERENCE, EventName.NEWBREAKOUT, Samples.breakout(TIME_MS)),
            event(EventSource.TAG, EventName.UPDATE, new CallTag(3, "red", 0)),
            event(EventSource.CONFERENCE, EventName.UPDATE, conference),
            event(EventSource.SYSTEM, EventName.END, null));
    for (final Event event : all) {
      final KeptEvent kept =
          new KeptEvent(
              event.seq(), event.source(), event.name(), events.event(event, EventView.KEPT));
      for (final Format format : Format.values()) {
        for (final boolean iso : new boolean[] {true, false}) {
          for (final boolean printed : new boolean[] {true, false}) {
            final EventView how = new EventView(new View(format, iso), printed);
            assertThat(events.kept("K1", kept, how)).isEqualTo(events.event(event, how));
          }
        }
      }
    }
  }

  @Test
  void shouldSayOnlyOfWhatIsNotDurableThatItIsNot() {
    final var caller = Samples.caller("A", Place.MAIN, "");
    final Event event = event(EventSource.CALLER, EventName.MUTE, caller);
    assertThat(events.event(event, JSON)).doesNotContain("durable");
    assertThat(json(events.event(event.notDurable(), JSON)).get("durable").booleanValue())
        .isFalse();
    assertThat(text(xml(events.event(event.notDurable(), XML)), "durable")).isEqualTo("false");
  }

  @Test
  void shouldFindTheZoneOfAnUnpublishedCallsConference() {
    final var first = Samples.call("K2", "C1", 1, true).call();
    final Event opened =
        new Event(
            1,
            TIME_MS,
            "K2",
            EventSource.CALL,
            EventName.UPDATE,
            first,
            new Event.Cause("SYSTEM", "", "", ""));
    assertThat(json(events.event(opened, JSON)).at("/target/actualStartTime").textValue())
        .endsWith("PDT 2015");
  }

  private void assertTarget(final EventSource source, final EventTarget target, final String read) {
    final JsonNode event = json(events.event(event(source, EventName.UPDATE, target), JSON));
    assertThat(event.get("target")).isEqualTo(json(read).get("value"));
  }

  private static void assertNames(final String event, final String source, final String name) {
    assertThat(json(event).get("source").textValue()).isEqualTo(source);
    assertThat(json(event).get("name").textValue()).isEqualTo(name);
  }

  private static Event event(
      final EventSource source, final EventName name, final EventTarget target) {
    return new Event(
        42,
        TIME_MS,
        "K1",
        source,
        name,
        target,
        new Event.Cause("API", "updateCaller", "7", "Eve"));
  }
}
