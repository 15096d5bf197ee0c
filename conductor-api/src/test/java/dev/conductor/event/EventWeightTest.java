package dev.conductor.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.model.Caller;
import dev.conductor.model.ConferenceTag;
import dev.conductor.model.Custom;
import dev.conductor.model.EventTarget;
import dev.conductor.model.Person;
import dev.conductor.model.Role;
import dev.conductor.model.Snapshots;
import dev.conductor.query.EventRenderer;
import dev.conductor.query.EventView;
import dev.conductor.query.Renderer;
import dev.conductor.query.ServerFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** The estimate against the document that is really written. */
class EventWeightTest {
  private final EventRenderer renderer =
      new EventRenderer(
          new Renderer(new ServerFacts("localhost", 8_081), () -> EventSamples.TIME_MS),
          new Snapshots());

  @Test
  void shouldBeNearTheSizeOfTheDocument() {
    final String[] crowd = new String[2_000];
    for (int i = 0; i < crowd.length; i++) {
      crowd[i] = "CALLER%010d".formatted(i);
    }
    final var caller = EventSamples.caller("CALL1", "CALLER0000000001", false);
    final List<EventTarget> targets = new ArrayList<>();
    targets.add(caller);
    targets.add(
        caller.withTexts(
            new Caller.Texts(
                "tag", "", "n".repeat(60_000), "", "", List.of(), EventSamples.pairs("k", "v"))));
    targets.add(EventSamples.call("CALL1", "A", "B"));
    targets.add(person("", Custom.none()));
    targets.add(person("n".repeat(60_000), EventSamples.pairs("key", "v".repeat(4_096))));
    targets.add(EventSamples.call("CALL1", crowd));

    for (final EventTarget target : targets) {
      final Event event =
          new Event(
              1_000,
              EventSamples.TIME_MS,
              "CALL1",
              EventSource.CALLER,
              EventName.UPDATE,
              target,
              EventSamples.CAUSE);
      final double written = renderer.event(event, EventView.KEPT).length();
      assertThat(EventWeight.bytes(event) / written).isBetween(0.75, 1.35);
    }
  }

  private static Person person(final String notes, final SortedMap<String, String> pairs) {
    return new Person(
        "P1",
        EventSamples.CONFERENCE,
        "Ann Example",
        "",
        "100001",
        Role.PARTICIPANT,
        "ann@example.org",
        notes,
        "",
        "",
        List.of(new ConferenceTag(7, "sales")),
        pairs,
        "row 7");
  }
}
