package dev.conductor.query;

/** What a field's value is. */
public enum FieldKind {
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
