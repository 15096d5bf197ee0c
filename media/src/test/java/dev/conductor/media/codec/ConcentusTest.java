package dev.conductor.media.codec;

/** Opus over Concentus. */
class ConcentusTest extends OpusContract {
  @Override
  OpusLibrary library() {
    return OpusLibrary.concentus();
  }

  @Override
  int garbagePackets() {
    return 2_000;
  }

  @Override
  int largestSeam() {
    // A tenth of the voice's peak; one that begins anew makes four times as much.
    return 2_000;
  }
}
