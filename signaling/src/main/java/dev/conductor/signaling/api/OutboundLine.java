package dev.conductor.signaling.api;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A way to call a number, free to be used by {@link CallControl#dial} once. Any thread; immutable.
 *
 * @param dialog the name the dialog will have
 * @param trunk the peer that is asked first
 * @param localAddress our address on the route to it; RTP is bound there
 * @param target where the INVITE will go
 */
public record OutboundLine(
    DialogId dialog, String trunk, InetAddress localAddress, InetSocketAddress target) {}
