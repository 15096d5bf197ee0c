package dev.conductor.signaling.trunk;

import dev.conductor.config.SipConfig;
import dev.conductor.config.TrunkRoute;
import dev.conductor.signaling.api.PhoneNumbers;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All peers known by name. Any thread; immutable. */
public final class Trunks {
  private final List<Trunk> trunks;
  private final PhoneNumbers numbers;

  /** Those of {@code sip.trunks}. */
  public Trunks(final SipConfig config) {
    numbers = new PhoneNumbers(config.numbers().countryCode());
    trunks = config.trunks().stream().map(trunk -> new Trunk(trunk, numbers)).toList();
  }

  /** Each of them, in the configuration's order. */
  public List<Trunk> all() {
    return trunks;
  }

  /** The trunk whose calls come from this address: the first that names it. */
  public Optional<Trunk> ofSource(final InetAddress source) {
    for (final Trunk trunk : trunks) {
      if (trunk.contains(source)) {
        return Optional.of(trunk);
      }
    }
    return Optional.empty();
  }

  /** Whether this number may be called from there: a trunk may be held to some, nobody else is. */
  public boolean mayCall(final InetAddress source, final String did) {
    return ofSource(source).map(trunk -> trunk.mayCall(did)).orElse(true);
  }

  /**
   * The ways a number is called, the first choice first: of all rules that fit, those with the
   * longest prefix, by priority, then in the configuration's order; one a trunk. Rules with shorter
   * prefixes come after them.
   *
   * @param number as asked for; rules are compared with its canonical form, and with that form
   *     without {@code +} where a rule has none
   */
  public List<Route> routes(final String number) {
    final String canonical = numbers.canonical(number);
    final List<Ranked> ranked = new ArrayList<>();
    for (final Trunk trunk : trunks) {
      trunk.config().parsedRoutes().stream()
          .filter(rule -> fits(rule, canonical))
          .min(Ranked.ORDER)
          .ifPresent(rule -> ranked.add(new Ranked(rule, trunk)));
    }
    ranked.sort(Comparator.comparing(Ranked::rule, Ranked.ORDER));
    return ranked.stream()
        .map(way -> new Route(way.trunk(), way.rule().written(written(way.rule(), canonical))))
        .toList();
  }

  private static boolean fits(final TrunkRoute rule, final String canonical) {
    return written(rule, canonical).startsWith(rule.prefix());
  }

  /** A rule without {@code +} sees numbers without it. */
  private static String written(final TrunkRoute rule, final String canonical) {
    final boolean bare = !rule.prefix().isEmpty() && !rule.prefix().startsWith("+");
    return bare && canonical.startsWith("+") ? canonical.substring(1) : canonical;
  }

  /**
   * A way to call a number.
   *
   * @param trunk through whom
   * @param number as that trunk wants it
   */
  public record Route(Trunk trunk, String number) {}

  private record Ranked(TrunkRoute rule, Trunk trunk) {
    static final Comparator<TrunkRoute> ORDER =
        Comparator.comparingInt((TrunkRoute rule) -> -rule.prefix().length())
            .thenComparingInt(TrunkRoute::priority);
  }
}
