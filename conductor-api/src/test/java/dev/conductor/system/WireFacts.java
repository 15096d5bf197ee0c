package dev.conductor.system;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.model.Breakout;
import dev.conductor.model.Call;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.CallTag;
import dev.conductor.model.Caller;
import dev.conductor.model.RoleFlag;
import dev.conductor.model.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A call as lines of {@code object field value}, out of what a client was told and out of what the
 * model says. Of a time only whether there is one, since the model has another clock.
 */
final class WireFacts {
  private static final String SOME_TIME = "a time";
  private final List<String> lines = new ArrayList<>();

  private WireFacts() {}

  /** What the model says. */
  static List<String> of(final CallSnapshot snapshot) {
    final WireFacts facts = new WireFacts();
    facts.add("call", fieldsOf(snapshot.call()));
    snapshot.callersInOrder().forEach(caller -> facts.add("caller", fieldsOf(caller)));
    snapshot.breakoutsInOrder().forEach(breakout -> facts.add("breakout", fieldsOf(breakout)));
    return facts.lines;
  }

  /** What a client knows: the same fields of the objects as they are told. */
  static List<String> of(
      final CallSnapshot like,
      final JsonNode call,
      final List<JsonNode> callers,
      final List<JsonNode> breakouts) {
    final WireFacts facts = new WireFacts();
    facts.add("call", told(call, fieldsOf(like.call())));
    final Map<String, String> callerFields =
        like.callers().isEmpty() ? Map.of() : fieldsOf(like.callers().values().iterator().next());
    callers.forEach(caller -> facts.add("caller", told(caller, callerFields)));
    final Map<String, String> breakoutFields = fieldsOf(Breakout.empty("", "", "", false));
    breakouts.forEach(breakout -> facts.add("breakout", told(breakout, breakoutFields)));
    return facts.lines;
  }

  private void add(final String object, final Map<String, String> fields) {
    final String uid = fields.get("UID");
    fields.forEach((field, value) -> lines.add(object + " " + uid + " " + field + " " + value));
  }

  private static Map<String, String> told(final JsonNode object, final Map<String, String> like) {
    final Map<String, String> fields = new TreeMap<>();
    for (final String field : like.keySet()) {
      final JsonNode value = object.path(field);
      final boolean isTime = field.endsWith("Time");
      String text = value.isContainerNode() || value.isMissingNode() ? value + "" : value.asText();
      if (isTime && !text.isEmpty() && !text.equals("0")) {
        text = SOME_TIME;
      }
      fields.put(field, text);
    }
    return fields;
  }

  private static Map<String, String> fieldsOf(final Call call) {
    final Map<String, String> fields = new TreeMap<>();
    fields.put("UID", call.uid());
    fields.put("status", call.active() ? "ACTIVE" : "CLOSED");
    fields.put("callers", uids(call.callers()));
    fields.put("breakouts", uids(call.breakouts()));
    fields.put("name", call.texts().name());
    fields.put("notes", call.texts().notes());
    fields.put("data", call.texts().data());
    fields.put("customText", call.texts().customText());
    fields.put("link", call.texts().link());
    fields.put("message", call.texts().message());
    fields.put("feedback", call.texts().feedback());
    fields.put("custom", pairs(call.texts().custom()));
    fields.put("talking", word(call.flags().talking()));
    fields.put("greenroom", word(call.flags().greenroom()));
    fields.put("entryway", word(call.flags().entryway()));
    fields.put("backgroundMusic", word(call.flags().backgroundMusic()));
    fields.put("enableFeedback", word(call.flags().enableFeedback()));
    fields.put("enableBroadcast", word(call.flags().enableBroadcast()));
    fields.put("lockMute", word(call.flags().lockMute()));
    fields.put("locked", word(call.flags().locked()));
    fields.put("tags", tags(call.tags()));
    fields.put("settings", list(call.settings().stream().map(WireFacts::setting).toList()));
    return fields;
  }

  private static Map<String, String> fieldsOf(final Caller caller) {
    final Map<String, String> fields = new TreeMap<>();
    fields.put("UID", caller.uid());
    fields.put("ANI", caller.identity().ani());
    fields.put("PIN", caller.identity().pin());
    fields.put("DID", caller.identity().did());
    fields.put("previousUID", caller.identity().previousUid());
    fields.put("startTime", time(caller.identity().startMs()));
    fields.put("endTime", time(caller.presence().endMs()));
    fields.put("active", word(caller.active()));
    fields.put("reason", caller.presence().reason());
    fields.put("role", caller.role().name());
    fields.put("place", caller.seat().place().name());
    fields.put("breakout", caller.seat().breakoutUid());
    fields.put("breakoutTime", time(caller.seat().sinceMs()));
    fields.put("mic", word(caller.sound().mic()));
    fields.put("mute", word(caller.sound().mute()));
    fields.put("mutedBy", caller.sound().mutedBy());
    fields.put("deaf", word(caller.sound().deaf()));
    fields.put("hold", word(caller.sound().hold()));
    fields.put("volume_in", caller.sound().volumeIn() + "");
    fields.put("volume_out", caller.sound().volumeOut() + "");
    fields.put("energy", caller.sound().energy() + "");
    fields.put("attention", caller.hand().attention() + "");
    fields.put("attentionTime", time(caller.hand().sinceMs()));
    fields.put("tag", caller.texts().tag());
    fields.put("data", caller.texts().data());
    fields.put("notes", caller.texts().notes());
    fields.put("custom1", caller.texts().custom1());
    fields.put("custom2", caller.texts().custom2());
    fields.put("custom", pairs(caller.texts().custom()));
    fields.put("tags", tags(caller.texts().tags()));
    return fields;
  }

  private static Map<String, String> fieldsOf(final Breakout breakout) {
    final Map<String, String> fields = new TreeMap<>();
    fields.put("UID", breakout.uid());
    fields.put("name", breakout.name());
    fields.put("callers", uids(breakout.callers()));
    fields.put("attention", word(breakout.attention()));
    fields.put("attentionTime", time(breakout.attentionMs()));
    fields.put("assistedGroup", word(breakout.assisted()));
    fields.put(
        "lastAssistedTime", breakout.lastAssistedMs() == 0 ? "0" : time(breakout.lastAssistedMs()));
    fields.put("data", breakout.data());
    fields.put("private", word(breakout.isPrivate()));
    return fields;
  }

  private static String time(final long ms) {
    return ms == Times.NONE ? "" : SOME_TIME;
  }

  private static String word(final boolean on) {
    return Boolean.toString(on);
  }

  private static String list(final List<String> items) {
    return "[" + String.join(",", items) + "]";
  }

  private static String uids(final List<String> uids) {
    return list(uids.stream().map(uid -> '"' + uid + '"').toList());
  }

  private static String tags(final List<CallTag> tags) {
    return list(
        tags.stream()
            .map(
                tag ->
                    String.format(
                        Locale.ROOT,
                        "{\"ID\":%d,\"value\":\"%s\",\"conferenceTagId\":%d}",
                        tag.id(),
                        tag.value(),
                        tag.conferenceTagId()))
            .toList());
  }

  private static String setting(final RoleFlag flag) {
    return String.format(
        Locale.ROOT,
        "{\"role\":\"%s\",\"mike\":%b,\"mute\":%b,\"deaf\":%b}",
        flag.role(),
        flag.mike(),
        flag.mute(),
        flag.deaf());
  }

  private static String pairs(final Map<String, String> pairs) {
    return list(
        pairs.entrySet().stream()
            .map(
                pair ->
                    String.format(
                        Locale.ROOT,
                        "{\"key\":\"%s\",\"value\":\"%s\"}",
                        pair.getKey(),
                        pair.getValue()))
            .toList());
  }
}
