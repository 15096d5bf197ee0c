package dev.conductor.demo;

import java.net.InetSocketAddress;

/** How a phone's signalling leaves: the pool's SIP socket. The pool's thread only. */
@FunctionalInterface
interface Wire {
  /** Sends one datagram; a fault of the network is as good as a lost packet. */
  void send(String message, InetSocketAddress to);
}
