package dev.conductor.signaling.api;

/** Which way a media line runs, as the side that wrote it sees it (RFC 3264, section 5.1). */
public enum Direction {
  /** Both ways. */
  SENDRECV,
  /** The writer only sends: it put us on hold. */
  SENDONLY,
  /** The writer only listens. */
  RECVONLY,
  /** Neither way. */
  INACTIVE;

  /** What the other side writes in its answer (RFC 3264, section 6.1). */
  public Direction answer() {
    return switch (this) {
      case SENDONLY -> RECVONLY;
      case RECVONLY -> SENDONLY;
      default -> this;
    };
  }
}
