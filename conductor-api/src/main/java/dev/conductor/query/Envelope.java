package dev.conductor.query;

/** The envelope around every answer to a question: code, message, value. Any thread. */
public final class Envelope {
  /** Success. */
  public static final int OK = 0;

  /** Something else; see the message. */
  public static final int GENERAL = -1;

  /** A parameter; the message names it. */
  public static final int PARAMETER = -2;

  /** The server, may be tried again. */
  public static final int SERVER = -3;

  /** An exception nobody foresaw. */
  public static final int UNHANDLED = -4;

  /** No right to see this. */
  public static final int TOKEN = -5;

  private Envelope() {}

  /**
   * The envelope of a failure, its value empty.
   *
   * @param code one of the codes of this class but {@link #OK}
   * @param message names the parameter and says what is wrong with it
   */
  public static String failure(final Format format, final int code, final String message) {
    final Shape out = begin(format, code, message);
    out.beginObject("value");
    out.endObject();
    return out.finish();
  }

  /** The envelope of a success whose value has the fields of one object. */
  static <T> String of(
      final Format format, final Dates dates, final ObjectTable<T> table, final T object) {
    final Shape out = begin(format, OK, "");
    table.writeObject(out, dates, "value", object);
    return out.finish();
  }

  /** Begins an envelope; what follows is its value. */
  static Shape begin(final Format format, final int code, final String message) {
    final Shape out = document(format, "response");
    out.number("code", code);
    out.text("message", message);
    return out;
  }

  /** Begins a document; in XML with this root. */
  static Shape document(final Format format, final String root) {
    return format == Format.JSON ? new JsonShape() : new XmlShape(root);
  }
}
