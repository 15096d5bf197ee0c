package dev.conductor.query;

import java.util.List;

/**
 * The fields of one object of the document, in its order, those that are ours after them. The same
 * table writes JSON and XML. Immutable; any thread.
 *
 * @param name the object's name in the document
 * @param printed the document's fields
 * @param ours fields the document does not have
 * @param <T> what the object is made from
 */
record ObjectTable<T>(String name, List<Field<T>> printed, List<Field<T>> ours) {
  /** Copies the lists. */
  ObjectTable {
    printed = List.copyOf(printed);
    ours = List.copyOf(ours);
  }

  /** A table without fields of ours. */
  ObjectTable(final String name, final List<Field<T>> printed) {
    this(name, printed, List.of());
  }

  /** Writes the fields of an object into the object that is open. */
  void writeFields(final Shape out, final Dates dates, final T object) {
    for (final Field<T> field : printed) {
      field.writer().write(out, dates, object);
    }
    for (final Field<T> field : ours) {
      field.writer().write(out, dates, object);
    }
  }

  /** Writes a whole object under a name. */
  void writeObject(final Shape out, final Dates dates, final String as, final T object) {
    out.beginObject(as);
    writeFields(out, dates, object);
    out.endObject();
  }

  /** Writes a list of objects under a name. */
  void writeList(final Shape out, final Dates dates, final String as, final Iterable<T> objects) {
    out.beginList(as);
    for (final T object : objects) {
      writeObject(out, dates, as, object);
    }
    out.endList();
  }
}
