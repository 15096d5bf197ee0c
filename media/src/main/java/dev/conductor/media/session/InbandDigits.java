package dev.conductor.media.session;

import dev.conductor.media.dsp.DtmfDetector;
import dev.conductor.media.dsp.RatePlane;
import dev.conductor.media.status.MediaCounters;

/**
 * The keys of a line that agreed on no telephone-event: heard in its voice, and kept from others.
 *
 * @threading the media agent that owns the session.
 * @allocation a detector of 6 KiB at the first frame of each plane; then none.
 */
final class InbandDigits {
  private final SessionEvents events;
  private final DtmfDetector[] detectors = new DtmfDetector[RatePlane.values().length];
  private boolean listening;
  private RatePlane plane = RatePlane.NARROW;

  InbandDigits(final SessionEvents events) {
    this.events = events;
  }

  /** Listens from now on, or does not; what was heard so far is forgotten. */
  void listen(final boolean listens) {
    listening = listens;
    resetDetector();
  }

  /**
   * Listens to the next frame of the line and tells its key.
   *
   * @param frame a frame of the plane; silence where nothing came, so that a press ends
   * @return whether others should not hear this frame
   */
  boolean onFrame(final short[] frame, final RatePlane newPlane, final MediaCounters counters) {
    if (!listening) {
      return false;
    }
    if (newPlane != plane) {
      plane = newPlane;
      resetDetector();
    }
    if (detectors[plane.ordinal()] == null) {
      detectors[plane.ordinal()] = new DtmfDetector(plane);
    }
    final DtmfDetector detector = detectors[plane.ordinal()];
    detector.onFrame(frame);
    if (detector.digit() != DtmfDetector.NO_DIGIT) {
      events.inbandDigit(detector.digit(), counters);
    }
    return detector.isTone();
  }

  private void resetDetector() {
    final DtmfDetector detector = detectors[plane.ordinal()];
    if (detector != null) {
      detector.reset();
    }
  }
}
