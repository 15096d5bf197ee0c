package dev.conductor.demo;

/** Where a simulated phone's call stands. */
public enum PhoneState {
  /** No call yet. */
  IDLE,
  /** INVITE sent, no final answer yet. */
  DIALLING,
  /** Answered and acknowledged. */
  UP,
  /** We hang up: CANCEL or BYE is on its way. */
  ENDING,
  /** Refused, or ended by either side. */
  OVER
}
