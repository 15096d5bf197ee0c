package dev.conductor.http;

import dev.conductor.config.HttpConfig;
import dev.conductor.model.Customer;
import dev.conductor.model.SecretHash;
import dev.conductor.model.Snapshots;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What every request to {@code /_access} goes through: its customer's key is checked, its rate
 * taken. A wrong key and an unknown customer are one and the same answer, found in the same time,
 * and an address may give only so many of them. Any thread.
 */
public final class AccountAccess {
  /** Wrong keys an address may give, a second and at once. */
  static final int WRONG_KEYS_PER_SECOND = 1;

  static final int WRONG_KEYS_BURST = 50;

  /** Compared with where there is no customer, so that this takes as long. */
  private static final String NOBODYS =
      "00112233445566778899aabbccddeeff:" + "0123456789abcdef".repeat(4);

  private final Snapshots snapshots;
  private final RateLimit rates;
  private final RateLimit wrongKeys;

  /**
   * The access.
   *
   * @param config limits
   * @param snapshots where customers are found
   * @param nowNs a clock that never goes back, for rates
   */
  public AccountAccess(
      final HttpConfig config, final Snapshots snapshots, final LongSupplier nowNs) {
    this.snapshots = snapshots;
    this.rates =
        new RateLimit(config.rates().requestsPerSecond(), config.rates().requestBurst(), nowNs);
    this.wrongKeys = new RateLimit(WRONG_KEYS_PER_SECOND, WRONG_KEYS_BURST, nowNs);
  }

  /**
   * What the request's key opens, one request of its rate taken.
   *
   * @param address whom wrong keys are counted for
   */
  AccountScope enter(final Parameters parameters, final String address) {
    final Optional<Customer> customer = snapshots.customer(parameters.get(AccessFunction.CUSTOMER));
    final String hash = customer.map(Customer::keyHash).filter(kept -> !kept.isEmpty()).orElse("");
    final boolean same =
        SecretHash.matches(hash.isEmpty() ? NOBODYS : hash, parameters.get(AccessFunction.KEY));
    if (customer.isEmpty() || hash.isEmpty() || !same) {
      refuseWhen(wrongKeys.take(address));
      throw Refusal.key();
    }
    refuseWhen(rates.take(customer.get().uid()));
    return new AccountScope(customer.get(), snapshots);
  }

  private static void refuseWhen(final long waitNs) {
    if (waitNs > 0) {
      throw Refusal.tooOftenBy(AccessFunction.KEY, 1 + (waitNs - 1) / TimeUnit.SECONDS.toNanos(1));
    }
  }
}
