package dev.conductor.signaling.sip;

import dev.conductor.config.Network;
import dev.conductor.config.SipConfig;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Our addresses, and how a peer is to see them. No name is looked up. Any thread; immutable.
 *
 * <p>A peer inside {@code sip.local-networks}, or on the very host, sees the local address of the
 * route; others see {@code sip.advertised-address} where one is set.
 */
final class Addresses {
  private final InetAddress advertised;
  private final List<Network> localNetworks;

  Addresses(final SipConfig config) throws IOException {
    advertised =
        config.advertisedAddress() == null || config.advertisedAddress().isBlank()
            ? null
            : required("sip.advertised-address", config.advertisedAddress());
    final List<Network> networks = new ArrayList<>();
    for (final String text : config.localNetworks()) {
      networks.add(Network.parse("sip.local-networks", text));
    }
    localNetworks = List.copyOf(networks);
  }

  /** The addresses to listen on: the one configured, or each interface's, loopback included. */
  static List<InetAddress> toListenOn(final String host) throws IOException {
    final InetAddress address = required("sip.host", host);
    if (!address.isAnyLocalAddress()) {
      return List.of(address);
    }
    final List<InetAddress> addresses = new ArrayList<>();
    for (final NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      if (card.isUp()) {
        Collections.list(card.getInetAddresses()).stream()
            .filter(own -> !own.isLinkLocalAddress() && !own.isMulticastAddress())
            .filter(own -> address instanceof Inet6Address || own instanceof Inet4Address)
            .map(Addresses::withoutScope)
            .filter(own -> !addresses.contains(own))
            .forEach(addresses::add);
      }
    }
    return addresses;
  }

  private static InetAddress withoutScope(final InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (final UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How the peer sees our {@code local} address. */
  InetAddress asSeenBy(final InetAddress peer, final InetAddress local) {
    final boolean near =
        peer.equals(local)
            || peer.isLoopbackAddress()
            || localNetworks.stream().anyMatch(network -> network.contains(peer));
    final boolean sameFamily = advertised != null && advertised.getClass().equals(local.getClass());
    return near || !sameFamily ? local : advertised;
  }

  /** How the peer sees our {@code local} socket. */
  InetSocketAddress asSeenBy(final InetAddress peer, final InetSocketAddress local) {
    return new InetSocketAddress(asSeenBy(peer, local.getAddress()), local.getPort());
  }

  private static InetAddress required(final String key, final String text) throws IOException {
    final InetAddress address = literal(text);
    if (address == null) {
      throw new IOException(key + "=" + text + " is not an IPv4 or IPv6 address");
    }
    return address;
  }

  /** The address that this text is, brackets allowed; null when it is none. Looks nothing up. */
  static InetAddress literal(final String text) {
    if (text == null) {
      return null;
    }
    final String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    final boolean ip6 = bare.indexOf(':') >= 0;
    final String allowed = ip6 ? "0123456789abcdefABCDEF:." : "0123456789.";
    if (bare.isEmpty()
        || !bare.chars().allMatch(c -> allowed.indexOf(c) >= 0)
        || !ip6 && bare.split("\\.", -1).length != 4) {
      return null;
    }
    try {
      return InetAddress.getByName(bare);
    } catch (final UnknownHostException e) {
      return null;
    }
  }

  /** Address and port as they stand in a URI. */
  static String hostPort(final InetSocketAddress where) {
    return inUri(where.getAddress()) + ":" + where.getPort();
  }

  /** An address as it stands in a URI: IPv6 in brackets. */
  static String inUri(final InetAddress address) {
    final String text = address.getHostAddress();
    return address instanceof Inet6Address ? "[" + text + "]" : text;
  }
}
