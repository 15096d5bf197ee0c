package dev.conductor.query;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * One row of an object's table. Immutable.
 *
 * @param name as the document prints it
 * @param kind what its value is
 * @param items name of the table its objects have, empty where it holds none
 * @param writer writes the field of an object
 * @param <T> what the object is made from
 */
record Field<T>(String name, FieldKind kind, String items, Writer<T> writer) {

  /** A field that holds no objects. */
  Field(final String name, final FieldKind kind, final Writer<T> writer) {
    this(name, kind, "", writer);
  }

  /** Writes one field. */
  @FunctionalInterface
  interface Writer<T> {
    /** Writes the field of this object. */
    void write(Shape out, Dates dates, T object);
  }

  static <T> Field<T> text(final String name, final Function<T, String> getter) {
    return new Field<>(name, FieldKind.TEXT, (out, dates, of) -> out.text(name, getter.apply(of)));
  }

  static <T> Field<T> flag(final String name, final Predicate<T> getter) {
    return new Field<>(name, FieldKind.FLAG, (out, dates, of) -> out.flag(name, getter.test(of)));
  }

  /** A Boolean that the document types as String. */
  static <T> Field<T> flagText(final String name, final Predicate<T> getter) {
    return text(name, of -> Boolean.toString(getter.test(of)));
  }

  static <T> Field<T> number(final String name, final ToLongFunction<T> getter) {
    return new Field<>(
        name, FieldKind.NUMBER, (out, dates, of) -> out.number(name, getter.applyAsLong(of)));
  }

  /** A moment in Unix milliseconds. */
  static <T> Field<T> time(final String name, final ToLongFunction<T> getter) {
    return new Field<>(
        name,
        FieldKind.TIME,
        (out, dates, of) -> writeTime(out, dates, name, getter.applyAsLong(of)));
  }

  /** A moment where 0 is a word of its own: it is written as the text {@code 0}. */
  static <T> Field<T> timeOrZero(final String name, final ToLongFunction<T> getter) {
    return new Field<>(
        name,
        FieldKind.TIME,
        (out, dates, of) -> {
          final long timeMs = getter.applyAsLong(of);
          if (timeMs == 0) {
            out.text(name, "0");
          } else {
            writeTime(out, dates, name, timeMs);
          }
        });
  }

  static <T> Field<T> uids(final String name, final Function<T, List<String>> getter) {
    return new Field<>(
        name,
        FieldKind.UIDS,
        (out, dates, of) -> {
          out.beginList(name);
          getter.apply(of).forEach(uid -> out.text(name, uid));
          out.endList();
        });
  }

  static <T, C> Field<T> objects(
      final String name, final ObjectTable<C> table, final Function<T, List<C>> getter) {
    return new Field<>(
        name,
        FieldKind.OBJECTS,
        table.name(),
        (out, dates, of) -> table.writeList(out, dates, name, getter.apply(of)));
  }

  static <T> Field<T> pairs(
      final String name, final Function<T, SortedMap<String, String>> getter) {
    return new Field<>(
        name,
        FieldKind.PAIRS,
        (out, dates, of) -> {
          out.beginList(name);
          for (final Map.Entry<String, String> pair : getter.apply(of).entrySet()) {
            out.beginObject(name);
            out.text("key", pair.getKey());
            out.text("value", pair.getValue());
            out.endObject();
          }
          out.endList();
        });
  }

  private static void writeTime(
      final Shape out, final Dates dates, final String name, final long timeMs) {
    final String text = dates.text(timeMs);
    if (text.isEmpty() && dates.isIso()) {
      out.nothing(name);
    } else {
      out.text(name, text);
    }
  }
}
