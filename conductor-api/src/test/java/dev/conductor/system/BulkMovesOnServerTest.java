package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The functions of ours for many at once, over real HTTP and by sound. */
class BulkMovesOnServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String CAST = "HAOPQRS";
  private static final String HOSTS = "HAO";
  private static final String ALL_IN_THE_MAIN_ROOM =
      "H:AOPQRS A:HOPQRS O:HAPQRS P:HAOQRS Q:HAOPRS R:HAOPQS S:HAOPQR";

  @Test
  void shouldDivideRecallUndoAndGiveTheFloor() throws Exception {
    try (RunningServer server = RunningServer.start();
        Stage stage = new Stage(server)) {
      final Api api = stage.api();
      final List<String> planned = preview(api);
      assertThat(api.read("getCall").path("breakouts")).isEmpty();

      assertThat(api.command("autoBreakout", "groups", "2", "seed", "11")).isEqualTo("TRUE");
      final List<String> groups = groups(api);
      assertThat(groups).isEqualTo(planned).allMatch(group -> group.length() == 2);
      stage.hears(inGroups(groups));

      assertThat(api.command("recallBreakouts")).isEqualTo("TRUE");
      stage.hears(ALL_IN_THE_MAIN_ROOM);
      assertThat(api.read("getCall").path("breakouts")).isEmpty();

      assertThat(api.command("undoMove")).isEqualTo("TRUE");
      assertThat(groups(api)).isEqualTo(groups);
      stage.hears(inGroups(groups));
      assertThat(api.command("undoMove")).isEqualTo("FALSE,callUID: no bulk move in the last 60 s");

      assertThat(api.command("autoBreakout", "groups", "2", "from", "all")).isEqualTo("TRUE");
      final List<String> others = groups(api);
      assertThat(others).doesNotContainAnyElementsOf(groups); // nobody with the same one again
      stage.hears(inGroups(others));
      assertThat(api.command("recallBreakouts")).isEqualTo("TRUE");

      stage.set("PQRS", "mike", "false");
      stage.phone('Q').keys("2");
      await().atMost(PATIENCE).until(() -> caller(api, stage, 'Q').path("attention").asInt() == 2);
      assertThat(api.command("nextHand")).isEqualTo("TRUE");
      stage.hears("H:AOQ A:HOQ O:HAQ P:HAOQ Q:HAO R:HAOQ S:HAOQ");
      assertThat(api.read("getCall").path("floorUID").asText())
          .isEqualTo(caller(api, stage, 'Q').path("UID").asText());
    }
  }

  @Test
  void shouldSpeakOfTheEndInTheBreakoutsAloneAndBringThemBackInTime() throws Exception {
    try (RunningServer server = RunningServer.start(Map.of("entry.spoken-moves", "true"));
        Stage stage = new Stage(server)) {
      final Api api = stage.api();
      stage.set(CAST, "mute", "true");
      stage.breakout("B1", "PQ");
      await().atMost(PATIENCE).until(() -> stage.phone('P').levelHeard(300) > 100);
      await().atMost(PATIENCE).until(() -> stage.phone('P').levelHeard(500) < 10);
      assertThat(stage.phone('R').levelHeard(1_000)).as("he was not moved").isLessThan(10);

      assertThat(api.command("breakoutTimer", "seconds", "10", "warnings", "10")).isEqualTo("TRUE");
      assertThat(api.read("getCall").path("breakoutEndTime").asText()).isNotEmpty();
      await().atMost(PATIENCE).until(() -> stage.phone('P').levelHeard(300) > 100);
      assertThat(caller(api, stage, 'P').path("place").asText()).isEqualTo("BREAKOUT");
      assertThat(stage.phone('R').levelHeard(300)).isLessThan(10);

      await()
          .atMost(PATIENCE)
          .until(() -> caller(api, stage, 'P').path("place").asText().equals("MAIN"));
      assertThat(api.read("getCall").path("breakoutEndTime").asText()).isEmpty();
      assertThat(api.read("getCall").path("breakouts")).isEmpty();
    }
  }

  private static JsonNode caller(final Api api, final Stage stage, final char name) {
    return api.callerByNumber(stage.phone(name).user());
  }

  /** The groups that would be made, each as its names in the order of the cast. */
  private static List<String> preview(final Api api) {
    final List<String> groups = new ArrayList<>();
    final Map<String, String> names = names(api);
    for (final JsonNode group :
        api.read("autoBreakout", "groups", "2", "seed", "11", "preview", "true").path("groups")) {
      groups.add(inOrder(group.path("callers"), names));
    }
    return groups;
  }

  private static List<String> groups(final Api api) {
    final List<String> groups = new ArrayList<>();
    final Map<String, String> names = names(api);
    for (final JsonNode breakout : api.read("getCallData").path("breakout")) {
      groups.add(inOrder(breakout.path("callers"), names));
    }
    return groups;
  }

  private static String inOrder(final JsonNode uids, final Map<String, String> names) {
    final List<String> group = new ArrayList<>();
    uids.forEach(uid -> group.add(names.get(uid.asText())));
    return group.stream().sorted().collect(Collectors.joining());
  }

  /** Who is who, by UID. */
  private static Map<String, String> names(final Api api) {
    final Map<String, String> names = new HashMap<>();
    for (final JsonNode caller : api.read("getCallData").path("caller")) {
      final int index = Integer.parseInt(caller.path("ANI").asText()) - 200;
      names.put(caller.path("UID").asText(), CAST.substring(index, index + 1));
    }
    return names;
  }

  /** The hosts hear one another; each group hears itself and them. */
  private static String inGroups(final List<String> groups) {
    final Map<Character, String> heard = new TreeMap<>();
    HOSTS.chars().forEach(host -> heard.put((char) host, HOSTS.replace("" + (char) host, "")));
    for (final String group : groups) {
      group
          .chars()
          .forEach(one -> heard.put((char) one, HOSTS + group.replace("" + (char) one, "")));
    }
    return heard.entrySet().stream()
        .map(entry -> entry.getKey() + ":" + entry.getValue())
        .collect(Collectors.joining(" "));
  }
}
