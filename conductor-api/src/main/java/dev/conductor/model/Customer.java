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
 * @param keyHash its key to the Conference Management API as {@link SecretHash} keeps it; empty
 *     when it has none
 * @param page texts for its pages
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
    SortedMap<String, String> custom,
    String keyHash,
    PageTexts page) {
  /** Copies the pairs. */
  public Customer {
    custom = Custom.copy(custom);
  }

  /** The same with these wishes for its conferences. */
  public Customer withDefaults(
      final boolean newRecording, final boolean newGreenroom, final boolean newMusic) {
    return copy(newRecording, newGreenroom, newMusic, contactEmails, custom, keyHash, page);
  }

  /** The same with other addresses to write to. */
  public Customer withContactEmails(final String emails) {
    return copy(recording, greenroom, backgroundMusic, emails, custom, keyHash, page);
  }

  /** The same with other pairs. */
  public Customer withCustom(final SortedMap<String, String> pairs) {
    return copy(recording, greenroom, backgroundMusic, contactEmails, pairs, keyHash, page);
  }

  /** The same with another key. */
  public Customer withKeyHash(final String hash) {
    return copy(recording, greenroom, backgroundMusic, contactEmails, custom, hash, page);
  }

  /** The same with other texts. */
  public Customer withPage(final PageTexts texts) {
    return copy(recording, greenroom, backgroundMusic, contactEmails, custom, keyHash, texts);
  }

  private Customer copy(
      final boolean newRecording,
      final boolean newGreenroom,
      final boolean newMusic,
      final String newEmails,
      final SortedMap<String, String> newCustom,
      final String newKeyHash,
      final PageTexts newPage) {
    return new Customer(
        uid,
        name,
        status,
        did,
        zoneId,
        newRecording,
        newGreenroom,
        newMusic,
        placeCall,
        newEmails,
        newCustom,
        newKeyHash,
        newPage);
  }
}
