package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.demo.DemoConference;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two customers of one server: what is one's, the other neither sees nor changes. */
class ManagementIsolationTest {
  private static final String OTHER = "OTHER";

  private static RunningServer server;
  private static AccessClient owner;
  private static AccessClient other;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start(Map.of(), Customers.conference(OTHER, "America/Los_Angeles"));
    owner = new AccessClient(server.api().base());
    other = new AccessClient(server.api().base(), OTHER, DemoConference.CUSTOMER_KEY);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A conference of the owner's with a reservation, a person, a tag and a key. */
  private static JsonNode booked() {
    final String uid =
        owner
            .value(
                "createConferenceReserved",
                "reservationCount=2",
                "estimatedCallers1=5",
                "startDate1=2035.10.23 05:30:00",
                "duration1=15",
                "estimatedCallers2=5",
                "startDate2=2035.10.24 05:30:00",
                "duration2=15")
            .path("UID")
            .asText();
    owner.value("addPerson", "conference=" + uid, "role=PARTICIPANT", "name=Ann");
    owner.value("createConferenceTag", "conference=" + uid, "value=red");
    return data(uid);
  }

  private static JsonNode data(final String uid) {
    return owner.value("getConferenceData", "conferenceUID=" + uid, "dates=iso");
  }

  @Test
  void shouldLetNobodyChangeWhatIsAnothers() {
    final JsonNode before = booked();
    final String uid = before.path("UID").asText();
    final String conference = "conference=" + uid;
    final String person = "person=" + before.at("/person/0/UID").asText();
    final String reservation = "reservationUID=" + before.at("/reservation/0/UID").asText();
    assertThat(other.code("cancelConference", conference)).isEqualTo(1);
    assertThat(other.code("updateConference", conference, "field=notes", "value=x")).isEqualTo(1);
    for (final String[] write :
        new String[][] {
          {
            "addConferenceReservation",
            conference,
            "estimatedCallers=1",
            "startDate=2036.10.23 05:30:00",
            "duration=15"
          },
          {"updateConferenceReservation", reservation, "duration=30"},
          {"removeConferenceReservation", reservation},
          {"addPerson", conference, "role=OPERATOR"},
          {"updatePerson", person, "field=role", "value=OPERATOR"},
          {"updatePerson", person, "field=tags", "value=red"},
          {"removePerson", conference, person},
          {"removePerson", "conference=OF" + OTHER, person},
          {"erasePerson", conference, person},
          {"createConferenceTag", conference, "value=blue"},
          {"removeConferenceTag", conference, "tagID=" + before.at("/tags/0/ID").asText()},
          {"rotateSecurityToken", conference},
          {"rotateReadOnlyToken", conference},
          value("conference", uid),
          value("person", before.at("/person/0/UID").asText()),
          value("customer", DemoConference.CUSTOMER_UID),
        }) {
      final String[] parameters = Arrays.copyOfRange(write, 1, write.length);
      assertThat(other.code(write[0], parameters)).as(write[0]).isEqualTo(-2);
    }
    assertThat(data(uid)).isEqualTo(before);
    assertThat(owner.value("getCustomer").path("custom")).isEmpty();
  }

  private static String[] value(final String type, final String uid) {
    return new String[] {
      "updateCustomValue", "objectType=" + type, "objectUID=" + uid, "customKey=k", "customValue=v"
    };
  }

  @Test
  void shouldShowNobodyWhatIsAnothers() {
    final JsonNode before = booked();
    final String uid = before.path("UID").asText();
    for (final String read : List.of("getConference", "getConferenceData")) {
      assertThat(other.answer(read, "conferenceUID=" + uid).toString())
          .as(read)
          .isEqualTo(other.answer(read, "conferenceUID=NONE").toString().replace("NONE", uid));
    }
    assertThat(
            other.code(
                "getConferenceReservation",
                "reservationUID=" + before.at("/reservation/0/UID").asText()))
        .isEqualTo(-2);
    for (final String list : List.of("Active", "Upcoming", "Possible", "Expired", "Canceled")) {
      for (final JsonNode one : other.value("get" + list + "Conference").path("conference")) {
        assertThat(one.path("customer").asText()).as(list).isEqualTo(OTHER);
      }
    }
    assertThat(other.value("getPossibleConference").path("conference")).isNotEmpty();
    assertThat(other.value("getCustomer").path("UID").asText()).isEqualTo(OTHER);
  }
}
