package dev.conductor.http;

import java.util.List;

/**
 * A parameter of a function. Immutable.
 *
 * @param name as the document spells it; one that ends in {@code #} has a number there, from 1
 * @param type what it is
 * @param required whether the function is refused without it
 * @param aliases other spellings
 */
record Param(String name, ParamType type, boolean required, List<String> aliases) {
  /** Copies the list. */
  Param {
    aliases = List.copyOf(aliases);
  }

  /** A parameter that must be there. */
  static Param required(final String name, final ParamType type, final String... aliases) {
    return new Param(name, type, true, List.of(aliases));
  }

  /** A parameter that may be there. */
  static Param optional(final String name, final ParamType type, final String... aliases) {
    return new Param(name, type, false, List.of(aliases));
  }

  /**
   * The name under which a parameter so spelled is kept, the number of a numbered one with it; null
   * when it is another parameter.
   */
  String keep(final String spelled) {
    if (name.endsWith("#")) {
      final String base = name.substring(0, name.length() - 1);
      return spelled.startsWith(base) && isNumber(spelled, base.length()) ? spelled : null;
    }
    return spelled.equals(name) || aliases.contains(spelled) ? name : null;
  }

  private static boolean isNumber(final String text, final int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.length() > from;
  }
}
