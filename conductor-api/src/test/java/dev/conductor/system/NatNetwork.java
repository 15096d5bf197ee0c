package dev.conductor.system;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Two phones' networks behind one NAT that the kernel does: their packets come to the host from the
 * NAT's one address, each from a port of its own. The host has no route to them.
 */
final class NatNetwork implements AutoCloseable {
  /** Of the range for tests of networks (RFC 2544), so of nobody's, and no private one. */
  private static final String OUTSIDE = "198.18.%d.%d";

  private static final int SUBNETS = 250;
  private static final String MASQUERADE =
      "table ip nat { chain out { type nat hook postrouting priority 100 ;"
          + " oifname \"outside\" masquerade random ; } ; }";

  private final List<Namespace> made = new ArrayList<>();
  private final List<Namespace> phones = new ArrayList<>();
  private final int subnet;

  private NatNetwork(final int subnet) {
    this.subnet = subnet;
  }

  /** Makes it, or skips the test that asks where this machine does not let us. */
  static NatNetwork make() throws IOException {
    final long pid = ProcessHandle.current().pid();
    final NatNetwork network = new NatNetwork(1 + (int) (pid % SUBNETS));
    ForeignTool.find("ip", "iproute2");
    final String nft = ForeignTool.find("nft", "nftables").toString();
    try {
      network.build(nft, "n" + pid);
      return network;
    } catch (final IOException refused) {
      network.close();
      return abort("no NAT can be made of network namespaces here: " + refused.getMessage());
    }
  }

  private void build(final String nft, final String id) throws IOException {
    final Namespace nat = add(Namespace.make(id));
    Namespace.ofHost("link add " + id + " type veth peer name outside netns " + id);
    Namespace.ofHost("addr add " + host() + "/24 dev " + id);
    Namespace.ofHost("link set " + id + " up");
    nat.ip("addr add " + address() + "/24 dev outside");
    nat.ip("link set outside up");
    for (int i = 1; i <= 2; i++) {
      final Namespace phone = add(Namespace.make(id + "p" + i));
      phones.add(phone);
      nat.ip("link add in" + i + " type veth peer name home netns " + phone.name());
      nat.ip("addr add 10.77." + i + ".1/24 dev in" + i);
      nat.ip("link set in" + i + " up");
      phone.ip("addr add " + phoneAddress(i - 1) + "/24 dev home");
      phone.ip("link set home up");
      phone.ip("route add default via 10.77." + i + ".1");
    }
    nat.exec("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
    nat.exec(nft, MASQUERADE);
  }

  private Namespace add(final Namespace namespace) {
    made.add(namespace);
    return namespace;
  }

  /** The host's address, that the phones dial. */
  String host() {
    return String.format(OUTSIDE, subnet, 1);
  }

  /** The NAT's, from which all packets of the phones come. */
  String address() {
    return String.format(OUTSIDE, subnet, 2);
  }

  /** The network of a phone, the first or the second. */
  Namespace phone(final int index) {
    return phones.get(index);
  }

  /** The address of that phone there. */
  String phoneAddress(final int index) {
    return "10.77." + (index + 1) + ".2";
  }

  @Override
  public void close() throws IOException {
    Collections.reverse(made);
    for (final Namespace one : made) {
      one.close();
    }
  }
}
