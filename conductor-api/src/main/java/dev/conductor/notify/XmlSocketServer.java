package dev.conductor.notify;

import dev.conductor.config.EventsConfig;
import dev.conductor.query.EventView;
import dev.conductor.query.Format;
import dev.conductor.query.View;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The XML socket: one TCP port for the events of all calls; the login says which. It is bound
 * first, so that every call can tell its port, and opened when there is something to read. Bound,
 * opened and closed once each by whoever owns it, who waits.
 */
public final class XmlSocketServer implements AutoCloseable {
  private static final int EVENT_LOOPS = 1;
  private static final int STOP_MS = 2_000;
  private static final int BACKLOG = 1_024;

  private final EventsConfig config;
  private final Optional<SslContext> tls;
  private final EventLoopGroup loops;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final AtomicInteger pending = new AtomicInteger();
  private Channel listening;

  /** Written before the first connection is accepted. */
  private volatile Room room;

  private XmlSocketServer(final EventsConfig config, final Optional<SslContext> tls) {
    this.config = config;
    this.tls = tls;
    this.loops =
        new MultiThreadIoEventLoopGroup(
            EVENT_LOOPS, new DefaultThreadFactory("events"), NioIoHandler.newFactory());
  }

  /**
   * Takes the port; nobody is let in yet.
   *
   * @param config where, and the limits
   * @param tls where present, connections begin with TLS
   * @throws IOException when the address cannot be bound; it is named
   */
  public static XmlSocketServer bind(final EventsConfig config, final Optional<SslContext> tls)
      throws IOException {
    final XmlSocketServer server = new XmlSocketServer(config, tls);
    final ChannelFuture bound =
        new ServerBootstrap()
            .group(server.loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(server.new Pipeline())
            .bind(config.host(), config.port())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      server.close();
      throw new IOException(
          "cannot listen on events.host=" + config.host() + ", events.port=" + config.port(),
          bound.cause());
    }
    server.listening = bound.channel();
    return server;
  }

  /** The address really bound. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listening.localAddress();
  }

  /**
   * Lets readers in.
   *
   * @param streams takes them
   * @param login checks them
   */
  public void open(final EventStreams streams, final SocketLogin login) {
    final EventView how = new EventView(new View(Format.XML, true), false);
    room = new Room(streams, login, streams.frames(new FrameCache.Style(Framing.NUL, how)));
    listening.config().setAutoRead(true);
  }

  /** Closes the port and every connection, and ends the event loop. */
  @Override
  public void close() {
    if (listening != null) {
      listening.close().awaitUninterruptibly();
    }
    connections.close().awaitUninterruptibly();
    loops.shutdownGracefully(0, STOP_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }

  /** The layers of a connection, from the socket inwards. */
  private final class Pipeline extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(final SocketChannel channel) {
      final Room in = room;
      if (connections.size() >= config.maxConnections()
          || pending.get() >= config.maxPendingLogins()) {
        in.streams().counts().increment(NotifyCounter.CONNECTIONS_REFUSED);
        channel.close();
        return;
      }
      connections.add(channel);
      pending.incrementAndGet();
      tls.ifPresent(
          context -> channel.pipeline().addLast("tls", context.newHandler(channel.alloc())));
      channel
          .pipeline()
          .addLast(
              "login",
              new XmlLoginHandler(
                  config.loginMs(),
                  in.streams(),
                  in.login(),
                  in.errors(),
                  pending::decrementAndGet));
    }
  }

  /**
   * What lies behind the door. Immutable.
   *
   * @param errors the style of errors before a login
   */
  private record Room(EventStreams streams, SocketLogin login, FrameCache errors) {}
}
