package dev.conductor.notify;

import java.util.OptionalLong;

/** Reads {@code Last-Event-ID}, as our {@code id:} lines write it. Stateless; any thread. */
final class StreamPlace {
  private StreamPlace() {}

  /**
   * Where a reader of this call wants to go on: behind {@code Last-Event-ID} when that names the
   * call, else behind {@code since}; empty for neither.
   *
   * @param first whether this is the first call of the stream; {@code since} holds for it alone
   */
  static OptionalLong resumeAfter(
      final StreamRequest request, final String callUid, final boolean first) {
    final OptionalLong last = lastSeq(request.lastEventId(), callUid);
    if (last.isPresent() || !first || request.sinceSeq() == StreamRequest.NO_SINCE) {
      return last;
    }
    return OptionalLong.of(request.sinceSeq());
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
