package dev.conductor.notify;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The connection of one stream. It writes only while the channel is writable, so that what waits
 * for a slow reader is bounded by the channel's water mark and one snapshot; a reader that takes
 * nothing for long is closed. The body ends with the connection, which every HTTP version
 * understands. All on the channel's event loop but {@link #waker}.
 */
final class SseHandler extends ChannelInboundHandlerAdapter implements EventStream.Sink {
  private static final int STEPS_A_TURN = 8;

  /** Long messages are written in pieces, so that a slow reader's progress can be seen. */
  private static final int PIECE_BYTES = 32_768;

  private final long heartbeatMs;
  private final long stalledNs;
  private final NotifyCounters counters;

  /** Set by the conductor, cleared by the event loop before it looks. */
  private final AtomicBoolean woken = new AtomicBoolean();

  private final Runnable waker = this::wake;
  private final Runnable pump = this::pump;

  /** Written once, before the handler is in the pipeline and before the waker is known. */
  private EventStream stream;

  private volatile ChannelHandlerContext context;
  private Future<?> heartbeat;
  private boolean closing;
  private long bytesLeft;
  private long progressNs;

  SseHandler(final long heartbeatMs, final long stalledMs, final NotifyCounters counters) {
    this.heartbeatMs = heartbeatMs;
    this.stalledNs = TimeUnit.MILLISECONDS.toNanos(stalledMs);
    this.counters = counters;
  }

  void read(final EventStream toRead) {
    stream = toRead;
  }

  /** Called on the conductor's thread: has the event loop look for what is new. */
  Runnable waker() {
    return waker;
  }

  @Override
  public void handlerAdded(final ChannelHandlerContext ctx) {
    context = ctx;
    progressNs = System.nanoTime();
    final HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8")
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set("X-Accel-Buffering", "no")
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    ctx.write(head);
    ctx.writeAndFlush(content(SseFrame.comment("events"), 0));
    heartbeat =
        ctx.executor()
            .scheduleAtFixedRate(this::beat, heartbeatMs, heartbeatMs, TimeUnit.MILLISECONDS);
    wake();
  }

  @Override
  public void handlerRemoved(final ChannelHandlerContext ctx) {
    closing = true;
    heartbeat.cancel(false);
  }

  @Override
  public void channelInactive(final ChannelHandlerContext ctx) {
    closing = true;
    heartbeat.cancel(false);
    ctx.fireChannelInactive();
  }

  @Override
  public void channelWritabilityChanged(final ChannelHandlerContext ctx) {
    wake();
    ctx.fireChannelWritabilityChanged();
  }

  /** Whatever the client says on a stream's connection is not heard. */
  @Override
  public void channelRead(final ChannelHandlerContext ctx, final Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause) {
    ctx.close();
  }

  @Override
  public boolean takesMore() {
    return !closing && channel().isWritable();
  }

  @Override
  public void write(final byte[] frame) {
    for (int offset = 0; offset < frame.length; offset += PIECE_BYTES) {
      context.write(content(frame, offset));
    }
  }

  @Override
  public void close() {
    closing = true;
    context
        .writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
        .addListener(ChannelFutureListener.CLOSE);
  }

  private void wake() {
    final ChannelHandlerContext ctx = context;
    if (ctx != null && woken.compareAndSet(false, true)) {
      try {
        ctx.executor().execute(pump);
      } catch (final RejectedExecutionException stopped) {
        woken.set(false); // the event loops are going down, and the channel with them
      }
    }
  }

  private void pump() {
    woken.set(false);
    int steps = 0;
    boolean more = true;
    while (more && steps < STEPS_A_TURN && takesMore()) {
      more = stream.step(System.nanoTime()) > 0;
      steps++;
    }
    context.flush();
    if (more && takesMore()) {
      wake();
    }
  }

  /** A stream that is over and whose reader takes nothing is watched too. */
  private void beat() {
    final long left = channel().bytesBeforeWritable();
    final long nowNs = System.nanoTime();
    if (channel().isWritable() || left != bytesLeft) {
      bytesLeft = left;
      progressNs = nowNs;
    } else if (nowNs - progressNs > stalledNs) {
      counters.increment(NotifyCounter.CLOSED_STALLED);
      context.close();
      return;
    }
    if (takesMore()) {
      write(SseFrame.comment("HEARTBEAT " + stream.headSeq()));
      wake();
    }
    context.flush();
  }

  private Channel channel() {
    return context.channel();
  }

  private static DefaultHttpContent content(final byte[] frame, final int offset) {
    final int length = Math.min(PIECE_BYTES, frame.length - offset);
    return new DefaultHttpContent(Unpooled.wrappedBuffer(frame, offset, length));
  }
}
