package dev.conductor.notify;

import dev.conductor.config.EventsConfig;
import dev.conductor.event.CallEventLogs;
import dev.conductor.event.CallLog;
import dev.conductor.event.ConferenceLine;
import dev.conductor.model.Call;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.Snapshots;
import dev.conductor.query.Envelope;
import dev.conductor.query.EventRenderer;
import dev.conductor.query.EventView;
import dev.conductor.query.Format;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.IdleStateHandler;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Server-Sent Events: turns a checked request into a stream that stays on its connection until the
 * call, or the reader, is gone. Any event loop; each stream then lives on its channel's own.
 */
public final class EventStreams {
  private final EventsConfig config;
  private final CallEventLogs logs;
  private final Snapshots snapshots;
  private final EventRenderer renderer;
  private final long stalledMs;
  private final NotifyCounters counters = new NotifyCounters();
  private final ConcurrentMap<EventView, FrameCache> frames = new ConcurrentHashMap<>();

  /** Readers of each conference that has any. */
  private final ConcurrentMap<String, Integer> readers = new ConcurrentHashMap<>();

  /**
   * Makes the streams' door.
   *
   * @param config limits and the heartbeat
   * @param logs what is told
   * @param snapshots what a stream begins with
   * @param renderer writes the documents
   */
  public EventStreams(
      final EventsConfig config,
      final CallEventLogs logs,
      final Snapshots snapshots,
      final EventRenderer renderer) {
    this(config, logs, snapshots, renderer, Math.max(60_000L, 4L * config.heartbeatMs()));
  }

  /** Takes {@code stalledMs}, after which a reader that takes nothing is closed. */
  EventStreams(
      final EventsConfig config,
      final CallEventLogs logs,
      final Snapshots snapshots,
      final EventRenderer renderer,
      final long stalledMs) {
    this.config = config;
    this.logs = logs;
    this.snapshots = snapshots;
    this.renderer = renderer;
    this.stalledMs = stalledMs;
  }

  /**
   * Answers a request: with a stream, with 204 when the call is over, with 429 when the conference
   * has enough readers. The connection is closed when the answer ends. On the channel's event loop,
   * from the last handler but nothing else may be answered on this channel afterwards; idle
   * handlers are taken out of the pipeline.
   */
  public void open(final ChannelHandlerContext ctx, final StreamRequest request) {
    if (request.byConference()) {
      start(ctx, request, request.conferenceUid(), Optional.empty());
      return;
    }
    final Optional<CallLog> log = logOf(request.callUid());
    if (log.isEmpty()) {
      counters.increment(NotifyCounter.ENDED_ASKED);
      refuse(ctx, HttpResponseStatus.NO_CONTENT, "", request);
      return;
    }
    final String conferenceUid =
        snapshots
            .call(request.callUid())
            .map(CallSnapshot::call)
            .map(Call::conferenceUid)
            .orElse(request.callUid());
    start(ctx, request, conferenceUid, log);
  }

  /** Streams that are open now. */
  public int openStreams() {
    return readers.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** All counts by metric name. */
  public Map<String, Long> counters() {
    return counters.toMap();
  }

  /** A call without a log is over, unless the conductor is just about to open it. */
  private Optional<CallLog> logOf(final String callUid) {
    final Optional<CallLog> log = logs.find(callUid);
    if (log.isPresent()) {
      return log;
    }
    return snapshots
        .call(callUid)
        .filter(snapshot -> snapshot.call().active())
        .map(snapshot -> logs.expect(callUid));
  }

  private void start(
      final ChannelHandlerContext ctx,
      final StreamRequest request,
      final String conferenceUid,
      final Optional<CallLog> log) {
    if (!takePlace(conferenceUid)) {
      counters.increment(NotifyCounter.READERS_REFUSED);
      final String message =
          "conference has " + config.maxReaders() + " event readers, no more are taken";
      refuse(ctx, HttpResponseStatus.TOO_MANY_REQUESTS, message, request);
      return;
    }
    counters.increment(NotifyCounter.STREAMS_OPENED);
    ctx.channel().closeFuture().addListener(closed -> leavePlace(conferenceUid));
    while (ctx.pipeline().get(IdleStateHandler.class) != null) {
      ctx.pipeline().remove(IdleStateHandler.class);
    }
    final EventStream.Reader reader =
        new EventStream.Reader(
            snapshots,
            frames.computeIfAbsent(request.how(), how -> new FrameCache(renderer, how)),
            counters);
    final SseHandler handler = new SseHandler(config.heartbeatMs(), stalledMs, counters);
    if (log.isPresent()) {
      handler.read(EventStream.ofCall(request, log.get(), reader, handler));
      log.get().addReader(handler.waker());
      ctx.channel().closeFuture().addListener(c -> log.get().removeReader(handler.waker()));
    } else {
      final ConferenceLine line = logs.conference(conferenceUid);
      handler.read(EventStream.ofConference(request, line, reader, handler));
      line.addReader(handler.waker());
      ctx.channel().closeFuture().addListener(c -> line.removeReader(handler.waker()));
    }
    ctx.pipeline().addBefore(ctx.name(), null, handler);
  }

  private boolean takePlace(final String conferenceUid) {
    final boolean[] taken = new boolean[1];
    readers.compute(
        conferenceUid,
        (uid, count) -> {
          final int now = count == null ? 0 : count;
          taken[0] = now < config.maxReaders();
          return taken[0] ? Integer.valueOf(now + 1) : count;
        });
    return taken[0];
  }

  private void leavePlace(final String conferenceUid) {
    readers.compute(conferenceUid, (uid, count) -> count == null || count == 1 ? null : count - 1);
  }

  private static void refuse(
      final ChannelHandlerContext ctx,
      final HttpResponseStatus status,
      final String message,
      final StreamRequest request) {
    final Format format = request.how().view().format();
    final String body =
        message.isEmpty() ? "" : Envelope.failure(format, Envelope.GENERAL, message);
    final ByteBuf bytes = Unpooled.copiedBuffer(body, StandardCharsets.UTF_8);
    final FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, bytes);
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (!message.isEmpty()) {
      response
          .headers()
          .set(HttpHeaderNames.CONTENT_TYPE, format.contentType())
          .set(HttpHeaderNames.CONTENT_LENGTH, bytes.readableBytes())
          .set(HttpHeaderNames.RETRY_AFTER, 5);
    }
    ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }
}
