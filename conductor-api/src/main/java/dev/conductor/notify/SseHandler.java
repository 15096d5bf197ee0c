package dev.conductor.notify;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Server-Sent Events: an HTTP response whose body ends with the connection, which every HTTP
 * version understands. On the channel's event loop.
 */
final class SseHandler extends StreamHandler {
  SseHandler(final Pace pace, final NotifyCounters counters) {
    super(pace, counters);
  }

  @Override
  void greet(final ChannelHandlerContext ctx) {
    final HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8")
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set("X-Accel-Buffering", "no")
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    ctx.write(head);
    writeFrame(ctx, SseFrame.comment("events"));
  }

  @Override
  void writeFrame(final ChannelHandlerContext ctx, final byte[] frame) {
    for (int offset = 0; offset < frame.length; offset += PIECE_BYTES) {
      final int length = Math.min(PIECE_BYTES, frame.length - offset);
      ctx.write(new DefaultHttpContent(Unpooled.wrappedBuffer(frame, offset, length)));
    }
  }

  @Override
  void writeHeartbeat(final ChannelHandlerContext ctx) {
    writeFrame(ctx, SseFrame.comment("HEARTBEAT " + stream().headSeq()));
  }

  @Override
  void end(final ChannelHandlerContext ctx, final Ending why) {
    ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(ChannelFutureListener.CLOSE);
  }
}
