package dev.conductor.http;

import dev.conductor.config.HttpConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Puts a request's head and contents together, within the limit of the body. Passes on {@link
 * Request}, {@link Failed} and {@link #CONTINUE} in the order they are to be answered in. One a
 * connection, on its event loop.
 */
final class RequestAssembler extends ChannelInboundHandlerAdapter {
  /** The client waits for word before it sends its body (RFC 9110, section 10.1.1). */
  static final Object CONTINUE = new Object();

  /** A request that came in wrong; nothing after it on this connection is looked at. */
  record Failed(Request head, Problem problem) {}

  private final HttpConfig.Limits limits;
  private final RequestDeadline deadline;
  private HttpRequest head;
  private ByteArrayOutputStream body;
  private String refusal = "";
  private int heads;
  private boolean inBody;
  private boolean over;

  RequestAssembler(final HttpConfig.Limits limits, final RequestDeadline deadline) {
    this.limits = limits;
    this.deadline = deadline;
  }

  @Override
  public void channelRead(final ChannelHandlerContext ctx, final Object message) {
    try {
      if (!over && message instanceof HttpRequest request) {
        onHead(ctx, request);
      }
      if (!over && message instanceof HttpContent content) {
        onContent(ctx, content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  /** How many heads there were. */
  int heads() {
    return heads;
  }

  /** Whether the next byte belongs to the body of the last head. */
  boolean isInBody() {
    return inBody;
  }

  /** How much of that body is to come, 0 when that is not known. */
  long bodyLeftBytes() {
    final long lengthBytes = HttpUtil.getContentLength(head, 0L);
    return HttpUtil.isTransferEncodingChunked(head) ? 0 : lengthBytes - body.size();
  }

  /** Whether nothing more is looked at. */
  boolean isOver() {
    return over;
  }

  /** Refuses the head that is being read, for what the decoder does not say of it. */
  void refuse(final String why) {
    refusal = why;
  }

  private void onHead(final ChannelHandlerContext ctx, final HttpRequest request) {
    head = request;
    heads++;
    inBody = true;
    body = new ByteArrayOutputStream(0);
    if (request.decoderResult().isFailure()) {
      fail(ctx, malformed(request.decoderResult()));
    } else if (request.headers().size() > limits.maxHeaders()) {
      fail(ctx, tooManyHeaders());
    } else if (!isKnown(request.protocolVersion())) {
      fail(ctx, new Problem(505, HttpCounter.REFUSED_MALFORMED, "this is not HTTP/1.1"));
    } else if (!refusal.isEmpty() || !isTarget(request.uri())) {
      fail(ctx, malformed(refusal.isEmpty() ? "request target: not a path" : refusal));
    } else if (lacksHost(request)) {
      fail(ctx, malformed("Host: missing"));
    } else if (request.headers().getAll(HttpHeaderNames.HOST).size() > 1) {
      fail(ctx, malformed("Host: given twice"));
    } else if (HttpUtil.getContentLength(request, 0L) > maxBodyBytes()) {
      fail(ctx, tooLarge());
    } else {
      onExpect(ctx, request.headers().get(HttpHeaderNames.EXPECT));
    }
  }

  private void onExpect(final ChannelHandlerContext ctx, final String expect) {
    if (expect == null) {
      return;
    }
    if (HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expect)) {
      ctx.fireChannelRead(CONTINUE);
    } else {
      fail(ctx, new Problem(417, HttpCounter.REFUSED_MALFORMED, "Expect: not understood"));
    }
  }

  private void onContent(final ChannelHandlerContext ctx, final HttpContent content) {
    if (content.decoderResult().isFailure()) {
      fail(ctx, malformed(content.decoderResult()));
      return;
    }
    final int lengthBytes = content.content().readableBytes();
    if (body.size() + lengthBytes > maxBodyBytes()) {
      fail(ctx, tooLarge());
      return;
    }
    try {
      content.content().readBytes(body, lengthBytes);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    if (content instanceof LastHttpContent) {
      inBody = false;
      deadline.onWhole();
      final boolean keepAlive = HttpUtil.isKeepAlive(head);
      final byte[] bytes = body.toByteArray();
      ctx.fireChannelRead(Request.of(head.method(), head.uri(), head.headers(), bytes, keepAlive));
    }
  }

  private void fail(final ChannelHandlerContext ctx, final Problem problem) {
    over = true;
    deadline.onWhole();
    ctx.fireChannelRead(
        new Failed(Request.headOf(head.method(), head.uri(), head.headers()), problem));
  }

  private Problem tooManyHeaders() {
    return new Problem(
        431, HttpCounter.REFUSED_MALFORMED, "headers: more than " + limits.maxHeaders());
  }

  private Problem tooLarge() {
    return new Problem(
        413, HttpCounter.REFUSED_TOO_LARGE, "body: larger than " + maxBodyBytes() + " bytes");
  }

  private int maxBodyBytes() {
    return head.uri().startsWith(ImportHandler.PATHS)
        ? limits.maxImportBytes()
        : limits.maxBodyBytes();
  }

  private static Problem malformed(final DecoderResult result) {
    if (result.cause() instanceof TooLongHttpLineException) {
      return new Problem(414, HttpCounter.REFUSED_MALFORMED, "request line: too long");
    }
    if (result.cause() instanceof TooLongHttpHeaderException) {
      return new Problem(431, HttpCounter.REFUSED_MALFORMED, "headers: too long");
    }
    return malformed("this is not HTTP/1.1");
  }

  private static Problem malformed(final String message) {
    return new Problem(400, HttpCounter.REFUSED_MALFORMED, message);
  }

  private static boolean isKnown(final HttpVersion version) {
    return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
  }

  /** A path, a whole URI, or the star of OPTIONS (RFC 9112, section 3.2), without a blank. */
  private static boolean isTarget(final String target) {
    return (target.startsWith("/") || target.contains("://") || target.equals("*"))
        && target.chars().noneMatch(c -> c <= ' ');
  }

  private static boolean lacksHost(final HttpRequest request) {
    return request.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && !request.headers().contains(HttpHeaderNames.HOST);
  }
}
