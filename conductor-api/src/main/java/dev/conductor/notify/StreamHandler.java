package dev.conductor.notify;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The connection of one stream, whatever the transport. It writes only while the channel is
 * writable, so that what waits for a slow reader is bounded by the channel's water mark and one
 * document; a reader that takes nothing for long is closed. All on the channel's event loop but
 * {@link #waker}.
 */
abstract class StreamHandler extends ChannelInboundHandlerAdapter implements EventStream.Sink {
  /** Long messages are written in pieces, so that a slow reader's progress can be seen. */
  static final int PIECE_BYTES = 32_768;

  private static final int STEPS_A_TURN = 8;

  private final Pace pace;
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

  StreamHandler(final Pace pace, final NotifyCounters counters) {
    this.pace = pace;
    this.counters = counters;
  }

  /** Says that the stream begins; what it writes is flushed afterwards. */
  abstract void greet(ChannelHandlerContext ctx);

  /** Writes one frame, in pieces of {@link #PIECE_BYTES} at most. */
  abstract void writeFrame(ChannelHandlerContext ctx, byte[] frame);

  /** Shows an idle reader that the line is alive; what it writes is flushed afterwards. */
  abstract void writeHeartbeat(ChannelHandlerContext ctx);

  /** Ends the connection, what was written before going first. */
  abstract void end(ChannelHandlerContext ctx, Ending why);

  /** What is read. */
  final void read(final EventStream toRead) {
    stream = toRead;
  }

  /** Where the reader is. */
  final EventStream stream() {
    return stream;
  }

  /** What is counted. */
  final NotifyCounters counters() {
    return counters;
  }

  /** How long a reader may take nothing. */
  final long stalledNs() {
    return pace.stalledNs();
  }

  /** Called on any thread: has the event loop look for what is new. */
  final Runnable waker() {
    return waker;
  }

  @Override
  public final void handlerAdded(final ChannelHandlerContext ctx) {
    context = ctx;
    progressNs = System.nanoTime();
    greet(ctx);
    ctx.flush();
    heartbeat =
        ctx.executor()
            .scheduleAtFixedRate(
                this::beat, pace.heartbeatMs(), pace.heartbeatMs(), TimeUnit.MILLISECONDS);
    wake();
  }

  @Override
  public final void handlerRemoved(final ChannelHandlerContext ctx) {
    closing = true;
    heartbeat.cancel(false);
  }

  @Override
  public final void channelInactive(final ChannelHandlerContext ctx) {
    closing = true;
    heartbeat.cancel(false);
    ctx.fireChannelInactive();
  }

  @Override
  public final void channelWritabilityChanged(final ChannelHandlerContext ctx) {
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
  public final boolean takesMore() {
    return !closing && channel().isWritable();
  }

  @Override
  public final void write(final byte[] frame) {
    writeFrame(context, frame);
    final ChannelOutboundBuffer queue = channel().unsafe().outboundBuffer();
    if (queue != null) {
      counters.noteQueued(queue.totalPendingWriteBytes());
    }
  }

  @Override
  public final void close(final Ending why) {
    if (!closing) {
      closing = true;
      end(context, why);
    }
  }

  @Override
  public final void wakeWith(final Runnable task) {
    try {
      context.executor().execute(task);
    } catch (final RejectedExecutionException stopped) {
      return; // the event loops are going down, and the channel with them
    }
    wake();
  }

  @Override
  public final void wakeAfter(final long delayMs) {
    context.executor().schedule(waker, delayMs, TimeUnit.MILLISECONDS);
  }

  /** Nothing more is written by the stream. */
  final void stop() {
    closing = true;
  }

  private void wake() {
    final ChannelHandlerContext ctx = context;
    if (ctx != null && woken.compareAndSet(false, true)) {
      try {
        ctx.executor().execute(pump);
      } catch (final RejectedExecutionException stopped) {
        woken.set(false); // as above
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
    } else if (nowNs - progressNs > pace.stalledNs()) {
      counters.increment(NotifyCounter.CLOSED_STALLED);
      context.close();
      return;
    }
    if (takesMore()) {
      writeHeartbeat(context);
      wake();
    }
    context.flush();
  }

  private Channel channel() {
    return context.channel();
  }

  /**
   * How often and how long. Immutable.
   *
   * @param heartbeatMs how often an idle reader hears from us
   * @param stalledNs a reader that takes nothing for this long is closed
   */
  record Pace(long heartbeatMs, long stalledNs) {}
}
