package dev.conductor.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The logs of all calls that are up. The methods of {@link EventLog} are the conductor's; the
 * others may be called by any thread. Nobody waits for anybody: the conductor's turn costs the same
 * however slow a reader is.
 */
public final class CallEventLogs implements EventLog {
  private final int keptEvents;
  private final long keptBytes;
  private final ConcurrentMap<String, CallLog> logs = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, ConferenceLine> lines = new ConcurrentHashMap<>();
  private final LongAdder logged = new LongAdder();
  private final LongAdder passing = new LongAdder();
  private final LongAdder refused = new LongAdder();

  /** The conductor's: whose readers the next flush wakes. */
  private final List<CallLog> toWake = new ArrayList<>();

  /** The conductor's: the conference of each call that is up. */
  private final Map<String, String> conferenceOf = new HashMap<>();

  /**
   * Makes the logs, empty.
   *
   * @param keptEvents how many events of a call are kept; a reader further behind gets a gap
   * @param keptBytes how many bytes their documents may take
   */
  public CallEventLogs(final int keptEvents, final long keptBytes) {
    if (keptEvents < 1) {
      throw new IllegalArgumentException("keptEvents: " + keptEvents + " is not positive");
    }
    this.keptEvents = keptEvents;
    this.keptBytes = keptBytes;
  }

  @Override
  public void onCallOpened(final String conferenceUid, final String callUid) {
    final CallLog log = expect(callUid);
    conferenceOf.put(callUid, conferenceUid);
    final ConferenceLine line = conference(conferenceUid);
    line.open(log);
    line.wake();
  }

  @Override
  public void onCallResumed(final String conferenceUid, final String callUid, final long lastSeq) {
    expect(callUid).beginAfter(lastSeq);
    onCallOpened(conferenceUid, callUid);
  }

  @Override
  public void append(final Event event) {
    final CallLog log =
        conferenceOf.containsKey(event.callUid()) ? logs.get(event.callUid()) : null;
    if (log == null || !log.append(event)) {
      refused.increment();
      return;
    }
    (event.passing() ? passing : logged).increment();
    if (log.markWakeDue()) {
      toWake.add(log);
    }
  }

  @Override
  public void flush() {
    for (int i = 0; i < toWake.size(); i++) {
      wake(toWake.get(i));
    }
    toWake.clear();
  }

  @Override
  public void onCallClosed(final String conferenceUid, final String callUid) {
    final CallLog log = logs.remove(callUid);
    if (log != null) {
      conference(conferenceUid).close(log);
      wake(log);
      conferenceOf.remove(callUid);
    }
  }

  /** The log of a call that is up. */
  public Optional<CallLog> find(final String callUid) {
    return Optional.ofNullable(logs.get(callUid));
  }

  /**
   * The log of a call that is known to be up, though the conductor may not have opened its log yet.
   */
  public CallLog expect(final String callUid) {
    return logs.computeIfAbsent(callUid, uid -> new CallLog(uid, keptEvents, keptBytes));
  }

  /** The calls of a conference, the one that is up and those to come. */
  public ConferenceLine conference(final String conferenceUid) {
    return lines.computeIfAbsent(conferenceUid, uid -> new ConferenceLine());
  }

  /** How many events were taken and refused so far, by kind. */
  public SortedMap<String, Long> counters() {
    final SortedMap<String, Long> counts = new TreeMap<>();
    counts.put("logged", logged.sum());
    counts.put("passing", passing.sum());
    counts.put("refused", refused.sum());
    return counts;
  }

  private void wake(final CallLog log) {
    log.wake();
    final String conferenceUid = conferenceOf.get(log.callUid());
    if (conferenceUid != null) {
      conference(conferenceUid).wake();
    }
  }
}
