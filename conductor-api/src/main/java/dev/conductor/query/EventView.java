package dev.conductor.query;

/**
 * How a reader of events wants them. Immutable.
 *
 * @param view format and dates
 * @param printedNames the document's misprints, {@code NEWBREEAKOUT} and {@code CONFERENCENEW}
 *     {@code BREAKOUT}, instead of the names that are meant
 */
public record EventView(View view, boolean printedNames) {
  /** JSON with ISO dates: the form events are kept in, free of zones. */
  public static final EventView KEPT = new EventView(new View(Format.JSON, true), false);
}
