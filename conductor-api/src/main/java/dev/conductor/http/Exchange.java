package dev.conductor.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One request's way back. Answered once; what comes after the first answer is dropped. {@link
 * #answer} and {@link #run} may be called from any thread, the rest on the connection's event loop.
 */
final class Exchange {
  private final RequestQueue queue;
  private final ChannelHandlerContext ctx;
  private final Request request;
  private final AtomicBoolean answered = new AtomicBoolean();
  private ScheduledFuture<?> expiry;

  Exchange(final RequestQueue queue, final ChannelHandlerContext ctx, final Request request) {
    this.queue = queue;
    this.ctx = ctx;
    this.request = request;
  }

  /** Answers the request. Any thread; never waits. */
  void answer(final Answer answer) {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    if (ctx.executor().inEventLoop()) {
      send(answer);
    } else {
      ctx.executor().execute(() -> send(answer));
    }
  }

  /**
   * Answers with a file, which is closed in any case. Any thread; never waits.
   *
   * @param head has no body of its own
   * @param lengthBytes of the file
   */
  void answer(final Answer head, final FileChannel file, final long lengthBytes) {
    final boolean first = answered.compareAndSet(false, true);
    run(
        () -> {
          if (first) {
            stopWaiting();
            queue.send(request, head, file, lengthBytes);
          } else {
            RequestQueue.close(file);
          }
        });
  }

  /** Runs a task on the event loop, soon. Any thread; never waits. */
  void run(final Runnable task) {
    if (ctx.executor().inEventLoop()) {
      task.run();
    } else {
      ctx.executor().execute(task);
    }
  }

  /** Whom limits count the client as. */
  String peer() {
    return PeerAddress.key(ctx.channel().remoteAddress());
  }

  /** Runs a task on the event loop if there is no answer by then. */
  void ifUnansweredAfter(final long delayMs, final Runnable task) {
    expiry =
        ctx.executor()
            .schedule(
                () -> {
                  if (!answered.get()) {
                    task.run();
                  }
                },
                delayMs,
                TimeUnit.MILLISECONDS);
  }

  /**
   * Gives the connection away to a stream: no further request is taken from it, no timer ends it,
   * what the client still sends is dropped.
   *
   * @return where the stream writes its HTTP response and contents; its pipeline tells of
   *     writability and of the end to handlers added last
   */
  ChannelHandlerContext stream() {
    answered.set(true);
    queue.count(HttpCounter.STREAMS_OPENED);
    queue.stream();
    return ctx;
  }

  /** Adds one to a counter. */
  void count(final HttpCounter counter) {
    queue.count(counter);
  }

  private void send(final Answer answer) {
    stopWaiting();
    queue.send(request, answer);
  }

  private void stopWaiting() {
    if (expiry != null) {
      expiry.cancel(false);
    }
  }
}
