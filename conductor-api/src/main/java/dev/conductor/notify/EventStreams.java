package dev.conductor.notify;

import dev.conductor.config.EventsConfig;
import dev.conductor.event.CallEventLogs;
import dev.conductor.event.CallLog;
import dev.conductor.event.ConferenceLine;
import dev.conductor.event.KeptEvents;
import dev.conductor.model.Call;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.Snapshots;
import dev.conductor.query.EventRenderer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * Turns a checked request into a stream that stays on its connection until the call, or the reader,
 * is gone; the same for every transport. Any event loop; each stream then lives on its channel's
 * own.
 */
public final class EventStreams {
  private static final long STALLED_MS = 60_000;
  private static final int STALLED_HEARTBEATS = 4;

  private final CallEventLogs logs;
  private final Snapshots snapshots;
  private final KeptEvents kept;
  private final EventRenderer renderer;
  private final StreamHandler.Pace pace;
  private final NotifyCounters counters = new NotifyCounters();
  private final ReaderPlaces places;
  private final int maxReaders;
  private final ConcurrentMap<FrameCache.Style, FrameCache> frames = new ConcurrentHashMap<>();

  /**
   * Makes the streams' door.
   *
   * @param config limits and the heartbeat
   * @param logs what is told
   * @param kept events that the logs no longer have
   * @param snapshots what a stream begins with
   * @param renderer writes the documents
   */
  public EventStreams(
      final EventsConfig config,
      final CallEventLogs logs,
      final KeptEvents kept,
      final Snapshots snapshots,
      final EventRenderer renderer) {
    this(
        config,
        logs,
        kept,
        snapshots,
        renderer,
        Math.max(STALLED_MS, (long) STALLED_HEARTBEATS * config.heartbeatMs()));
  }

  /** Takes {@code stalledMs}, after which a reader that takes nothing is closed. */
  EventStreams(
      final EventsConfig config,
      final CallEventLogs logs,
      final KeptEvents kept,
      final Snapshots snapshots,
      final EventRenderer renderer,
      final long stalledMs) {
    this.logs = logs;
    this.kept = kept;
    this.snapshots = snapshots;
    this.renderer = renderer;
    this.maxReaders = config.maxReaders();
    this.places = new ReaderPlaces(maxReaders);
    this.pace =
        new StreamHandler.Pace(config.heartbeatMs(), TimeUnit.MILLISECONDS.toNanos(stalledMs));
  }

  /**
   * Answers a request with Server-Sent Events; with 204 when the call is over, with 429 when it has
   * enough readers. The connection is closed when the answer ends. On the channel's event loop,
   * from the last handler; nothing else may be answered on this channel afterwards.
   */
  public void open(final ChannelHandlerContext ctx, final StreamRequest request) {
    final Admission admission = admit(request);
    if (admission.problem().isPresent()) {
      HttpRefusal.write(ctx, admission.problem().get(), request.how().view().format());
      return;
    }
    attach(ctx, request, admission, new SseHandler(pace, counters), frames(Framing.SSE, request));
  }

  /**
   * The same with a WebSocket: agrees to the upgrade where the other would answer 200.
   *
   * @param handshake the request for the upgrade, checked; without a body
   */
  public void upgrade(
      final ChannelHandlerContext ctx,
      final StreamRequest request,
      final FullHttpRequest handshake) {
    final Admission admission = admit(request);
    if (admission.problem().isPresent()) {
      HttpRefusal.write(ctx, admission.problem().get(), request.how().view().format());
      return;
    }
    ctx.channel().closeFuture().addListener(closed -> admission.release(places));
    WebSocketUpgrade.shake(
        ctx.channel(),
        handshake,
        () ->
            attach(
                ctx,
                request,
                admission,
                new WebSocketHandler(pace, counters),
                frames(Framing.WEB_SOCKET, request)));
  }

  /** The same on the XML socket; says why when there is no stream. */
  Optional<String> openXml(final ChannelHandlerContext ctx, final StreamRequest request) {
    final Admission admission = admit(request);
    if (admission.problem().isEmpty()) {
      final FrameCache frames = frames(Framing.NUL, request);
      attach(ctx, request, admission, new XmlSocketHandler(pace, counters, frames), frames);
    }
    return admission.problem().map(Problem::message);
  }

  /** The frames of a style. */
  FrameCache frames(final FrameCache.Style style) {
    return frames.computeIfAbsent(style, made -> new FrameCache(renderer, made));
  }

  /** What is counted. */
  NotifyCounters counts() {
    return counters;
  }

  /** Streams that are open now. */
  public int openStreams() {
    return places.taken();
  }

  /** The most bytes that ever waited for one reader. */
  public long largestQueueBytes() {
    return counters.largestQueueBytes();
  }

  /** All counts by metric name. */
  public Map<String, Long> counters() {
    return counters.toMap();
  }

  private FrameCache frames(final Framing framing, final StreamRequest request) {
    return frames(new FrameCache.Style(framing, request.how()));
  }

  /** Finds the call and takes a place. */
  private Admission admit(final StreamRequest request) {
    final Optional<CallLog> log =
        request.byConference() ? Optional.empty() : logOf(request.callUid());
    if (log.isEmpty() && !request.byConference()) {
      counters.increment(NotifyCounter.ENDED_ASKED);
      return Admission.refused(
          new Problem(Problem.Kind.OVER, "callUID: call " + request.callUid() + " is closed"));
    }
    final String conferenceUid =
        request.byConference() ? request.conferenceUid() : conferenceOf(request.callUid());
    if (!places.take(conferenceUid)) {
      counters.increment(NotifyCounter.READERS_REFUSED);
      return Admission.refused(
          new Problem(
              Problem.Kind.FULL,
              "the call has " + maxReaders + " event readers, no more are taken"));
    }
    return new Admission(Optional.empty(), conferenceUid, log);
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

  private String conferenceOf(final String callUid) {
    return snapshots.call(callUid).map(CallSnapshot::call).map(Call::conferenceUid).orElse(callUid);
  }

  private void attach(
      final ChannelHandlerContext ctx,
      final StreamRequest request,
      final Admission admission,
      final StreamHandler handler,
      final FrameCache style) {
    counters.increment(NotifyCounter.STREAMS_OPENED);
    final Channel channel = ctx.channel();
    channel.closeFuture().addListener(closed -> admission.release(places));
    final EventStream.Reader reader = new EventStream.Reader(snapshots, kept, style, counters);
    if (admission.log().isPresent()) {
      final CallLog log = admission.log().get();
      handler.read(EventStream.ofCall(request, log, reader, handler));
      log.addReader(handler.waker());
      channel.closeFuture().addListener(closed -> log.removeReader(handler.waker()));
    } else {
      final ConferenceLine line = logs.conference(admission.conferenceUid());
      handler.read(EventStream.ofConference(request, line, reader, handler));
      line.addReader(handler.waker());
      channel.closeFuture().addListener(closed -> line.removeReader(handler.waker()));
    }
    channel.pipeline().addBefore(ctx.name(), null, handler);
  }
}
