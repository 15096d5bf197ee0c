package dev.conductor.signaling.guard;

import dev.conductor.config.Network;
import dev.conductor.config.SipConfig;
import dev.conductor.config.SipGuardConfig;
import dev.conductor.config.SourceKey;
import dev.conductor.config.TrunkConfig;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Who may send what outside dialogs, before anything is spent on it. Known peers (allowed networks
 * and trunks) have buckets of their own, a trunk one for all its addresses; all others share one
 * budget beside that of their address, so that a flood from forged addresses takes nothing from a
 * known peer.
 *
 * <p>Threads: any. Time is a parameter. Its tables are bounded.
 */
public final class SourceGuard {
  private static final int MAX_KNOWN_SOURCES = 16_384;
  private static final int MAX_UNKNOWN_SOURCES = 65_536;

  /** What is done with a request. */
  public enum Treatment {
    /** It is served. */
    SERVE,
    /** It is served when its sender logs in (RFC 3261, section 22). */
    CHALLENGE,
    /** Its source sends too much: no answer. */
    OVER_RATE,
    /** Its source is none we speak with: no answer. */
    UNLISTED
  }

  private final SipGuardConfig config;
  private final List<Network> allowed;
  private final Function<InetAddress, Optional<TrunkConfig>> trunkOf;
  private final Map<String, TokenBucket> trunks = new ConcurrentHashMap<>();
  private final RequestGuard known;
  private final RequestGuard unknown;
  private final RequestGuard unknownInDialogs;
  private final TokenBucket allUnknown;

  /**
   * With every bucket full.
   *
   * @param trunkOf the trunk an address is of
   */
  public SourceGuard(
      final SipConfig sip,
      final Function<InetAddress, Optional<TrunkConfig>> trunkOf,
      final long nowNs) {
    this.config = sip.guard();
    this.trunkOf = Objects.requireNonNull(trunkOf, "trunkOf");
    allowed =
        config.allowedNetworks().stream()
            .map(network -> Network.parse("sip.allowed-networks", network))
            .toList();
    known = new RequestGuard(sip.requestsPerSecond(), sip.requestBurst(), MAX_KNOWN_SOURCES);
    unknown = new RequestGuard(sip.requestsPerSecond(), sip.requestBurst(), MAX_UNKNOWN_SOURCES);
    unknownInDialogs =
        new RequestGuard(sip.requestsPerSecond(), sip.requestBurst(), MAX_UNKNOWN_SOURCES);
    allUnknown =
        new TokenBucket(config.unknownRequestsPerSecond(), config.unknownRequestBurst(), nowNs);
  }

  /** Whether the address is of a known peer. */
  public boolean isKnown(final InetAddress source) {
    return trunkOf.apply(source).isPresent()
        || allowed.stream().anyMatch(network -> network.contains(source));
  }

  /** Whether strangers get no answer whatever they send. */
  public boolean isDeafTo(final InetAddress source) {
    return config.accept().equals(SipGuardConfig.LISTED) && !isKnown(source);
  }

  /**
   * What is to be done with a request that belongs to no dialog and no transaction.
   *
   * @param nowNs a monotonic clock
   */
  public Treatment treat(final InetAddress source, final String method, final long nowNs) {
    if (isDeafTo(source)) {
      return Treatment.UNLISTED;
    }
    if (!admit(source, nowNs)) {
      return Treatment.OVER_RATE;
    }
    if (method.equals("REGISTER")) {
      return config.hasAccounts() ? Treatment.CHALLENGE : Treatment.SERVE;
    }
    if (!config.accept().equals(SipGuardConfig.ACCOUNTS) || isKnown(source)) {
      return Treatment.SERVE;
    }
    return method.equals("INVITE") ? Treatment.CHALLENGE : Treatment.UNLISTED;
  }

  /**
   * What a dialog from there to this number takes a place of.
   *
   * @param dialled the number, in one form however it was written
   */
  public List<CallCaps.Kind> kinds(final InetAddress source, final String dialled) {
    final CallCaps.Kind number = new CallCaps.Kind("number " + dialled, config.maxDialogsPerDid());
    final Optional<TrunkConfig> trunk = trunkOf.apply(source);
    if (trunk.isPresent()) {
      return List.of(
          number, new CallCaps.Kind("trunk " + trunk.get().name(), trunk.get().maxDialogs()));
    }
    return isKnown(source)
        ? List.of(number)
        : List.of(
            number,
            new CallCaps.Kind(CallCaps.UNACKNOWLEDGED, config.maxUnknownUnacknowledged()),
            new CallCaps.Kind(
                SourceKey.of(source).toString(), config.maxDialogsPerUnknownAddress()));
  }

  /**
   * Whether the address may send one more request within dialogs. A stranger has a budget for all
   * of his, apart from that of his other requests, which others could use up in his name.
   *
   * @param nowNs a monotonic clock
   */
  public boolean admitInDialog(final InetAddress source, final long nowNs) {
    return isKnown(source) || unknownInDialogs.admit(source, nowNs);
  }

  /** Takes a token for whatever is to be answered; false when there is none. */
  public boolean admit(final InetAddress source, final long nowNs) {
    final Optional<TrunkConfig> trunk = trunkOf.apply(source);
    if (trunk.isPresent()) {
      return take(
          trunks.computeIfAbsent(trunk.get().name(), name -> full(trunk.get(), nowNs)), nowNs);
    }
    return isKnown(source)
        ? known.admit(source, nowNs)
        : unknown.admit(source, nowNs) && take(allUnknown, nowNs);
  }

  private static TokenBucket full(final TrunkConfig trunk, final long nowNs) {
    return new TokenBucket(trunk.requestsPerSecond(), trunk.requestBurst(), nowNs);
  }

  private static boolean take(final TokenBucket bucket, final long nowNs) {
    synchronized (bucket) {
      return bucket.take(nowNs);
    }
  }

  /** Sources remembered. */
  public int sources() {
    return known.sources() + unknown.sources() + unknownInDialogs.sources();
  }
}
