package dev.conductor.model;

import java.util.SortedMap;

/**
 * The account that hosts conferences. Immutable.
 *
 * @param uid 16 upper-case letters and digits
 * @param name the account's name
 * @param status e.g. {@code ACTIVE}
 * @param did number assigned to the account
 * @param zoneId time zone its dates are shown in, e.g. {@code America/Los_Angeles}
 * @param recording default of its conferences
 * @param greenroom default of its conferences
 * @param backgroundMusic default of its conferences
 * @param placeCall whether it may call out
 * @param contactEmails comma-separated
 * @param custom key and value pairs
 */
public record Customer(
    String uid,
    String name,
    String status,
    String did,
    String zoneId,
    boolean recording,
    boolean greenroom,
    boolean backgroundMusic,
    boolean placeCall,
    String contactEmails,
    SortedMap<String, String> custom) {
  /** Copies the pairs. */
  public Customer {
    custom = Custom.copy(custom);
  }
}
