package dev.conductor.http;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is to be written into a file. Immutable.
 *
 * @param csv else JSON
 * @param customerUid whose
 * @param conferenceUid of that conference alone; empty for all of the customer's
 * @param fromMs calls that began then or later, Unix time
 * @param toMs calls that began before, Unix time
 */
public record ExportOrder(
    What what, boolean csv, String customerUid, String conferenceUid, long fromMs, long toMs) {
  /** What may be written. */
  public enum What {
    /** Conferences with their reservations; as JSON with their persons too. */
    CONFERENCES,
    /** Persons, in the columns that an import takes. */
    PERSONS,
    /** Records of calls. */
    CALLS;

    /** As it is written in a command or a function's name. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The one of that word. */
    public static Optional<What> of(final String word) {
      return Stream.of(values()).filter(what -> what.word().equals(word)).findFirst();
    }
  }

  /** The name its file has, without a folder. */
  String fileName() {
    return what.word() + (csv ? ".csv" : ".json");
  }
}
