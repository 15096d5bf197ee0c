package dev.conductor.http;

import java.util.Collection;
import java.util.List;

/**
 * A parameter of a function. Immutable.
 *
 * @param name as the document spells it; one that ends in {@code #} has a number there, from 1
 * @param type what it is
 * @param required whether the function is refused without it
 * @param aliases other spellings
 * @param about a sentence for the reference page, empty for none
 * @param words what it may be, empty where it is not one of a few words
 */
record Param(
    String name,
    ParamType type,
    boolean required,
    List<String> aliases,
    String about,
    List<String> words) {
  /** Copies the lists. */
  Param {
    aliases = List.copyOf(aliases);
    words = List.copyOf(words);
  }

  /** A parameter that must be there. */
  static Param required(final String name, final ParamType type, final String... aliases) {
    return new Param(name, type, true, List.of(aliases), "", List.of());
  }

  /** A parameter that may be there. */
  static Param optional(final String name, final ParamType type, final String... aliases) {
    return new Param(name, type, false, List.of(aliases), "", List.of());
  }

  /** The same with a sentence for the reference page. */
  Param about(final String sentence) {
    return new Param(name, type, required, aliases, sentence, words);
  }

  /** The same, with the words it may be; for the reference page, the function itself checks. */
  Param oneOf(final Collection<String> allowed) {
    return new Param(name, type, required, aliases, about, List.copyOf(allowed));
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
