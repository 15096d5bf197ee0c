package dev.conductor.command;

import dev.conductor.model.Role;

/** One field of a caller with its new value, already checked. Immutable. */
public sealed interface CallerChange {
  /** The microphone of the main room. */
  record Mike(boolean on) implements CallerChange {}

  /** Mute. */
  record Mute(boolean on) implements CallerChange {}

  /** Deaf. */
  record Deaf(boolean on) implements CallerChange {}

  /** Display name; empty means the ANI. */
  record Tag(String text) implements CallerChange {}

  /** The hand: 0 down, 1..5 up. */
  record Attention(int level) implements CallerChange {}

  /** Into this breakout; empty means the main room. */
  record ToBreakout(String breakoutUid) implements CallerChange {}

  /** The host page's payload. */
  record Data(String text) implements CallerChange {}

  /** Another part. */
  record ToRole(Role role) implements CallerChange {}

  /** Notes, replaced. */
  record Notes(String text) implements CallerChange {}

  /** Notes, appended to, nothing between. */
  record Note(String text) implements CallerChange {}

  /** Drops the caller: field {@code active}, whatever its value. */
  record Drop() implements CallerChange {}

  /** First custom field. */
  record Custom1(String text) implements CallerChange {}

  /** Second custom field. */
  record Custom2(String text) implements CallerChange {}

  /** Gain of his voice in steps of 3 dB, -4..4. */
  record VolumeIn(int steps) implements CallerChange {}

  /** Gain of what he hears in steps of 3 dB, -4..4. */
  record VolumeOut(int steps) implements CallerChange {}

  /** Talk threshold, 0..1800. */
  record Energy(int threshold) implements CallerChange {}
}
