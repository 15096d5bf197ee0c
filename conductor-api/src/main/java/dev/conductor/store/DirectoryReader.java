package dev.conductor.store;

import dev.conductor.config.DataConfig;
import dev.conductor.model.Conference;
import dev.conductor.model.Person;
import java.util.List;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.JdbiException;

/**
 * Reads a customer's conferences with their persons one after the other, over a connection of its
 * own that cannot write: however long it takes, no commit waits, for each conference is a read of
 * its own. One thread, which waits.
 */
public final class DirectoryReader implements AutoCloseable {
  private static final int BUSY_MS = 10_000;

  private final StoreConnection connection;

  private DirectoryReader(final StoreConnection connection) {
    this.connection = connection;
  }

  /**
   * Connects to the database of a store, open or not.
   *
   * @throws StoreException when it cannot be read
   */
  public static DirectoryReader open(final DataConfig config) {
    return new DirectoryReader(StoreConnection.toRead(Database.of(config, BUSY_MS)));
  }

  /**
   * Whether there is such a customer.
   *
   * @throws StoreException when it cannot be read
   */
  public boolean hasCustomer(final String customerUid) {
    try {
      return connection.read(
          on ->
              on.createQuery("SELECT COUNT(*) FROM customer WHERE uid = :customer")
                      .bind("customer", customerUid)
                      .mapTo(Integer.class)
                      .one()
                  > 0);
    } catch (final JdbiException failed) {
      throw new StoreException("cannot read the customers", failed);
    }
  }

  /**
   * Gives them all, by UID.
   *
   * @param conferenceUid that one alone; empty for all of the customer's
   * @throws StoreException when they cannot be read
   */
  public void read(
      final String customerUid,
      final String conferenceUid,
      final BiConsumer<Conference, List<Person>> to) {
    try {
      final List<String> uids =
          connection.read(
              on ->
                  on.createQuery(
                          "SELECT uid FROM conference WHERE customer_uid = :customer"
                              + " AND (:conference = '' OR uid = :conference) ORDER BY uid")
                      .bind("customer", customerUid)
                      .bind("conference", conferenceUid)
                      .mapTo(String.class)
                      .list());
      for (final String uid : uids) {
        final Conference conference = connection.read(on -> ConferenceRows.loadConference(on, uid));
        to.accept(conference, connection.read(on -> PersonRows.ofConference(on, uid)));
      }
    } catch (final JdbiException failed) {
      throw new StoreException("cannot read the conferences", failed);
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
