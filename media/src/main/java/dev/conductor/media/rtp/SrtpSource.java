package dev.conductor.media.rtp;

/**
 * What is remembered of one source that sent genuine packets.
 *
 * @threading one thread at a time.
 * @allocation none after construction.
 */
final class SrtpSource {
  final int ssrc;
  final ReplayWindow rtp = new ReplayWindow();
  final ReplayWindow rtcp = new ReplayWindow();

  SrtpSource(final int ssrc) {
    this.ssrc = ssrc;
  }
}
