package dev.conductor.notify;

import dev.conductor.event.CallLog;
import java.util.OptionalLong;

/** Where in a call's log a reader begins. Stateless; any thread. */
final class StreamPlace {
  private StreamPlace() {}

  /**
   * The last number the reader has of this call: what {@code Last-Event-ID} says when that names
   * the call, else {@code since}; empty for a reader that wants a snapshot.
   *
   * @param first whether this is the first call of the stream; a number of {@code since} holds for
   *     it alone, but 0 asks for all of every call
   */
  static OptionalLong resumeAfter(
      final StreamRequest request, final CallLog log, final boolean first) {
    final OptionalLong last = lastSeq(request.lastEventId(), log.callUid());
    if (last.isPresent() || request.sinceSeq() == StreamRequest.WITH_SNAPSHOT) {
      return last;
    }
    if (request.sinceSeq() == StreamRequest.FROM_NOW) {
      return OptionalLong.of(first ? log.headSeq() : 0);
    }
    final boolean holds = first || request.sinceSeq() == 0;
    return holds ? OptionalLong.of(request.sinceSeq()) : OptionalLong.empty();
  }

  private static OptionalLong lastSeq(final String lastEventId, final String callUid) {
    final int colon = lastEventId.lastIndexOf(':');
    if (colon < 0 || !lastEventId.substring(0, colon).trim().equals(callUid)) {
      return OptionalLong.empty();
    }
    try {
      final long seq = Long.parseLong(lastEventId.substring(colon + 1).trim());
      return seq < 0 ? OptionalLong.empty() : OptionalLong.of(seq);
    } catch (final NumberFormatException notOurs) {
      return OptionalLong.empty();
    }
  }
}
