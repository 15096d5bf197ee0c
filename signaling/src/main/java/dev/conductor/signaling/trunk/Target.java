package dev.conductor.signaling.trunk;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where a trunk takes requests. Any thread; immutable.
 *
 * @param remote address and port, resolved
 * @param local the address of ours on the route to it
 * @param name what the configuration calls it, and its certificate must (RFC 5922, section 7.1):
 *     the host name that was looked up; empty where that is an address
 */
public record Target(InetSocketAddress remote, InetAddress local, String name) {}
