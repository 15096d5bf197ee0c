package dev.conductor.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rows of the document's object tables, retyped: a field of its own is never missing, never out
 * of order. Call and Conference print {@code custom} twice, which can be there once.
 */
class ObjectTablesTest {
  static Stream<Arguments> rows() {
    return Stream.of(
        row(ObjectTables.AUDIO, 3, "UID Name Value"),
        row(
            ObjectTables.CALL,
            26 - 1,
            "UID Name actualStartTime actualEndTime status notes conferenceUID socketXML callers"
                + " breakouts data server serverConferenceUID currentTime talking greenroom tags"
                + " settings backgroundMusic link message feedback enableFeedback enableBroadcast"
                + " custom"),
        row(ObjectTables.CALL_TAG, 3, "ID value conferenceTagId"),
        row(
            ObjectTables.PERSON,
            11,
            "UID name ANI PIN role email notes custom1 custom2 tags custom"),
        row(ObjectTables.CONFERENCE_TAG, 2, "ID value"),
        row(
            ObjectTables.CONFERENCE,
            21 - 1,
            "UID name scheduledStartTime scheduledEndTime customer status data persons audio DID"
                + " recording notes activeCallUID mainCallUID calls tags setting largeCall"
                + " placeCall custom"),
        row(
            ObjectTables.BREAKOUT,
            9,
            "UID name callers attention attentionTime lastAssistedTime assistedGroup data private"),
        row(
            ObjectTables.CALLER,
            24,
            "UID ANI PIN DID startTime endTime role breakout breakoutTime mic mute deaf active tag"
                + " attention attentionTime data notes custom1 custom2 volume_in volume_out energy"
                + " custom"),
        row(ObjectTables.ROLE_FLAG, 4, "role mike mute deaf"),
        row(
            ObjectTables.CUSTOMER,
            10,
            "UID name status DID recording greenroom contactEmails backgroundMusic placeCall"
                + " custom"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void shouldHaveTheDocumentsRowsInItsOrder(
      final ObjectTable<?> table, final int count, final List<String> names) {
    assertThat(table.printed()).extracting(Field::name).containsExactlyElementsOf(names);
    assertThat(table.printed()).hasSize(count);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void shouldNotUseANameTwice(
      final ObjectTable<?> table, final int count, final List<String> names) {
    final List<String> all =
        Stream.concat(table.printed().stream(), table.ours().stream()).map(Field::name).toList();
    assertThat(all).doesNotHaveDuplicates();
  }

  private static Arguments row(final ObjectTable<?> table, final int count, final String names) {
    return Arguments.of(table, count, Arrays.asList(names.split(" ")));
  }
}
