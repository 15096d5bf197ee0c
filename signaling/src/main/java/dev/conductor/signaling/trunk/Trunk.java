package dev.conductor.signaling.trunk;

import dev.conductor.config.Network;
import dev.conductor.config.TrunkConfig;
import dev.conductor.signaling.api.PhoneNumbers;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One peer known by name, and what it may do. Any thread; immutable. */
public final class Trunk {
  private final TrunkConfig config;
  private final PhoneNumbers numbers;
  private final List<Network> networks;
  private final Set<String> dids;

  Trunk(final TrunkConfig config, final PhoneNumbers numbers) {
    this.config = config;
    this.numbers = numbers;
    this.networks = config.networks();
    this.dids = config.dids().stream().map(numbers::canonical).collect(Collectors.toSet());
  }

  /** What the configuration says of it. */
  public TrunkConfig config() {
    return config;
  }

  /** What it is called. */
  public String name() {
    return config.name();
  }

  /** Whether its calls come from this address. */
  public boolean contains(final InetAddress source) {
    return networks.stream().anyMatch(network -> network.contains(source));
  }

  /** Whether it may call this number of ours. */
  public boolean mayCall(final String did) {
    return dids.isEmpty() || dids.contains(numbers.canonical(did));
  }
}
