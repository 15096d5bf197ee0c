package dev.conductor.signaling.sip;

/** Takes the requests of one SIP method; on JAIN-SIP's threads, so it hands on and returns. */
@FunctionalInterface
interface MethodHandler {
  /** Takes one request; all but an ACK can be answered. */
  void handle(Incoming incoming);
}
