package dev.conductor.model;

/** Where an admitted caller is. */
public enum Place {
  /** Admitted, waiting; hears music or silence. */
  ENTRYWAY,
  /** The main room. */
  MAIN,
  /** A breakout. */
  BREAKOUT
}
