package dev.conductor.query;

import dev.conductor.model.Times;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes moments as the API does: {@code Fri Oct 23 05:30:00 PDT 2015}, in English, in the
 * conference's zone; or as ISO 8601 instants with milliseconds. Any thread; immutable.
 */
public final class Dates {
  private static final DateTimeFormatter BEFORE_ZONE =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss ", Locale.US);
  private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern(" uuuu", Locale.US);
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final ZoneId zone;
  private final boolean iso;

  private Dates(final ZoneId zone, final boolean iso) {
    this.zone = zone;
    this.iso = iso;
  }

  /** The document's form in this zone. */
  public static Dates printed(final ZoneId zone) {
    return new Dates(zone, false);
  }

  /** ISO 8601 instants. */
  public static Dates iso() {
    return new Dates(ZoneOffset.UTC, true);
  }

  /** Whether an empty moment is JSON null. */
  boolean isIso() {
    return iso;
  }

  /**
   * A moment, empty for {@link Times#NONE}.
   *
   * @param timeMs Unix time
   */
  public String text(final long timeMs) {
    if (timeMs == Times.NONE) {
      return "";
    }
    return iso ? isoText(timeMs) : printedText(timeMs);
  }

  /**
   * A moment as ISO 8601, e.g. {@code 2026-01-31T09:15:00.123Z}.
   *
   * @param timeMs Unix time
   */
  public static String isoText(final long timeMs) {
    return ISO.format(Instant.ofEpochMilli(timeMs));
  }

  private String printedText(final long timeMs) {
    final ZonedDateTime at = Instant.ofEpochMilli(timeMs).atZone(zone);
    return BEFORE_ZONE.format(at) + ZoneNames.shortName(zone, at.getOffset()) + YEAR.format(at);
  }
}
