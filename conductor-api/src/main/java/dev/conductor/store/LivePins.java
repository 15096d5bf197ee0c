package dev.conductor.store;

import dev.conductor.config.DataConfig;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceStatus;
import dev.conductor.model.DialWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.JdbiException;

/**
 * How many PINs each conference has that let somebody in, now or later: those of one that was
 * cancelled or is over do not. Any thread, which waits.
 */
public final class LivePins {
  private static final int BUSY_MS = 10_000;

  private LivePins() {}

  /**
   * Counts them over a connection of its own that only reads, the store's server up or not.
   *
   * @param atMs now, Unix time
   * @throws StoreException when the store cannot be read, or there is none yet
   */
  public static List<Pins> count(
      final DataConfig config, final DialWindow window, final long atMs) {
    try (StoreConnection connection = StoreConnection.toRead(Database.of(config, BUSY_MS))) {
      final List<Pins> counted = new ArrayList<>();
      connection
          .read(PersonRows::pinLengths)
          .forEach(
              (uid, byDigits) -> {
                final Conference conference =
                    connection.read(on -> ConferenceRows.loadConference(on, uid));
                if (isLive(conference.statusAt(atMs, window))) {
                  counted.add(new Pins(conference, byDigits));
                }
              });
      return counted;
    } catch (final JdbiException failed) {
      throw new StoreException("cannot count the PINs", failed);
    }
  }

  private static boolean isLive(final ConferenceStatus status) {
    return status != ConferenceStatus.CANCEL && status != ConferenceStatus.CLOSED;
  }

  /**
   * The PINs of a conference. Immutable.
   *
   * @param byDigits how many there are of each length
   */
  public record Pins(Conference conference, Map<Integer, Integer> byDigits) {
    /** Copies the map. */
    public Pins {
      byDigits = Map.copyOf(byDigits);
    }
  }
}
