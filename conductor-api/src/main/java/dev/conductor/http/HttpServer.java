package dev.conductor.http;

import dev.conductor.config.HttpConfig;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The HTTP server. {@link #start} and {@link #stop} are called once each, by whoever owns it; they
 * wait for the socket and for the event loops.
 */
public final class HttpServer implements AutoCloseable {
  private static final int EVENT_LOOPS = 2;

  /** The codec throws at its own limit of requests unanswered; the queue behind it answers. */
  private static final int UNLIMITED = Integer.MAX_VALUE;

  private static final int STOP_MS = 2_000;
  private static final int BACKLOG = 1_024;

  private static final String TLS = "tls";
  private static final String DEADLINE = "deadline";
  private static final String WRITES = "writes";
  private static final String GUARD = "guard";
  private static final String CODEC = "codec";
  private static final String ASSEMBLER = "assembler";
  private static final String REQUESTS = "requests";

  private final HttpConfig config;
  private final ServerTls tls;
  private final RequestQueue.Shared shared;
  private final ConnectionLimit connections;
  private EventLoopGroup loops;
  private Channel listening;

  /**
   * A server, not yet listening.
   *
   * @param config where to listen, and the limits
   * @param tls TLS, if it is on
   * @param counters counts what happens
   * @param routes which path is whose; an exact path goes before one that ends in {@code /}
   */
  public HttpServer(
      final HttpConfig config,
      final ServerTls tls,
      final HttpCounters counters,
      final List<Route> routes) {
    this(config, tls, counters, routes, System::nanoTime);
  }

  /** Takes the clock that addresses' rates run by. */
  HttpServer(
      final HttpConfig config,
      final ServerTls tls,
      final HttpCounters counters,
      final List<Route> routes,
      final LongSupplier nowNs) {
    this.config = config;
    this.tls = tls;
    this.shared =
        new RequestQueue.Shared(
            new Router(routes),
            counters,
            new RateLimit(
                config.rates().addressRequestsPerSecond(),
                config.rates().addressRequestBurst(),
                nowNs),
            new Cors(config.corsOrigins()),
            config.connections().maxPipelined());
    this.connections =
        new ConnectionLimit(
            config.connections().maxConnections(),
            config.connections().maxConnectionsPerAddress(),
            counters);
  }

  /**
   * Begins to listen.
   *
   * @return the address really bound
   * @throws IOException when the address cannot be bound; it is named
   */
  public InetSocketAddress start() throws IOException {
    loops =
        new MultiThreadIoEventLoopGroup(
            EVENT_LOOPS, new DefaultThreadFactory("http"), NioIoHandler.newFactory());
    final var bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(new Pipeline())
            .bind(config.host(), config.port())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      stop();
      throw new IOException(
          "cannot listen on http.host=" + config.host() + ", http.port=" + config.port(),
          bound.cause());
    }
    listening = bound.channel();
    return (InetSocketAddress) listening.localAddress();
  }

  /** Closes the socket and every connection, and ends the event loops. */
  public void stop() {
    if (listening != null) {
      listening.close().awaitUninterruptibly();
      listening = null;
    }
    connections.closeAll();
    if (loops != null) {
      loops.shutdownGracefully(0, STOP_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
      loops = null;
    }
  }

  @Override
  public void close() {
    stop();
  }

  /** Leaves a stream nothing but the codec and the handler that drops what the client sends. */
  static void leaveStream(final ChannelPipeline pipeline) {
    pipeline.remove(DEADLINE);
    pipeline.remove(WRITES);
    pipeline.remove(GUARD);
    pipeline.remove(ASSEMBLER);
  }

  /** Drops what still comes, before anybody decodes it. */
  static void leaveDiscard(final ChannelPipeline pipeline) {
    pipeline.addFirst(new Discard());
    pipeline.remove(DEADLINE);
  }

  /** The layers of a connection, from the socket inwards. */
  private final class Pipeline extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(final SocketChannel channel) {
      final HttpConfig.Connections limits = config.connections();
      final RequestDeadline deadline = new RequestDeadline(limits.idleMs(), limits.requestMs());
      final RequestAssembler assembler = new RequestAssembler(config.limits(), deadline);
      final CorsHeaders corsHeaders = new CorsHeaders(shared.cors());
      final String address = PeerAddress.key(channel.remoteAddress());
      channel.pipeline().addLast("connections", connections);
      if (tls.isOn()) {
        channel.pipeline().addLast(TLS, tls.newHandler(channel.alloc()));
      }
      channel
          .pipeline()
          .addLast(DEADLINE, deadline)
          .addLast(WRITES, new WriteTimeoutHandler(limits.idleMs(), TimeUnit.MILLISECONDS))
          .addLast(GUARD, new HeadGuard(assembler))
          .addLast(CODEC, new HttpServerCodec(decoding(), UNLIMITED))
          .addLast("cors", corsHeaders)
          .addLast(ASSEMBLER, assembler)
          .addLast(REQUESTS, new RequestQueue(shared, address, deadline, corsHeaders));
    }

    private HttpDecoderConfig decoding() {
      return new HttpDecoderConfig()
          .setMaxInitialLineLength(config.limits().maxRequestLineBytes())
          .setMaxHeaderSize(config.limits().maxHeaderBytes());
    }
  }

  /** Drops bytes. */
  private static final class Discard extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message) {
      ReferenceCountUtil.release(message);
    }
  }
}
