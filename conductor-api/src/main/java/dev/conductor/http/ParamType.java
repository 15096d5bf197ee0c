package dev.conductor.http;

/** What a parameter is; says whether blanks around it count. */
enum ParamType {
  /** One UID. */
  UID(true),
  /** UIDs, comma-separated. */
  UIDS(true),
  /** A security token. */
  TOKEN(true),
  /** A whole number. */
  NUMBER(true),
  /** True or false. */
  BOOLEAN(true),
  /** One of a list of words. */
  WORD(true),
  /** Free text. */
  TEXT(false),
  /** Depends on the field: kept as sent, and empty is a value too. */
  VALUE(false);

  private final boolean trimmed;

  ParamType(final boolean trimmed) {
    this.trimmed = trimmed;
  }

  /** The value as it counts. */
  String counted(final String sent) {
    return trimmed ? sent.strip() : sent;
  }
}
