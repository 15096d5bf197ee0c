package dev.conductor.query;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an object of the API looks like: made from the very table that writes it, for the OpenAPI
 * file and the reference page. Immutable; any thread.
 *
 * @param name the object's name in the document
 * @param fields in the order they are written
 */
public record ObjectShape(String name, List<FieldShape> fields) {
  /** Copies the list. */
  public ObjectShape {
    fields = List.copyOf(fields);
  }

  /** Every object that a read or an event may hold. */
  public static List<ObjectShape> all() {
    return Stream.of(
            ObjectTables.CONFERENCE,
            ObjectTables.CALL,
            ObjectTables.CALLER,
            ObjectTables.BREAKOUT,
            ObjectTables.CUSTOMER,
            ObjectTables.PERSON,
            ObjectTables.ROLE_FLAG,
            ObjectTables.CALL_TAG,
            ObjectTables.CONFERENCE_TAG,
            ObjectTables.AUDIO,
            ObjectTables.GROUP_PLAN,
            ObjectTables.GROUP,
            AccountTables.CUSTOMER,
            AccountTables.CONFERENCE,
            AccountTables.RESERVATION,
            AccountTables.person(""))
        .<ObjectShape>map(ObjectShape::of)
        .toList();
  }

  private static ObjectShape of(final ObjectTable<?> table) {
    return new ObjectShape(
        table.name(),
        Stream.concat(
                table.printed().stream().map(field -> FieldShape.of(field, false)),
                table.ours().stream().map(field -> FieldShape.of(field, true)))
            .toList());
  }

  /**
   * A field. Immutable.
   *
   * @param name as it is written
   * @param kind what its value is
   * @param items the object its list holds, empty where it holds none
   * @param isOurs whether the document does not have it
   */
  public record FieldShape(String name, FieldKind kind, String items, boolean isOurs) {
    private static FieldShape of(final Field<?> field, final boolean isOurs) {
      return new FieldShape(field.name(), field.kind(), field.items(), isOurs);
    }
  }
}
