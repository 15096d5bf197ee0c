package dev.conductor.signaling.sip;

import dev.conductor.signaling.trunk.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/**
 * Finds a trunk's proxies (RFC 3263): an address as it is; a name with a port by its addresses; a
 * name without one by NAPTR for the trunk's transport, then SRV by priority and weight, then by its
 * addresses with port 5060, or 5061 for TLS. Threads: the keeper's alone, since a look-up waits.
 */
final class TrunkResolver {
  private static final String TIMEOUT_MS = "2000";

  /** What one transport is asked for by NAPTR (RFC 3263, section 4.1) and by SRV, and its port. */
  private record Kind(String service, String prefix, int port) {}

  private static final Map<String, Kind> KINDS =
      Map.of(
          "udp", new Kind("SIP+D2U", "_sip._udp.", 5060),
          "tcp", new Kind("SIP+D2T", "_sip._tcp.", 5060),
          "tls", new Kind("SIPS+D2T", "_sips._tcp.", 5061));

  private final List<InetSocketAddress> own;
  private final String nameServers;

  /**
   * Asks nobody yet.
   *
   * @param own what we listen on
   * @param nameServers as {@code dns://127.0.0.1:5353}; {@code dns:} for those of the system
   */
  TrunkResolver(final List<InetSocketAddress> own, final String nameServers) {
    this.own = own;
    this.nameServers = nameServers;
  }

  /** One line of an SRV record (RFC 2782). */
  record Service(int priority, int weight, int port, String host) {}

  /**
   * The targets of all its proxies, best first; what cannot be found is left out.
   *
   * @param transport {@code udp}, {@code tcp} or {@code tls}
   */
  List<Target> resolve(final List<String> proxies, final String transport) {
    final List<Target> targets = new ArrayList<>();
    for (final String proxy : proxies) {
      final int colon =
          proxy.startsWith("[") ? proxy.indexOf(':', proxy.indexOf(']')) : proxy.indexOf(':');
      final String host = colon < 0 ? proxy : proxy.substring(0, colon);
      final int port = colon < 0 ? 0 : Integer.parseInt(proxy.substring(colon + 1));
      final String name = Addresses.literal(host) == null ? host : "";
      for (final InetSocketAddress remote : find(host, port, KINDS.get(transport))) {
        final InetAddress local = localTo(remote);
        if (local != null && targets.stream().noneMatch(known -> known.remote().equals(remote))) {
          targets.add(new Target(remote, local, name));
        }
      }
    }
    return targets;
  }

  /** Port 0: none is said. */
  private List<InetSocketAddress> find(final String host, final int said, final Kind kind) {
    final int port = said == 0 ? kind.port() : said;
    final InetAddress literal = Addresses.literal(host);
    if (literal != null) {
      return List.of(new InetSocketAddress(literal, port));
    }
    if (said == 0) {
      final List<InetSocketAddress> found = new ArrayList<>();
      for (final Service service : services(host, kind)) {
        found.addAll(addresses(service.host(), service.port()));
      }
      if (!found.isEmpty()) {
        return found;
      }
    }
    return addresses(host, port);
  }

  private List<Service> services(final String host, final Kind kind) {
    try {
      final DirContext dns = open();
      try {
        String name = kind.prefix() + host;
        for (final String record : records(dns, host, "NAPTR")) {
          // order preference flags service regexp replacement
          final String[] parts = record.replace("\"", "").split(" +");
          if (parts.length >= 5 && parts[3].equalsIgnoreCase(kind.service())) {
            name = withoutDot(parts[parts.length - 1]);
            break;
          }
        }
        return ordered(records(dns, name, "SRV"));
      } finally {
        dns.close();
      }
    } catch (final NamingException unknown) {
      return List.of();
    }
  }

  private DirContext open() throws NamingException {
    final Hashtable<String, String> settings = new Hashtable<>();
    settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    settings.put(Context.PROVIDER_URL, nameServers);
    settings.put("com.sun.jndi.dns.timeout.initial", TIMEOUT_MS);
    settings.put("com.sun.jndi.dns.timeout.retries", "2");
    return new InitialDirContext(settings);
  }

  private static List<String> records(final DirContext dns, final String name, final String type) {
    final List<String> records = new ArrayList<>();
    try {
      final Attributes attributes = dns.getAttributes(name, new String[] {type});
      final Attribute attribute = attributes.get(type);
      for (int i = 0; attribute != null && i < attribute.size(); i++) {
        records.add(attribute.get(i).toString());
      }
      // NAPTR: by order, then preference; SRV is put in order by its reader.
      records.sort(
          Comparator.comparingInt((String record) -> number(record, 0))
              .thenComparingInt(record -> number(record, 1)));
    } catch (final NamingException none) {
      return List.of();
    }
    return records;
  }

  private static int number(final String record, final int index) {
    final String[] parts = record.split(" +");
    return parts.length > index && parts[index].matches("\\d{1,5}")
        ? Integer.parseInt(parts[index])
        : 0;
  }

  /** By priority, and among equals by chance as their weights say. */
  static List<Service> ordered(final List<String> records) {
    final List<Service> services = new ArrayList<>();
    for (final String record : records) {
      final String[] parts = record.split(" +");
      if (parts.length == 4 && !parts[3].equals(".")) {
        services.add(
            new Service(
                number(record, 0), number(record, 1), number(record, 2), withoutDot(parts[3])));
      }
    }
    final List<Service> ordered = new ArrayList<>();
    while (!services.isEmpty()) {
      final int best = services.stream().mapToInt(Service::priority).min().orElseThrow();
      final List<Service> equals =
          services.stream().filter(service -> service.priority() == best).toList();
      final int total = equals.stream().mapToInt(service -> service.weight() + 1).sum();
      int left = ThreadLocalRandom.current().nextInt(total);
      for (final Service service : equals) {
        left -= service.weight() + 1;
        if (left < 0) {
          ordered.add(service);
          services.remove(service);
          break;
        }
      }
    }
    return ordered;
  }

  private static String withoutDot(final String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static List<InetSocketAddress> addresses(final String host, final int port) {
    try {
      final List<InetSocketAddress> found = new ArrayList<>();
      for (final InetAddress address : InetAddress.getAllByName(host)) {
        found.add(new InetSocketAddress(address, port));
      }
      return found;
    } catch (final IOException unknown) {
      return List.of();
    }
  }

  /** The address we listen on that the system would send from; null where there is none. */
  private InetAddress localTo(final InetSocketAddress remote) {
    try (DatagramSocket probe = new DatagramSocket()) {
      probe.connect(remote);
      final InetAddress chosen = probe.getLocalAddress();
      InetAddress sameFamily = null;
      for (final InetSocketAddress listening : own) {
        if (listening.getAddress().equals(chosen)) {
          return chosen;
        }
        if (listening.getAddress().getClass().equals(remote.getAddress().getClass())) {
          sameFamily = sameFamily == null ? listening.getAddress() : sameFamily;
        }
      }
      return sameFamily;
    } catch (final SocketException | UncheckedIOException unreachable) {
      return null;
    }
  }
}
