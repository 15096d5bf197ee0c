package dev.conductor.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The checks that the records share; each failure names the key. Any thread. */
final class Checks {
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern PREFIX = Pattern.compile("\\d{1,3}");

  private Checks() {}

  static void inRange(final String key, final long value, final long least, final long most) {
    if (value < least || value > most) {
      throw new ConfigException(key, "=" + value + " is not in " + least + ".." + most);
    }
  }

  static void notBlank(final String key, final String value) {
    if (value == null || value.isBlank()) {
      throw new ConfigException(key, " must not be empty");
    }
  }

  static void oneOf(final String key, final String value, final List<String> allowed) {
    if (!allowed.contains(value)) {
      throw new ConfigException(key, "=" + value + " is not one of " + allowed);
    }
  }

  /** A list of at least one item, each allowed, none twice. */
  static void someOf(final String key, final List<String> values, final List<String> allowed) {
    if (values.isEmpty()) {
      throw new ConfigException(key, " must name at least one of " + allowed);
    }
    for (final String value : values) {
      oneOf(key, value, allowed);
    }
    if (new HashSet<>(values).size() != values.size()) {
      throw new ConfigException(key, "=" + values + " names one twice");
    }
  }

  /** An IPv4 or IPv6 literal; a host name is none, so that nothing is ever looked up. */
  static void address(final String key, final String value) {
    if (parse(value).isEmpty()) {
      throw new ConfigException(key, "=" + value + " is not an IPv4 or IPv6 address");
    }
  }

  /** A network in CIDR form, {@code 10.0.0.0/8} or {@code fe80::/10}. */
  static void network(final String key, final String value) {
    final int slash = value.indexOf('/');
    final Optional<InetAddress> address =
        slash < 0 ? Optional.empty() : parse(value.substring(0, slash));
    final String prefix = value.substring(slash + 1);
    if (address.isEmpty() || !PREFIX.matcher(prefix).matches()) {
      throw new ConfigException(
          key,
          "=" + value + " is not a network such as 10.0.0.0/8, or 10.0.0.7/32 for one address");
    }
    final int most = address.get() instanceof Inet4Address ? 32 : 128;
    if (Integer.parseInt(prefix) > most) {
      throw new ConfigException(key, "=" + value + " has a prefix that is not in 0.." + most);
    }
  }

  /** The address that this literal is; empty when it is none. */
  static Optional<InetAddress> parse(final String literal) {
    if (!IPV4.matcher(literal).matches() && !IPV6.matcher(literal).matches()) {
      return Optional.empty();
    }
    try {
      // A literal of either form is never looked up.
      return Optional.of(InetAddress.getByName(literal));
    } catch (final UnknownHostException notALiteral) {
      return Optional.empty();
    }
  }
}
