package dev.conductor.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A client's own picture of a call, kept by the document's rule alone: an event's target takes the
 * place of the object, NEWCALLER and NEWBREAKOUT also append to the call's lists.
 */
final class Replica {
  private final Map<String, JsonNode> callers = new LinkedHashMap<>();
  private final Map<String, JsonNode> breakouts = new LinkedHashMap<>();
  private ObjectNode call = JsonNodeFactory.instance.objectNode();
  private long seq;

  /** Number of the last event in it. */
  long seq() {
    return seq;
  }

  /** Takes in what a reader of events got. */
  void apply(final JsonNode event) {
    final JsonNode target = event.path("target");
    seq = event.path("seq").asLong();
    switch (event.path("source").asText() + " " + event.path("name").asText()) {
      case "SYSTEM SNAPSHOT" -> begin(target);
      case "CALL UPDATE" -> {
        call = target.deepCopy();
        breakouts.keySet().removeIf(uid -> !has(call.path("breakouts"), uid));
      }
      case "CALL NEWCALLER" -> {
        callers.put(uid(target), target);
        ((ArrayNode) call.path("callers")).add(uid(target));
      }
      case "CALL NEWBREAKOUT" -> {
        breakouts.put(uid(target), target);
        ((ArrayNode) call.path("breakouts")).add(uid(target));
      }
      case "BREAKOUT UPDATE", "CONFERENCE NEWBREAKOUT" -> breakouts.put(uid(target), target);
      case "TAG UPDATE" -> putTag(target);
      case "SYSTEM END", "SYSTEM GAP" -> {}
      default -> {
        if (event.path("source").asText().equals("CALLER")) {
          callers.put(uid(target), target);
        }
      }
    }
  }

  /** The same picture as {@link #of} makes it of getCallData. */
  JsonNode picture() {
    return picture(call, callers, breakouts);
  }

  /** What getCallData says, without what is of the moment of answering and what is not logged. */
  static JsonNode of(final JsonNode callData) {
    final Replica replica = new Replica();
    replica.begin(callData);
    return replica.picture();
  }

  private void begin(final JsonNode callData) {
    call = callData.path("call").deepCopy();
    callers.clear();
    breakouts.clear();
    callData.path("caller").forEach(caller -> callers.put(uid(caller), caller));
    callData.path("breakout").forEach(breakout -> breakouts.put(uid(breakout), breakout));
  }

  private void putTag(final JsonNode tag) {
    final ArrayNode tags = (ArrayNode) call.path("tags");
    for (int i = 0; i < tags.size(); i++) {
      if (tags.get(i).path("ID").equals(tag.path("ID"))) {
        tags.set(i, tag);
        return;
      }
    }
    tags.add(tag);
  }

  private static JsonNode picture(
      final ObjectNode call,
      final Map<String, JsonNode> callers,
      final Map<String, JsonNode> breakouts) {
    final ObjectNode picture = JsonNodeFactory.instance.objectNode();
    picture.set("call", call.deepCopy().without(List.of("currentTime", "seq")));
    final ArrayNode callerList = picture.putArray("caller");
    for (final JsonNode uid : call.path("callers")) {
      final ObjectNode caller = callers.get(uid.asText()).deepCopy();
      callerList.add(caller.without("talking"));
    }
    final ArrayNode breakoutList = picture.putArray("breakout");
    for (final JsonNode uid : call.path("breakouts")) {
      breakoutList.add(breakouts.get(uid.asText()));
    }
    return picture;
  }

  private static boolean has(final JsonNode uids, final String wanted) {
    for (final JsonNode uid : uids) {
      if (uid.asText().equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static String uid(final JsonNode object) {
    return object.path("UID").asText();
  }
}
