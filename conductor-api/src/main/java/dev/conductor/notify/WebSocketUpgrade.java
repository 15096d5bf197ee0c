package dev.conductor.notify;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;

/**
 * The handshake of WebSocket (RFC 6455, section 4.2), without extensions and subprotocols: no
 * compression, since it holds a window of memory for each reader. On the channel's event loop.
 */
final class WebSocketUpgrade {
  /** A reader has nothing to say, so the largest frame it may send is a control frame. */
  private static final int MAX_FRAME_BYTES = 4_096;

  private static final WebSocketDecoderConfig DECODING =
      WebSocketDecoderConfig.newBuilder()
          .maxFramePayloadLength(MAX_FRAME_BYTES)
          .expectMaskedFrames(true)
          .allowExtensions(false)
          .closeOnProtocolViolation(true)
          .build();

  private WebSocketUpgrade() {}

  /** Agrees, turns the pipeline from HTTP to WebSocket and then runs the task. */
  static void shake(final Channel channel, final FullHttpRequest request, final Runnable done) {
    final WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshaker13("", null, DECODING);
    handshaker
        .handshake(channel, request, EmptyHttpHeaders.INSTANCE, channel.newPromise())
        .addListener(
            written -> {
              if (written.isSuccess()) {
                done.run();
              } else {
                channel.close();
              }
            });
  }
}
