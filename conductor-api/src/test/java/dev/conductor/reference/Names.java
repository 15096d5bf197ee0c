package dev.conductor.reference;

/** The UIDs that the server made up; the model takes them over, since nobody can predict them. */
public interface Names {
  /** Of the call just opened. */
  String call();

  /** Of the caller just admitted. */
  String caller();

  /** Of a breakout for which the client chose none. */
  String breakout();
}
