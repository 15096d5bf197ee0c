package dev.conductor.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One item of {@code sip.trunks}: a peer we know by name, as a carrier or an SBC. Its messages name
 * keys as they stand in the item. Any thread; immutable.
 *
 * @param name what logs, counters and events call it
 * @param addresses networks its calls come from: these are believed (identity, direct entry)
 * @param proxies where to send to, the first that works: addresses or host names, each with a port
 *     or without; empty: it only calls us
 * @param transport UDP, TCP or TLS
 * @param domain what our requests have behind the at sign; empty: the first proxy's host
 * @param account how we prove who we are
 * @param optionsSeconds how often its proxies are asked by OPTIONS whether they are up; 0: never
 * @param dids numbers it may call; empty: all
 * @param didFrom where the number is read; empty: as {@code sip.did-from} says
 * @param directEntry whether it may dial {@code DID*PIN}
 * @param routes which numbers we call through it, see {@link TrunkRoute}
 * @param callerId the number we show; empty: the account's user
 * @param codecs what we offer it, in this order; empty: as {@code sip.codecs} says
 * @param srtp when sound to and from it is protected; empty: as {@code sip.srtp} says
 * @param asymmetricRtp whether its sound comes from other addresses than those it names in SDP:
 *     then it counts from any of {@code addresses}, and ours goes to those it names
 * @param requestsPerSecond requests outside a dialog that it may send; more are dropped
 * @param requestBurst how many of them at once
 * @param maxDialogs its dialogs up at once; more are answered 486
 */
public record TrunkConfig(
    String name,
    @Default("") List<String> addresses,
    @Default("") List<String> proxies,
    @Default("UDP") String transport,
    @Default("") String domain,
    Account account,
    @Default("30") int optionsSeconds,
    @Default("") List<String> dids,
    @Default("") String didFrom,
    @Default("true") boolean directEntry,
    @Default("") List<String> routes,
    @Default("") String callerId,
    @Default("") List<String> codecs,
    @Default("") String srtp,
    @Default("false") boolean asymmetricRtp,
    @Default("1000") int requestsPerSecond,
    @Default("2000") int requestBurst,
    @Default("4000") int maxDialogs) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,32}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}");
  private static final Pattern PHONE = Pattern.compile("(\\+?\\d{1,15})?");

  /**
   * How we prove who we are. Immutable.
   *
   * @param user the name we register and answer challenges with; empty: none
   * @param password its password
   * @param passwordFile a file that holds the password, in its place
   * @param realm whose challenges we answer; empty: the realm the trunk names
   * @param register whether it wants us to register
   * @param registerSeconds how long a registration is to last
   */
  public record Account(
      @Default("") String user,
      @Default("") Secret password,
      @Default("") String passwordFile,
      @Default("") String realm,
      @Default("false") boolean register,
      @Default("3600") int registerSeconds) {
    /** Checks every value. */
    public Account {
      Checks.inRange("register-seconds", registerSeconds, 60, 86_400);
      if (!password.isEmpty() && !passwordFile.isEmpty()) {
        throw new ConfigException("password-file", " and password: only one of them may be set");
      }
      if (user.isEmpty() && (register || !password.isEmpty() || !passwordFile.isEmpty())) {
        throw new ConfigException("user", " must not be empty where register or a password is set");
      }
    }
  }

  /** Checks every value. */
  public TrunkConfig {
    matches("name", name, NAME, "a name of 1 to 32 letters, digits, - and _");
    addresses = List.copyOf(addresses);
    addresses.forEach(network -> Checks.network("addresses", network));
    proxies = List.copyOf(proxies);
    proxies.forEach(TrunkConfig::checkProxy);
    Checks.oneOf("transport", transport, List.of("UDP", "TCP", "TLS"));
    if (!domain.isEmpty()) {
      matches("domain", domain, HOST, "a host name or address");
    }
    checkRanges(optionsSeconds, requestsPerSecond, requestBurst);
    Checks.inRange("max-dialogs", maxDialogs, 1, 100_000);
    dids = List.copyOf(dids);
    if (!didFrom.isEmpty()) {
      Checks.oneOf("did-from", didFrom, NumberConfig.DID_FROM);
    }
    routes = List.copyOf(routes);
    routes.forEach(TrunkRoute::parse);
    matches("caller-id", callerId, PHONE, "a phone number");
    codecs = List.copyOf(codecs);
    if (!codecs.isEmpty()) {
      Checks.someOf("codecs", codecs, SipConfig.CODECS);
    }
    if (!srtp.isEmpty()) {
      Checks.oneOf("srtp", srtp, SipConfig.Security.POLICIES);
    }
    if (proxies.isEmpty() && (!routes.isEmpty() || account.register())) {
      throw new ConfigException("proxies", " must not be empty where routes or register is set");
    }
    if (proxies.isEmpty() && addresses.isEmpty()) {
      throw new ConfigException("addresses", " and proxies must not both be empty");
    }
    if (asymmetricRtp && addresses.isEmpty()) {
      throw new ConfigException(
          "addresses",
          " must not be empty where asymmetric-rtp is true: its sound comes from there");
    }
  }

  private static void checkRanges(
      final int optionsSeconds, final int requestsPerSecond, final int requestBurst) {
    Checks.inRange("options-seconds", optionsSeconds, 0, 3_600);
    Checks.inRange("requests-per-second", requestsPerSecond, 1, 1_000_000);
    Checks.inRange("request-burst", requestBurst, 1, 1_000_000);
  }

  private static void matches(
      final String key, final String value, final Pattern form, final String what) {
    if (!form.matcher(value).matches()) {
      throw new ConfigException(key, "=" + value + " is not " + what);
    }
  }

  /** A host or address, and a port behind a colon where one is said; IPv6 stands in brackets. */
  private static void checkProxy(final String proxy) {
    final int colon =
        proxy.startsWith("[") ? proxy.indexOf(':', proxy.indexOf(']')) : proxy.indexOf(':');
    final String host = colon < 0 ? proxy : proxy.substring(0, colon);
    final String port = colon < 0 ? "5060" : proxy.substring(colon + 1);
    if (host.startsWith("[") && host.endsWith("]")) {
      Checks.address("proxies", host.substring(1, host.length() - 1));
    } else {
      matches("proxies", host, HOST, "a host name or address, [address] for IPv6");
    }
    if (!port.matches("\\d{1,5}")
        || Integer.parseInt(port) < 1
        || Integer.parseInt(port) > 65_535) {
      throw new ConfigException("proxies", "=" + proxy + " has a port that is not in 1..65535");
    }
  }

  /**
   * When sound to and from it is protected.
   *
   * @param general where it says nothing itself
   */
  public String srtpOr(final String general) {
    return srtp.isEmpty() ? general : srtp;
  }

  /** The networks of {@link #addresses}. */
  public List<Network> networks() {
    return addresses.stream().map(network -> Network.parse("addresses", network)).toList();
  }

  /** The rules of {@link #routes}. */
  public List<TrunkRoute> parsedRoutes() {
    return routes.stream().map(TrunkRoute::parse).toList();
  }

  /** No two trunks may have one name. */
  static void checkNames(final List<TrunkConfig> trunks) {
    final Set<String> names = new HashSet<>();
    for (final TrunkConfig trunk : trunks) {
      if (!names.add(trunk.name())) {
        throw new ConfigException("sip.trunks", ": two are called " + trunk.name());
      }
    }
  }

  /** The password, read from its file where it is in one. */
  public Secret password() throws IOException {
    return account.passwordFile().isEmpty()
        ? account.password()
        : new Secret(Files.readString(Path.of(account.passwordFile())).strip());
  }
}
