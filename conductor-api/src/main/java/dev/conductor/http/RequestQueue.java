package dev.conductor.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of a connection one after the other: the next is looked at when the answer
 * before it is on its way, and meanwhile nothing is read. So pipelined requests (RFC 9112, section
 * 9.3.2) are answered and carried out in order, and a client that does not read holds one answer,
 * not many. One a connection, on its event loop.
 */
final class RequestQueue extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(RequestQueue.class);
  private static final long LINGER_MS = 2_000;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  /**
   * What the connections of a server share. Any thread.
   *
   * @param router finds the handler of a path
   * @param counters counts what happens
   * @param addresses how many requests an address may make
   * @param cors which pages may ask
   * @param maxWaiting requests that may wait for their turn on one connection
   */
  record Shared(
      Router router, HttpCounters counters, RateLimit addresses, Cors cors, int maxWaiting) {}

  private final Shared shared;
  private final HttpCounters counters;
  private final String address;
  private final RequestDeadline deadline;
  private final CorsHeaders corsHeaders;
  private final Queue<Object> waiting = new ArrayDeque<>();
  private ChannelHandlerContext ctx;
  private boolean busy;
  private boolean looking;
  private boolean flooded;
  private boolean over;

  /**
   * The queue of a connection.
   *
   * @param shared what it shares with the others
   * @param address whom its requests count for
   * @param deadline told when a request is whole and when it is answered
   * @param corsHeaders told whose answer comes next
   */
  RequestQueue(
      final Shared shared,
      final String address,
      final RequestDeadline deadline,
      final CorsHeaders corsHeaders) {
    this.shared = shared;
    this.counters = shared.counters();
    this.address = address;
    this.deadline = deadline;
    this.corsHeaders = corsHeaders;
  }

  @Override
  public void handlerAdded(final ChannelHandlerContext context) {
    ctx = context;
  }

  @Override
  public void channelRead(final ChannelHandlerContext context, final Object message) {
    if (over || flooded) {
      ReferenceCountUtil.release(message);
      return;
    }
    waiting.add(message instanceof Request request ? orTooMany(request) : message);
    next();
  }

  /** What one read brought is bounded by its bytes; this bounds what it costs. */
  private Object orTooMany(final Request request) {
    flooded = waiting.size() >= shared.maxWaiting();
    return flooded
        ? new RequestAssembler.Failed(
            request.headOnly(),
            Problem.tooMany("connection: more than " + shared.maxWaiting() + " requests wait", 1))
        : request;
  }

  @Override
  public void userEventTriggered(final ChannelHandlerContext context, final Object event) {
    if (event == RequestDeadline.Passed.IDLE) {
      context.close();
    } else if (event == RequestDeadline.Passed.SLOW && !busy && !over) {
      counters.increment(HttpCounter.REFUSED_SLOW);
      busy = true;
      write(Answer.text(408, "the request did not come in time").closing(), false);
    } else {
      if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
        counters.increment(HttpCounter.TLS_FAILED);
      }
      context.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelInactive(final ChannelHandlerContext context) {
    over = true;
    waiting.clear();
    context.fireChannelInactive();
  }

  /** A fault of one connection ends that connection. */
  @Override
  public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
    if (!isOfTheWire(cause)) {
      counters.increment(HttpCounter.ERRORS);
      LOG.error("http: connection closed", cause);
    }
    context.close();
  }

  /** Broken connections, and bytes that are no TLS: the peer's affair. */
  private static boolean isOfTheWire(final Throwable cause) {
    return cause instanceof IOException
        || cause instanceof ChannelException
        || cause instanceof DecoderException && cause.getCause() instanceof IOException;
  }

  /** Sends the answer to the request in hand. */
  void send(final Request request, final Answer answer) {
    write(answer, request.keepAlive());
  }

  /** Sends a file as the answer to the request in hand, and closes it. */
  void send(
      final Request request, final Answer head, final FileChannel file, final long lengthBytes) {
    if (!ctx.channel().isActive()) {
      close(file);
      return;
    }
    final boolean stay = request.keepAlive();
    final HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(head.status()));
    headers(response.headers(), head, stay);
    HttpUtil.setContentLength(response, lengthBytes);
    new FileBody(ctx, file, done -> onWritten(done, stay)).send(response);
  }

  /** Closes a file that nobody gets. */
  static void close(final FileChannel file) {
    try {
      file.close();
    } catch (final IOException gone) {
      LOG.warn("http: a file cannot be closed", gone);
    }
  }

  /** Lets a stream have the connection. */
  void stream() {
    over = true;
    waiting.clear();
    HttpServer.leaveStream(ctx.pipeline());
    ctx.channel().config().setAutoRead(true);
  }

  /** Adds one to a counter. */
  void count(final HttpCounter counter) {
    counters.increment(counter);
  }

  /** A loop, not a recursion, however many requests came in one read and are answered at once. */
  private void next() {
    if (looking) {
      return;
    }
    looking = true;
    while (!busy && !over && !waiting.isEmpty()) {
      look(waiting.poll());
    }
    looking = false;
    if (!over) {
      ctx.channel().config().setAutoRead(!busy);
    }
  }

  private void look(final Object message) {
    if (message == RequestAssembler.CONTINUE) {
      final HttpResponseStatus status = HttpResponseStatus.CONTINUE;
      ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
      return;
    }
    busy = true;
    deadline.onWhole();
    counters.increment(HttpCounter.REQUESTS);
    if (message instanceof RequestAssembler.Failed failed) {
      refuse(failed.head(), failed.problem());
    } else {
      admit((Request) message);
    }
  }

  private void admit(final Request request) {
    final long waitNs = shared.addresses().take(address);
    if (waitNs > 0) {
      final long waitSeconds = 1 + (waitNs - 1) / TimeUnit.SECONDS.toNanos(1);
      refuse(request, Problem.tooMany("address: too many requests", waitSeconds));
      return;
    }
    corsHeaders.answering(request.headers());
    final Exchange exchange = new Exchange(this, ctx, request);
    shared
        .cors()
        .preflight(request)
        .ifPresentOrElse(exchange::answer, () -> handle(request, exchange));
  }

  private void refuse(final Request head, final Problem problem) {
    corsHeaders.answering(head.headers());
    counters.increment(problem.counter());
    shared.router().find(head.path()).onProblem(head, problem, new Exchange(this, ctx, head));
  }

  private void handle(final Request request, final Exchange exchange) {
    try {
      shared.router().find(request.path()).onRequest(request, exchange);
    } catch (final RuntimeException e) {
      counters.increment(HttpCounter.ERRORS);
      LOG.error("http: {} failed", request.method(), e);
      exchange.answer(Answer.text(500, "server: unexpected error").closing());
      if (over) {
        ctx.close();
      }
    }
  }

  private void write(final Answer answer, final boolean keepAlive) {
    if (!ctx.channel().isActive()) {
      return;
    }
    final boolean stay = keepAlive && !answer.close();
    ctx.writeAndFlush(response(answer, stay)).addListener(f -> onWritten((ChannelFuture) f, stay));
  }

  private void onWritten(final ChannelFuture written, final boolean stay) {
    if (!written.isSuccess()) {
      ctx.close();
    } else if (stay) {
      busy = false;
      deadline.onAnswered(ctx);
      next();
    } else {
      linger();
    }
  }

  /**
   * Closes so that the client can still read the answer: what it has sent and we have not read must
   * not turn the close into a reset (RFC 9112, section 9.6).
   */
  private void linger() {
    over = true;
    waiting.clear();
    HttpServer.leaveDiscard(ctx.pipeline());
    ctx.channel().config().setAutoRead(true);
    if (ctx.channel() instanceof SocketChannel socket) {
      final SslHandler tls = ctx.pipeline().get(SslHandler.class);
      if (tls == null) {
        socket.shutdownOutput();
      } else {
        tls.closeOutbound().addListener(said -> socket.shutdownOutput());
      }
    }
    ctx.executor().schedule(() -> ctx.close(), LINGER_MS, TimeUnit.MILLISECONDS);
  }

  private static FullHttpResponse response(final Answer answer, final boolean stay) {
    final FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            Unpooled.wrappedBuffer(answer.bytes()));
    headers(response.headers(), answer, stay);
    HttpUtil.setContentLength(response, response.content().readableBytes());
    return response;
  }

  private static void headers(final HttpHeaders headers, final Answer answer, final boolean stay) {
    headers.set(HttpHeaderNames.DATE, DATE.format(Instant.now()));
    headers.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    answer.headers().forEach(header -> headers.add(header.name(), header.value()));
    headers.set(HttpHeaderNames.CONNECTION, stay ? "keep-alive" : "close");
  }
}
