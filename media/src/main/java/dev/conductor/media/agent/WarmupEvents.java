package dev.conductor.media.agent;

import dev.conductor.media.api.MediaEvents;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * What an engine tells while it warms up: only where its lines are is of use.
 *
 * @threading the thread that warms up.
 * @allocation none.
 */
final class WarmupEvents implements MediaEvents {
  private final List<WarmupEcho> echoes;
  private long firstSessionId;

  WarmupEvents(final List<WarmupEcho> echoes) {
    this.echoes = echoes;
  }

  /** The echo at 0 is that of this session, the next that of the next. */
  void expect(final long sessionId) {
    firstSessionId = sessionId;
  }

  @Override
  public void onOpened(final long sessionId, final InetSocketAddress localRtp) {
    echoes.get((int) (sessionId - firstSessionId)).dial(localRtp);
  }

  @Override
  public void onOpenFailed(final long sessionId, final String reason) {
    // One line less.
  }

  @Override
  public void onFirstRtp(final long sessionId) {
    // As it should be.
  }

  @Override
  public void onDigit(final long sessionId, final char digit) {
    // Nobody keys.
  }

  @Override
  public void onInbandDigit(final long sessionId, final char digit) {
    // Noise may sound like one.
  }

  @Override
  public void onTalking(final long sessionId, final boolean talking) {
    // Nobody watches.
  }

  @Override
  public void onPromptEnded(final long sessionId, final long tag) {
    // There is no next one.
  }

  @Override
  public void onSilentLine(final long sessionId, final long silentMs) {
    // No round lasts as long.
  }

  @Override
  public void onClosed(final long sessionId) {
    // Asked for.
  }
}
