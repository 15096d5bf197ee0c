package dev.conductor.query;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes XML: a field is an element, a list is its element repeated, an object in a list has its
 * fields as children. CR is written {@code &#13;}, since a parser would turn it into LF. Used by
 * one thread.
 */
final class XmlShape implements Shape {
  /** Marks, among the names of lists, that an object is open and names count again. */
  private static final String IN_OBJECT = "";

  private final StringBuilder out = new StringBuilder(1_024);
  private final Deque<String> open = new ArrayDeque<>();
  private final Deque<String> lists = new ArrayDeque<>();
  private final String root;
  private boolean justOpened;

  /**
   * Begins a document.
   *
   * @param root its outermost element
   */
  XmlShape(final String root) {
    this.root = root;
    beginObject(root);
  }

  @Override
  public void text(final String name, final String value) {
    element(name, CleanText.of(value));
  }

  @Override
  public void flag(final String name, final boolean value) {
    element(name, Boolean.toString(value));
  }

  @Override
  public void number(final String name, final long value) {
    element(name, Long.toString(value));
  }

  @Override
  public void nothing(final String name) {
    element(name, "");
  }

  @Override
  public void beginObject(final String name) {
    final String tag = tag(name);
    out.append('<').append(tag).append('>');
    open.push(tag);
    lists.push(IN_OBJECT);
    justOpened = true;
  }

  @Override
  public void endObject() {
    lists.pop();
    final String tag = open.pop();
    if (justOpened) {
      out.setLength(out.length() - 1);
      out.append("/>");
    } else {
      out.append("</").append(tag).append('>');
    }
    justOpened = false;
  }

  @Override
  public void beginList(final String name) {
    lists.push(tag(name));
  }

  @Override
  public void endList() {
    lists.pop();
  }

  @Override
  public String finish() {
    if (open.size() != 1 || !open.peek().equals(root)) {
      throw new IllegalStateException("open: " + open);
    }
    endObject();
    return out.toString();
  }

  private String tag(final String name) {
    final String list = lists.peek();
    return list == null || list.equals(IN_OBJECT) ? name : list;
  }

  private void element(final String name, final String value) {
    final String tag = tag(name);
    justOpened = false;
    if (value.isEmpty()) {
      out.append('<').append(tag).append("/>");
      return;
    }
    out.append('<').append(tag).append('>');
    escape(value);
    out.append("</").append(tag).append('>');
  }

  private void escape(final String value) {
    for (int i = 0; i < value.length(); i++) {
      final char c = value.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '\r' -> out.append("&#13;");
        default -> out.append(c);
      }
    }
  }
}
