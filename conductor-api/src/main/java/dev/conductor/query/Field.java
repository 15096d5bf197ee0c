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
 * @param writer writes the field of an object
 * @param <T> what the object is made from
 */
record Field<T>(String name, Kind kind, Writer<T> writer) {

  /** What a field's value is. */
  enum Kind {
    /** String, Text or UID. */
    TEXT,
    /** Boolean. */
    FLAG,
    /** Int, Integer or Number. */
    NUMBER,
    /** DateTime. */
    TIME,
    /** List of UIDs. */
    UIDS,
    /** List of objects. */
    OBJECTS,
    /** Key/value pairs. */
    PAIRS
  }

  /** Writes one field. */
  @FunctionalInterface
  interface Writer<T> {
    /** Writes the field of this object. */
    void write(Shape out, Dates dates, T object);
  }

  static <T> Field<T> text(final String name, final Function<T, String> getter) {
    return new Field<>(name, Kind.TEXT, (out, dates, of) -> out.text(name, getter.apply(of)));
  }

  static <T> Field<T> flag(final String name, final Predicate<T> getter) {
    return new Field<>(name, Kind.FLAG, (out, dates, of) -> out.flag(name, getter.test(of)));
  }

  /** A Boolean that the document types as String. */
  static <T> Field<T> flagText(final String name, final Predicate<T> getter) {
    return text(name, of -> Boolean.toString(getter.test(of)));
  }

  static <T> Field<T> number(final String name, final ToLongFunction<T> getter) {
    return new Field<>(
        name, Kind.NUMBER, (out, dates, of) -> out.number(name, getter.applyAsLong(of)));
  }

  /** A moment in Unix milliseconds. */
  static <T> Field<T> time(final String name, final ToLongFunction<T> getter) {
    return new Field<>(
        name, Kind.TIME, (out, dates, of) -> writeTime(out, dates, name, getter.applyAsLong(of)));
  }

  /** A moment where 0 is a word of its own: it is written as the text {@code 0}. */
  static <T> Field<T> timeOrZero(final String name, final ToLongFunction<T> getter) {
    return new Field<>(
        name,
        Kind.TIME,
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
        Kind.UIDS,
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
        Kind.OBJECTS,
        (out, dates, of) -> table.writeList(out, dates, name, getter.apply(of)));
  }

  static <T> Field<T> pairs(
      final String name, final Function<T, SortedMap<String, String>> getter) {
    return new Field<>(
        name,
        Kind.PAIRS,
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
