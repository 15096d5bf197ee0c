package dev.conductor.notify;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * WebSocket (RFC 6455) after its handshake: a document is a text message. The reader has nothing to
 * say: a message from it closes the connection, pings are answered. A reader that answers no ping
 * of ours for long is closed. On the channel's event loop.
 */
final class WebSocketHandler extends StreamHandler {
  /** From our close frame to the end of the connection, if the reader sends none. */
  private static final long CLOSE_MS = 2_000;

  /** Since when a ping of ours waits for an answer, while one does. */
  private long unansweredSinceNs;

  private boolean unanswered;
  private boolean closeSent;

  WebSocketHandler(final Pace pace, final NotifyCounters counters) {
    super(pace, counters);
  }

  /** The handshake was the greeting. */
  @Override
  void greet(final ChannelHandlerContext ctx) {}

  @Override
  void writeFrame(final ChannelHandlerContext ctx, final byte[] frame) {
    for (int offset = 0; offset < frame.length; offset += PIECE_BYTES) {
      final int length = Math.min(PIECE_BYTES, frame.length - offset);
      final boolean last = offset + length == frame.length;
      final ByteBuf piece = Unpooled.wrappedBuffer(frame, offset, length);
      ctx.write(
          offset == 0
              ? new TextWebSocketFrame(last, 0, piece)
              : new ContinuationWebSocketFrame(last, 0, piece));
    }
  }

  /** Not called while the reader takes nothing, so that such a one is not asked to answer. */
  @Override
  void writeHeartbeat(final ChannelHandlerContext ctx) {
    final long nowNs = System.nanoTime();
    if (!unanswered) {
      unanswered = true;
      unansweredSinceNs = nowNs;
    } else if (nowNs - unansweredSinceNs > stalledNs()) {
      counters().increment(NotifyCounter.CLOSED_SILENT);
      ctx.close();
      return;
    }
    final String headSeq = Long.toString(stream().headSeq());
    ctx.write(
        new PingWebSocketFrame(
            Unpooled.wrappedBuffer(headSeq.getBytes(StandardCharsets.US_ASCII))));
  }

  @Override
  void end(final ChannelHandlerContext ctx, final Ending why) {
    final WebSocketCloseStatus status =
        why == Ending.CALL_OVER
            ? WebSocketCloseStatus.NORMAL_CLOSURE
            : WebSocketCloseStatus.POLICY_VIOLATION;
    sendClose(ctx, new CloseWebSocketFrame(status, why.words()));
  }

  @Override
  public void channelRead(final ChannelHandlerContext ctx, final Object message) {
    try {
      if (message instanceof CloseWebSocketFrame close) {
        onClose(ctx, close);
      } else if (closeSent) {
        return; // nothing counts any more but the reader's close frame
      } else if (message instanceof PongWebSocketFrame) {
        unanswered = false;
      } else if (message instanceof PingWebSocketFrame ping) {
        answer(ctx, ping);
      } else {
        counters().increment(NotifyCounter.CLOSED_MESSAGE);
        stop();
        sendClose(
            ctx,
            new CloseWebSocketFrame(
                WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "events are only to be read"));
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  /** The decoder has sent a close frame that says what was wrong. */
  @Override
  public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException) {
      counters().increment(NotifyCounter.CLOSED_MESSAGE);
      stop();
      closeSent = true;
    } else {
      ctx.close();
    }
  }

  /** A reader that takes nothing gets no pong, so that its pings do not pile up. */
  private void answer(final ChannelHandlerContext ctx, final PingWebSocketFrame ping) {
    if (takesMore()) {
      ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
    }
  }

  private void onClose(final ChannelHandlerContext ctx, final CloseWebSocketFrame close) {
    if (closeSent) {
      ctx.close();
      return;
    }
    stop();
    closeSent = true;
    ctx.writeAndFlush(new CloseWebSocketFrame(true, 0, close.content().retain()))
        .addListener(written -> ctx.close());
  }

  private void sendClose(final ChannelHandlerContext ctx, final CloseWebSocketFrame frame) {
    closeSent = true;
    ctx.writeAndFlush(frame)
        .addListener(
            written -> ctx.executor().schedule(() -> ctx.close(), CLOSE_MS, TimeUnit.MILLISECONDS));
  }
}
