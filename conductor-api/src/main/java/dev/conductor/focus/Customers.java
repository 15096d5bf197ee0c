package dev.conductor.focus;

import dev.conductor.model.AudioCatalog;
import dev.conductor.model.Customer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The customers there are, and what conferences they make may play. The conductor only. */
final class Customers {
  private final Map<String, Customer> byUid = new LinkedHashMap<>();
  private final AudioCatalog audio;

  Customers(final List<Customer> loaded, final AudioCatalog audio) {
    loaded.forEach(this::put);
    this.audio = audio;
  }

  /** The customer of this UID, or null. */
  Customer find(final String uid) {
    return byUid.get(uid);
  }

  /** Puts a changed customer in place of what he was. */
  void put(final Customer customer) {
    byUid.put(customer.uid(), customer);
  }

  /** All of them. */
  List<Customer> all() {
    return List.copyOf(byUid.values());
  }

  /** The clips a conference may play. */
  AudioCatalog audio() {
    return audio;
  }
}
