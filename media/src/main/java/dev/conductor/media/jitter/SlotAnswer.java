package dev.conductor.media.jitter;

import org.agrona.DirectBuffer;

/**
 * What the jitter buffer answered last, and where in its slots that is.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units ticks of the payload's clock.
 */
abstract class SlotAnswer implements JitterBuffer {
  /** What is held. */
  Slots slots;

  int answerTicks;
  int answerSlot;
  int answerFromTicks;
  boolean answerLate;
  boolean answerNextHeld;

  @Override
  public int ticks() {
    return answerTicks;
  }

  @Override
  public int fromTicks() {
    return answerFromTicks;
  }

  @Override
  public boolean isLate() {
    return answerLate;
  }

  @Override
  public boolean isNextHeld() {
    return answerNextHeld;
  }

  @Override
  public DirectBuffer payload() {
    return slots.payload();
  }

  @Override
  public int payloadOffset() {
    return slots.payloadOffset(answerSlot);
  }

  @Override
  public int payloadLength() {
    return slots.payloadLength(answerSlot);
  }

  @Override
  public int payloadType() {
    return slots.payloadType(answerSlot);
  }
}
