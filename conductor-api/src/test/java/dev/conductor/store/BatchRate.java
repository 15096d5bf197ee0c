package dev.conductor.store;

import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.model.Custom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * How fast the store's own writer commits when nothing else is done: the batches that so many
 * clients' {@code updateCustomValue} come to, without HTTP and without a conductor. One thread.
 */
public final class BatchRate implements AutoCloseable {
  private static final int BUSY_MS = 1_000;

  private final Database database;
  private final StoreConnection connection;
  private final BatchWriter writer;
  private final int clients;
  private Conference conference;
  private long batches;

  /** Opens a store of its own, with one conference, in that folder. */
  public BatchRate(final Path folder, final ConferenceSeed seed, final int clients) {
    this.database = Database.of(TestDatabase.config(folder), BUSY_MS);
    this.connection = StoreConnection.toWrite(database);
    connection.inTransaction(
        transaction -> {
          ConferenceRows.save(transaction, seed);
          return true;
        });
    this.writer = new BatchWriter(connection, event -> "", BatchWriter.beginRun(connection, 0));
    this.clients = clients;
    this.conference = seed.conference();
  }

  /** Batches a second, so many in each commit. */
  public double measure(final int perCommit, final long forNs) {
    final long beganNs = System.nanoTime();
    final long before = batches;
    while (System.nanoTime() - beganNs < forNs) {
      final List<Batch> group = new ArrayList<>(perCommit);
      for (int i = 0; i < perCommit; i++) {
        group.add(next());
      }
      writer.commit(group);
    }
    return (batches - before) / ((System.nanoTime() - beganNs) / 1e9);
  }

  private Batch next() {
    batches++;
    final SortedMap<String, String> pairs =
        Custom.with(
            conference.texts().custom(), "client" + batches % clients, Long.toString(batches));
    conference = conference.withTexts(conference.texts().withCustom(pairs));
    return new Batch(batches, List.of(new Change.ConferenceSaved(conference)));
  }

  @Override
  public void close() {
    connection.close();
    database.close();
  }
}
