package dev.conductor.http;

import dev.conductor.config.HttpConfig;
import dev.conductor.config.PemFiles;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of the server's TCP doors: HTTP, and every other that is to speak it where HTTP does. TLS 1.2
 * and 1.3 by the JDK. What a handshake computes is done by threads of its own; a handshake that is
 * not over in {@value #HANDSHAKE_MS} ms ends its connection.
 *
 * <p>Made and closed by whoever owns the doors; {@link #newHandler} on any event loop.
 */
public final class ServerTls implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);
  private static final PemFiles FILES = new PemFiles("http.tls-certificate", "http.tls-key");
  private static final int HANDSHAKE_MS = 10_000;
  private static final int THREADS = 2;
  private static final int WAITING_TASKS = 1_024;
  private static final long IDLE_SECONDS = 60;

  private final SslContext context;
  private final ThreadPoolExecutor threads;

  private ServerTls(final SslContext context) {
    this.context = context;
    // Full: the event loop computes itself, and takes no more connections meanwhile.
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_TASKS),
            new DefaultThreadFactory("tls", true),
            new ThreadPoolExecutor.CallerRunsPolicy());
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Reads the files.
   *
   * @param config the files; without them there is no TLS
   * @throws IOException naming the setting, when a file is not what it is to be
   */
  public static ServerTls of(final HttpConfig.Tls config) throws IOException {
    if (!config.isOn()) {
      return new ServerTls(null);
    }
    final X509Certificate[] chain = FILES.chain(config.tlsCertificate());
    final Instant end = chain[0].getNotAfter().toInstant();
    if (end.isBefore(Instant.now())) {
      LOG.warn("the certificate in http.tls-certificate was good until {}", end);
    }
    return new ServerTls(
        SslContextBuilder.forServer(FILES.key(config.tlsKey(), chain[0].getPublicKey()), chain)
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2")
            .build());
  }

  /** Whether the doors speak TLS. */
  public boolean isOn() {
    return context != null;
  }

  /** What a door of another package makes its handlers of; empty where TLS is off. */
  public Optional<SslContext> context() {
    return Optional.ofNullable(context);
  }

  /** What goes first into the pipeline of a new connection; only where TLS is on. */
  public ChannelHandler newHandler(final ByteBufAllocator allocator) {
    final SslHandler handler = context.newHandler(allocator, threads);
    handler.setHandshakeTimeoutMillis(HANDSHAKE_MS);
    return handler;
  }

  /** Ends the threads; the doors are closed by then. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
