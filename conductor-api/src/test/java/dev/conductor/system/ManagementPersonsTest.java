package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.demo.DemoConference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What belongs to conferences, by the Conference Management API over real HTTP. */
class ManagementPersonsTest {
  private static RunningServer server;
  private static AccessClient client;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start();
    client = new AccessClient(server.api().base());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode reserved() {
    return client.value(
        "createConferenceReserved",
        "reservationCount=1",
        "estimatedCallers1=20",
        "startDate1=2035.10.23 05:30:00",
        "duration1=60");
  }

  private static String uid(final JsonNode made) {
    return made.path("UID").asText();
  }

  @Test
  void shouldKeepTagsAndKeys() {
    final String uid = uid(reserved());
    final String of = "conference=" + uid;
    final int first = client.value("createConferenceTag", of, "value=red").path("ID").intValue();
    assertThat(client.value("createConferenceTag", of, "value=red").path("ID").intValue())
        .isEqualTo(first);
    client.value("removeConferenceTag", of, "tagID=" + first);
    assertThat(client.value("createConferenceTag", of, "value=red").path("ID").intValue())
        .as("an ID is not used again")
        .isGreaterThan(first);
    assertThat(client.code("removeConferenceTag", of, "tagID=" + first)).isEqualTo(-2);
    client.value(
        "updateCustomValue",
        "objectType=conference",
        "objectUID=" + uid,
        "customKey=room",
        "customValue=B12");
    client.value(
        "updateCustomValue",
        "objectType=Customer",
        "objectUID=" + DemoConference.CUSTOMER_UID,
        "customKey=plan",
        "customValue=gold");
    assertThat(client.value("getCustomer").path("custom").toString())
        .isEqualTo("[{\"key\":\"plan\",\"value\":\"gold\"}]");
    assertThat(client.value("getConference", "conferenceUID=" + uid).path("custom").toString())
        .isEqualTo("[{\"key\":\"room\",\"value\":\"B12\"}]");
    client.value(
        "updateCustomValue", "objectType=conference", "objectUID=" + uid, "customKey=room");
    assertThat(client.value("getConference", "conferenceUID=" + uid).path("custom")).isEmpty();
    assertThat(client.code("updateCustomValue", "objectType=call", "objectUID=NONE", "customKey=a"))
        .isEqualTo(-2);
  }

  @Test
  void shouldKeepPersonsWithPinsOfTheirOwn() {
    final String uid = uid(reserved());
    final String of = "conference=" + uid;
    final JsonNode host =
        client.value("addPerson", of, "role=presenter", "name=Ann", "email=a@b.c");
    assertThat(host.path("PIN").asText()).matches("[0-9]{6,12}");
    assertThat(host.path("role").asText()).isEqualTo("PRESENTER");
    assertThat(host.path("callInNumber").asText()).isEqualTo(DemoConference.DID);
    client.value("updatePerson", "person=" + uid(host), "field=notes", "value=n");
    client.value("createConferenceTag", of, "value=red");
    client.value("updatePerson", "person=" + uid(host), "field=tags", "value=red");
    assertThat(
            client
                .parsed(
                    client
                        .post("updatePerson", "person=" + uid(host), "field=tags", "value=pink")
                        .body())
                .path("message")
                .asText())
        .startsWith("value: ");
    assertThat(client.code("updatePerson", "person=" + uid(host), "field=PIN")).isEqualTo(-2);
    final JsonNode data = client.value("getConferenceData", "conferenceUID=" + uid);
    assertThat(data.path("persons")).hasSize(1);
    assertThat(data.path("person").path(0).path("notes").asText()).isEqualTo("n");
    assertThat(data.path("person").path(0).path("tags")).hasSize(1);
    final String tag = "tagID=" + data.at("/person/0/tags/0/ID").asText();
    client.value("removeConferenceTag", of, tag);
    client.value("createConferenceTag", of, "value=red");
    assertThat(client.value("getConferenceData", "conferenceUID=" + uid).at("/person/0/tags"))
        .as("a tag that was taken out is nobody's, nor is another of its name")
        .isEmpty();
    final String[] key = {
      "objectType=person", "objectUID=" + uid(host), "customKey=seat", "customValue=12"
    };
    client.value("updateCustomValue", key);
    assertThat(
            client
                .value("getConferenceData", "conferenceUID=" + uid)
                .at("/person/0/custom")
                .toString())
        .isEqualTo("[{\"key\":\"seat\",\"value\":\"12\"}]");
    assertThat(client.value("updateConference", of, "field=notes", "value=n").path("persons"))
        .as("a write shows who is there as well")
        .hasSize(1);
    for (final JsonNode one : client.value("getUpcomingConference").path("conference")) {
      assertThat(one.path("persons")).as("in a list").hasSize(uid(one).equals(uid) ? 1 : 0);
    }
    client.value("removePerson", of, "person=" + uid(host));
    assertThat(client.code("updateCustomValue", key)).isEqualTo(-2);
    assertThat(client.value("getConference", "conferenceUID=" + uid).path("persons")).isEmpty();
    assertThat(client.code("removePerson", of, "person=" + uid(host))).isEqualTo(-2);
  }
}
