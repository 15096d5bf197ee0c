package dev.conductor.signaling.trunk;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of a trunk just now: where it is, which of its proxies answer, whether it has us
 * registered. A proxy counts as up until it was asked in vain. Any thread.
 */
public final class TrunkState {
  private final Set<InetSocketAddress> down = ConcurrentHashMap.newKeySet();
  private final boolean mustRegister;
  private volatile List<Target> targets = List.of();
  private volatile boolean registered;
  private String registrarSaid = "";
  private boolean failed;
  private boolean told;
  private boolean toldUp;

  /** Nothing known yet. */
  public TrunkState(final boolean mustRegister) {
    this.mustRegister = mustRegister;
  }

  /** Its names were looked up: it is here now, best first. */
  public void found(final List<Target> now) {
    targets = List.copyOf(now);
    down.removeIf(there -> now.stream().noneMatch(target -> target.remote().equals(there)));
  }

  /** Where it is, best first, whether up or not. */
  public List<Target> targets() {
    return targets;
  }

  /** Those of its targets that answer, best first. */
  public List<Target> up() {
    return targets.stream().filter(target -> !down.contains(target.remote())).toList();
  }

  /**
   * Whether numbers can be called through it: a proxy answers, and we are registered if we must.
   */
  public boolean isUp() {
    return (registered || !mustRegister) && !up().isEmpty();
  }

  /** Whether it has us registered, as far as we know. */
  public boolean isRegistered() {
    return registered;
  }

  /**
   * Whether it has come up or gone down since this was last asked. At first it is neither: it is
   * down when a proxy or the registrar was asked in vain.
   */
  public synchronized boolean turned() {
    final boolean now = isUp();
    final boolean news = told ? now != toldUp : now || failed;
    told |= news;
    toldUp = now;
    return news;
  }

  /**
   * A proxy answered, or did not.
   *
   * @return whether that is news
   */
  public synchronized boolean answered(final InetSocketAddress proxy, final boolean yes) {
    failed |= !yes;
    return yes ? down.remove(proxy) : down.add(proxy);
  }

  /**
   * It has us registered, or has not.
   *
   * @param said what the registrar says
   * @return whether that is news
   */
  public synchronized boolean registered(final boolean yes, final String said) {
    final boolean news = registered != yes || !said.equals(registrarSaid);
    failed |= !yes;
    registered = yes;
    registrarSaid = said;
    return news;
  }
}
