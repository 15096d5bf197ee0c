package dev.conductor.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/**
 * Ends connections that are slow on purpose or asleep: a request must be whole a while after its
 * first byte, however its bytes are spread, and the next must begin in time. While a request is
 * being answered no deadline runs. One a connection, on its event loop.
 */
final class RequestDeadline extends ChannelInboundHandlerAdapter {
  /** What ran out, told down the pipeline as an event. */
  enum Passed {
    /** No request begun. */
    IDLE,
    /** A request begun and not ended. */
    SLOW
  }

  private enum State {
    IDLE,
    RECEIVING,
    ANSWERING,
    STOPPED
  }

  private final long idleNs;
  private final long requestNs;
  private State state = State.IDLE;
  private long deadlineNs;
  private boolean scheduled;

  /**
   * Deadlines of one connection.
   *
   * @param idleMs until the first byte of the next request
   * @param requestMs from the first byte to the last
   */
  RequestDeadline(final long idleMs, final long requestMs) {
    this.idleNs = TimeUnit.MILLISECONDS.toNanos(idleMs);
    this.requestNs = TimeUnit.MILLISECONDS.toNanos(requestMs);
  }

  @Override
  public void channelActive(final ChannelHandlerContext ctx) {
    deadlineNs = nowNs(ctx) + idleNs;
    schedule(ctx);
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(final ChannelHandlerContext ctx, final Object message) {
    if (state == State.IDLE) {
      state = State.RECEIVING;
      deadlineNs = nowNs(ctx) + requestNs;
      schedule(ctx);
    }
    ctx.fireChannelRead(message);
  }

  /** The request is whole and being answered. */
  void onWhole() {
    state = State.ANSWERING;
  }

  /** It is answered: the next may come. */
  void onAnswered(final ChannelHandlerContext ctx) {
    if (state == State.ANSWERING) {
      state = State.IDLE;
      deadlineNs = nowNs(ctx) + idleNs;
      schedule(ctx);
    }
  }

  @Override
  public void handlerRemoved(final ChannelHandlerContext ctx) {
    state = State.STOPPED;
  }

  @Override
  public void channelInactive(final ChannelHandlerContext ctx) {
    state = State.STOPPED;
    ctx.fireChannelInactive();
  }

  /** At most one check is pending; it looks again if the deadline has moved meanwhile. */
  private void schedule(final ChannelHandlerContext ctx) {
    if (!scheduled) {
      scheduled = true;
      final long waitNs = Math.max(1, Math.min(deadlineNs - nowNs(ctx), requestNs));
      ctx.executor().schedule(() -> check(ctx), waitNs, TimeUnit.NANOSECONDS);
    }
  }

  private void check(final ChannelHandlerContext ctx) {
    scheduled = false;
    if (state == State.STOPPED || state == State.ANSWERING) {
      return;
    }
    if (deadlineNs - nowNs(ctx) > 0) {
      schedule(ctx);
      return;
    }
    final Passed passed = state == State.IDLE ? Passed.IDLE : Passed.SLOW;
    state = State.STOPPED;
    ctx.fireUserEventTriggered(passed);
  }

  private static long nowNs(final ChannelHandlerContext ctx) {
    return ctx.executor().ticker().nanoTime();
  }
}
