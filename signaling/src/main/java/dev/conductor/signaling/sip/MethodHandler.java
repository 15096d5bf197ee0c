package dev.conductor.signaling.sip;

/** Takes the requests of one SIP method; on JAIN-SIP's threads, so it hands on and returns. */
@FunctionalInterface
interface MethodHandler {
  /** Takes one request; it has a transaction unless it is an ACK. */
  void handle(Incoming incoming);
}
