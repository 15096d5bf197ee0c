package dev.conductor.focus;

import dev.conductor.media.api.LineStatistics;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the log how the line of a caller did, when it ends: whoever asks afterwards why he was
 * hard to understand finds it by his UID. Lines that never got into a call are not told of. The
 * conductor only.
 */
final class LineReports {
  private static final Logger LOG = LoggerFactory.getLogger(LineReports.class);
  private static final double PERCENT = 100;
  private static final double TENTHS = 10;

  private final LongFunction<LineStatistics> figures;

  /**
   * Reports by these figures.
   *
   * @param figures how the line of a session does, null where media has none
   */
  LineReports(final LongFunction<LineStatistics> figures) {
    this.figures = figures;
  }

  /** Tells of a line that is about to close; nothing where media has no figures of it. */
  void report(final Line line) {
    if (line.callerUid().isEmpty() || !LOG.isInfoEnabled()) {
      return;
    }
    final LineStatistics figure = figures.apply(line.sessionId());
    if (figure != null) {
      LOG.info(
          "line of caller {}: received {} packets, lost {}, late {}, jitter {} ms, round trip {} ms,"
              + " far end lost {} % and has jitter {} ms, score {}",
          line.callerUid(),
          figure.received(),
          figure.lost(),
          figure.late(),
          shown(figure.jitterMs()),
          shown(figure.roundTripMs()),
          shown(figure.remoteLoss() * PERCENT),
          shown(figure.remoteJitterMs()),
          shown(figure.mos()));
    }
  }

  private static String shown(final double figure) {
    return Double.isNaN(figure) ? "-" : Double.toString(Math.round(figure * TENTHS) / TENTHS);
  }
}
