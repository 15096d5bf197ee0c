package dev.conductor.notify;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What each transport puts around a document. Stateless; any thread. */
enum Framing {
  /** Server-Sent Events: {@code id:} and {@code data:} lines. */
  SSE {
    @Override
    byte[] numbered(final String callUid, final long seq, final String document) {
      return SseFrame.logged(callUid, seq, document);
    }

    @Override
    byte[] unnumbered(final String document) {
      return SseFrame.unnumbered(document);
    }
  },
  /** WebSocket: nothing, a message is a document. */
  WEB_SOCKET {
    @Override
    byte[] unnumbered(final String document) {
      return document.getBytes(StandardCharsets.UTF_8);
    }
  },
  /** The XML socket: a NUL byte after each document. */
  NUL {
    @Override
    byte[] unnumbered(final String document) {
      final byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
      return Arrays.copyOf(bytes, bytes.length + 1);
    }
  };

  /** A document that carries a place to resume from. */
  byte[] numbered(final String callUid, final long seq, final String document) {
    return unnumbered(document);
  }

  /** A document without a place of its own. */
  abstract byte[] unnumbered(String document);
}
