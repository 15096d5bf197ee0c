package dev.conductor.http;

import java.util.List;

/** Builds a page of HTML; whatever is given as text is escaped. Used by one thread. */
final class Html {
  private final StringBuilder out = new StringBuilder(65_536);

  /** Markup as it is. */
  Html raw(final String markup) {
    out.append(markup).append('\n');
    return this;
  }

  /** An element with nothing but text in it. */
  Html element(final String name, final String text) {
    out.append('<').append(name).append('>').append(escaped(text));
    out.append("</").append(name).append(">\n");
    return this;
  }

  /** A heading that can be pointed to. */
  Html heading(final int level, final String id, final String text) {
    out.append("<h").append(level).append(" id=\"").append(escaped(id)).append("\">");
    out.append(escaped(text)).append("</h").append(level).append(">\n");
    return this;
  }

  /** Something to be read or copied letter by letter. */
  Html code(final String text) {
    out.append("<pre><code>").append(escaped(text)).append("</code></pre>\n");
    return this;
  }

  /** A table; the first cell of a row is its name. */
  Html table(final List<String> head, final List<List<String>> rows) {
    out.append("<table><tr>");
    head.forEach(cell -> out.append("<th>").append(escaped(cell)).append("</th>"));
    out.append("</tr>\n");
    for (final List<String> row : rows) {
      out.append("<tr><td><code>").append(escaped(row.get(0))).append("</code></td>");
      row.stream()
          .skip(1)
          .forEach(cell -> out.append("<td>").append(escaped(cell)).append("</td>"));
      out.append("</tr>\n");
    }
    out.append("</table>\n");
    return this;
  }

  /** The page so far. */
  String text() {
    return out.toString();
  }

  /** Text that means nothing to a browser but itself. */
  static String escaped(final String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
