package dev.conductor.notify;

import dev.conductor.query.Envelope;
import dev.conductor.query.Format;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** The HTTP answer where there is no stream. On the channel's event loop. */
final class HttpRefusal {
  private static final int RETRY_SECONDS = 5;

  private HttpRefusal() {}

  /** Answers and closes: 204, which stops a browser's EventSource, or 429. */
  static void write(final ChannelHandlerContext ctx, final Problem problem, final Format format) {
    final FullHttpResponse response =
        problem.kind() == Problem.Kind.OVER
            ? response(HttpResponseStatus.NO_CONTENT, "")
            : response(
                HttpResponseStatus.TOO_MANY_REQUESTS,
                Envelope.failure(format, Envelope.GENERAL, problem.message()));
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (problem.kind() == Problem.Kind.FULL) {
      response
          .headers()
          .set(HttpHeaderNames.CONTENT_TYPE, format.contentType())
          .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
          .set(HttpHeaderNames.RETRY_AFTER, RETRY_SECONDS);
    }
    ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  private static FullHttpResponse response(final HttpResponseStatus status, final String body) {
    final ByteBuf bytes = Unpooled.copiedBuffer(body, StandardCharsets.UTF_8);
    return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, bytes);
  }
}
