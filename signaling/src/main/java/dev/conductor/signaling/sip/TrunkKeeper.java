package dev.conductor.signaling.sip;

import dev.conductor.signaling.trunk.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up trunks, keeps us registered with them and asks whether they are up; one thread, which
 * may wait for a name server. Threads: started and stopped by one.
 */
final class TrunkKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(TrunkKeeper.class);
  private static final long STEP_MS = 100;
  private static final long LOOK_UP_NS = TimeUnit.SECONDS.toNanos(60);
  private static final long STOP_MS = 1_000;
  private static final long ENDS_MS = 1_000;

  private final List<Kept> kept = new ArrayList<>();
  private final TrunkRequests requests;
  private final TrunkResolver resolver;
  private final LogLimit limit = new LogLimit(1);
  private Thread thread;

  TrunkKeeper(
      final TrunkRequests requests,
      final TrunkResolver resolver,
      final Collection<TrunkLink> links) {
    this.requests = requests;
    this.resolver = resolver;
    links.stream()
        .filter(link -> !link.trunk().config().proxies().isEmpty())
        .forEach(link -> kept.add(new Kept(link)));
  }

  /** Begins, unless there is no trunk to keep. */
  void start(final ThreadGroup group) {
    if (!kept.isEmpty()) {
      thread = new Thread(group, this::run, "sip-trunks");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Ends the thread and gives up what is registered, without waiting for the registrars. */
  void stop() {
    if (thread != null) {
      thread.interrupt();
      try {
        thread.join(STOP_MS);
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    registrations().forEach(RegisterExchange::end);
  }

  /** Waits a little for what registrars say to the end. */
  void awaitEnds() {
    final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ENDS_MS);
    try {
      for (final RegisterExchange registration : registrations()) {
        registration.awaitEnd(deadlineNs);
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<RegisterExchange> registrations() {
    return kept.stream().map(one -> one.register).filter(Objects::nonNull).toList();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        for (final Kept one : kept) {
          poll(one);
        }
        Thread.sleep(STEP_MS);
      }
    } catch (final InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** One trunk's fault stays with that trunk. */
  private void poll(final Kept one) {
    try {
      one.poll(System.nanoTime());
    } catch (final RuntimeException e) {
      requests.core().counters().increment(SipCounter.UNEXPECTED);
      if (limit.admit()) {
        LOG.error("trunk {} cannot be kept", one.link.name(), e);
      }
    }
  }

  /** What is due for one trunk. */
  private final class Kept {
    private final TrunkLink link;
    private final RegisterExchange register;
    private final long watchNs;
    private long lookUpDueNs = System.nanoTime();
    private long watchDueNs = System.nanoTime();

    Kept(final TrunkLink link) {
      this.link = link;
      this.watchNs = TimeUnit.SECONDS.toNanos(link.trunk().config().optionsSeconds());
      this.register =
          link.trunk().config().account().register() ? new RegisterExchange(requests, link) : null;
    }

    void poll(final long nowNs) {
      if (nowNs - lookUpDueNs >= 0) {
        lookUpDueNs = nowNs + LOOK_UP_NS;
        lookUp();
      }
      if (register != null) {
        register.poll(nowNs);
      }
      if (watchNs > 0 && nowNs - watchDueNs >= 0 && !link.state().targets().isEmpty()) {
        watchDueNs = nowNs + watchNs;
        for (final Target target : link.state().targets()) {
          new WatchExchange(requests, link, target).send();
        }
      }
    }

    /** What was found once stays while nothing is found. */
    private void lookUp() {
      final List<Target> found =
          resolver.resolve(link.trunk().config().proxies(), link.transport());
      if (!found.isEmpty()) {
        link.state().found(found);
        link.tellTurn("its proxies are known");
      } else if (link.state().targets().isEmpty()) {
        LOG.warn("trunk {}: none of {} is found", link.name(), link.trunk().config().proxies());
      }
    }
  }
}
