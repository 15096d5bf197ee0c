package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A call rebuilt from its events by the rule of decisions.md, out of what came over the wire. */
final class EventReplay {
  final Map<String, JsonNode> callers = new LinkedHashMap<>();
  final Map<String, JsonNode> breakouts = new LinkedHashMap<>();
  ObjectNode call;
  long seq;

  /** Takes the next event; checks that none is missing. */
  void take(final JsonNode event) {
    final String name = event.path("name").asText();
    final boolean passing = name.equals("TALKING") || event.path("seq").isMissingNode();
    if (passing || event.path("source").asText().equals("SYSTEM") && !name.equals("END")) {
      return;
    }
    assertThat(event.path("seq").asLong()).as("number of %s", event).isEqualTo(++seq);
    final JsonNode target = event.path("target");
    final String uid = target.path("UID").asText();
    switch (event.path("source").asText() + " " + name) {
      case "CALL UPDATE" -> {
        call = target.deepCopy();
        final List<String> there = new ArrayList<>();
        call.path("breakouts").forEach(one -> there.add(one.asText()));
        breakouts.keySet().retainAll(there);
      }
      case "CALL NEWCALLER" -> {
        callers.put(uid, target);
        ((ArrayNode) call.get("callers")).add(uid);
      }
      case "CALL NEWBREAKOUT" -> {
        breakouts.put(uid, target);
        ((ArrayNode) call.get("breakouts")).add(uid);
      }
      case "CONFERENCE NEWBREAKOUT", "BREAKOUT UPDATE" -> breakouts.put(uid, target);
      case "TAG UPDATE" -> takeTag(target);
      default -> {
        if (event.path("source").asText().equals("CALLER")) {
          callers.put(uid, target);
        }
      }
    }
  }

  /** A tag's one event stands for all places where it shows. */
  private void takeTag(final JsonNode tag) {
    final ArrayNode tags = (ArrayNode) call.get("tags");
    if (!replace(tags, tag)) {
      tags.add(tag);
    }
    callers.replaceAll((uid, caller) -> caller.deepCopy());
    callers.values().forEach(caller -> replace((ArrayNode) caller.get("tags"), tag));
  }

  private static boolean replace(final ArrayNode tags, final JsonNode tag) {
    for (int i = 0; i < tags.size(); i++) {
      if (tags.get(i).path("ID").asLong() == tag.path("ID").asLong()) {
        tags.set(i, tag);
        return true;
      }
    }
    return false;
  }
}
