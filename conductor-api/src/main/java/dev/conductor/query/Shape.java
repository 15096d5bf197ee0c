package dev.conductor.query;

/**
 * Takes the fields of a document one by one, in order, and writes them in one format. Inside a list
 * names are not asked for: JSON has none there, XML repeats the list's. Used by one thread.
 */
interface Shape {
  /** A text; empty when there is none. */
  void text(String name, String value);

  /** True or false. */
  void flag(String name, boolean value);

  /** A whole number. */
  void number(String name, long value);

  /** No value at all: JSON null, an empty element. */
  void nothing(String name);

  /** The fields that follow, up to the matching {@link #endObject}, are of this object. */
  void beginObject(String name);

  /** Ends the object begun last. */
  void endObject();

  /** What follows, up to the matching {@link #endList}, are items of this list. */
  void beginList(String name);

  /** Ends the list begun last. */
  void endList();

  /** The document. */
  String finish();
}
