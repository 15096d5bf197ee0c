package dev.conductor.media.agent;

import dev.conductor.config.MediaConfig;
import dev.conductor.config.RtpConfig;
import dev.conductor.media.api.MediaCommands;
import dev.conductor.media.api.MediaEventSource;
import dev.conductor.media.api.MediaEvents;
import dev.conductor.media.api.MediaStatistics;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.play.ClipLibrary;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * All of media: the agents, the port keeper and their threads, behind the three interfaces the rest
 * of the house knows.
 *
 * <p>Either {@link #start} gives every agent a thread, or a test calls {@link #step} itself with a
 * clock it moves by hand; never both.
 *
 * @threading {@link MediaCommands} and {@link MediaEventSource}: the conductor only. {@link
 *     MediaStatistics}: any thread. Start, step and close: the thread that made it.
 * @allocation at a command, a few objects; at an open, the session with all it will ever need.
 */
public final class MediaEngine
    implements MediaCommands, MediaEventSource, MediaStatistics, AutoCloseable {

  /** An engine on the system's clock. Nothing runs before {@link #start}. */
  public MediaEngine(final RtpConfig rtp, final MediaConfig media, final ClipLibrary clips) {
    this(rtp, media, clips, SystemNanoClock.INSTANCE);
  }

  /**
   * An engine on a clock of the caller's, to be stepped by hand.
   *
   * @param clock read once a step by each agent and by the keeper
   */
  public MediaEngine(
      final RtpConfig rtp,
      final MediaConfig media,
      final ClipLibrary clips,
      final NanoClock clock) {}

  /** Starts the threads: {@code media-0}, {@code media-1}, ... and {@code media-ports}. */
  public void start() {}

  /**
   * Lets the keeper and every agent work once, on the calling thread.
   *
   * @return how much was done; 0 when nothing is due
   */
  public int step() {
    return 0;
  }

  @Override
  public boolean open(final long sessionId, final RtpSessionSpec spec) {
    return false;
  }

  @Override
  public boolean update(final long sessionId, final RtpSessionSpec spec) {
    return false;
  }

  @Override
  public boolean admit(final long sessionId, final long callId) {
    return false;
  }

  @Override
  public boolean close(final long sessionId) {
    return false;
  }

  @Override
  public void plan(final MixPlan plan) {}

  @Override
  public void endCall(final long callId) {}

  @Override
  public boolean prompt(final long sessionId, final List<String> clips, final long tag) {
    return false;
  }

  @Override
  public boolean stopPrompt(final long sessionId) {
    return false;
  }

  @Override
  public int poll(final MediaEvents handler, final int limit) {
    return 0;
  }

  @Override
  public Map<String, Long> counters() {
    return Map.of();
  }

  @Override
  public int sessions() {
    return 0;
  }

  @Override
  public long tickLatenessNs(final double percentile) {
    return 0;
  }

  /** Stops the threads, then closes every socket. */
  @Override
  public void close() {}
}
