package dev.conductor.store;

import dev.conductor.model.Belongings;
import dev.conductor.model.BelongingsSource;
import dev.conductor.model.Person;
import dev.conductor.model.PersonSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the persons of a conference, and which persons and calls conferences have, for whoever
 * shows them, on a thread of its own. Opened after the store and closed before it.
 */
public final class PersonReader implements PersonSource, BelongingsSource, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PersonReader.class);

  private final ReaderThread thread;
  private final StoreCounters counters;

  private PersonReader(final StoreConnection connection, final StoreCounters counters) {
    this.thread = new ReaderThread("store-persons", connection, counters);
    this.counters = counters;
  }

  /** Connects once more to the database of a store. */
  static PersonReader open(final Database database, final StoreCounters counters) {
    return new PersonReader(StoreConnection.toRead(database), counters);
  }

  @Override
  public boolean read(final String conferenceUid, final Consumer<Optional<List<Person>>> to) {
    return thread.read(connection -> to.accept(persons(connection, conferenceUid)));
  }

  private Optional<List<Person>> persons(
      final StoreConnection connection, final String conferenceUid) {
    try {
      return Optional.of(connection.read(handle -> PersonRows.ofConference(handle, conferenceUid)));
    } catch (final RuntimeException failed) {
      LOG.error("cannot read the persons of conference {}", conferenceUid, failed);
      counters.add(StoreCounter.READS_FAILED, 1);
      return Optional.empty();
    }
  }

  @Override
  public boolean readUids(
      final List<String> conferenceUids, final Consumer<Optional<Map<String, Belongings>>> to) {
    return thread.read(connection -> to.accept(belongings(connection, conferenceUids)));
  }

  private Optional<Map<String, Belongings>> belongings(
      final StoreConnection connection, final List<String> conferenceUids) {
    try {
      return Optional.of(connection.read(handle -> BelongingsRows.of(handle, conferenceUids)));
    } catch (final RuntimeException failed) {
      LOG.error("cannot read what belongs to {} conferences", conferenceUids.size(), failed);
      counters.add(StoreCounter.READS_FAILED, 1);
      return Optional.empty();
    }
  }

  /** Ends the thread and closes the connection. */
  @Override
  public void close() {
    thread.close();
  }
}
