package dev.conductor.signaling.trunk;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where a trunk takes requests. Any thread; immutable.
 *
 * @param remote address and port, resolved
 * @param local the address of ours on the route to it
 */
public record Target(InetSocketAddress remote, InetAddress local) {}
