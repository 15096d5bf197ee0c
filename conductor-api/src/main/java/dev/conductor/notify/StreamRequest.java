package dev.conductor.notify;

import dev.conductor.query.EventView;
import java.util.Objects;

/**
 * A request for a stream of events, its token already checked. Immutable.
 *
 * @param callUid the call, empty when asked for by conference
 * @param conferenceUid the conference, empty when asked for by call
 * @param sinceSeq resume after this number; {@link #WITH_SNAPSHOT} to begin with a snapshot, {@link
 *     #FROM_NOW} for what is new alone
 * @param lastEventId {@code callUid:seq}; empty for none. It outranks {@code sinceSeq}, which a
 *     page that reconnects still has in its address
 * @param how JSON or XML, which dates, which names
 */
public record StreamRequest(
    String callUid, String conferenceUid, long sinceSeq, String lastEventId, EventView how) {
  /** Stands for a request that names no number and wants a snapshot first. */
  public static final long WITH_SNAPSHOT = -1;

  /** Stands for a request that names no number and wants no snapshot. */
  public static final long FROM_NOW = -2;

  /** Checks that exactly one of call and conference is named. */
  public StreamRequest {
    Objects.requireNonNull(lastEventId, "lastEventId");
    Objects.requireNonNull(how, "how");
    if (callUid.isEmpty() == conferenceUid.isEmpty()) {
      throw new IllegalArgumentException("name either callUID or conferenceUID");
    }
    if (sinceSeq < FROM_NOW) {
      throw new IllegalArgumentException("since: " + sinceSeq + " is negative");
    }
  }

  /** Whether the stream stays from call to call. */
  public boolean byConference() {
    return callUid.isEmpty();
  }
}
