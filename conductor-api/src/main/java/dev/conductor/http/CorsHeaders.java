package dev.conductor.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;

/**
 * Marks every answer of a connection, a stream's too, with what {@link Cors} says of the request in
 * hand. One a connection, on its event loop.
 */
final class CorsHeaders extends ChannelOutboundHandlerAdapter {
  private final Cors cors;
  private HttpHeaders request;

  CorsHeaders(final Cors cors) {
    this.cors = cors;
  }

  /** From now on this one is being answered. */
  void answering(final HttpHeaders headers) {
    request = headers;
  }

  @Override
  public void write(
      final ChannelHandlerContext ctx, final Object message, final ChannelPromise promise) {
    if (request != null
        && cors.isOn()
        && message instanceof HttpResponse response
        && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
      cors.mark(request, response.headers());
    }
    ctx.write(message, promise);
  }
}
