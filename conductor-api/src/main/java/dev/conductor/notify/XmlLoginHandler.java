package dev.conductor.notify;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Takes the login line of one connection of the XML socket: ended by LF or NUL, in time, not too
 * long. Then the connection is a stream's, or ends with SYSTEM ERROR. On its event loop.
 */
final class XmlLoginHandler extends ChannelInboundHandlerAdapter {
  static final int MAX_LINE_BYTES = 4_096;

  /** From the error to the end, so that the client can still read it. */
  private static final long LINGER_MS = 1_000;

  private final long loginMs;
  private final EventStreams streams;
  private final SocketLogin login;
  private final FrameCache frames;
  private final Runnable settled;
  private final StringBuilder line = new StringBuilder();
  private Future<?> deadline;
  private boolean over;

  /**
   * A login.
   *
   * @param frames the style of errors
   * @param settled run once, when the connection no longer waits for its login
   */
  XmlLoginHandler(
      final long loginMs,
      final EventStreams streams,
      final SocketLogin login,
      final FrameCache frames,
      final Runnable settled) {
    this.loginMs = loginMs;
    this.streams = streams;
    this.login = login;
    this.frames = frames;
    this.settled = settled;
  }

  @Override
  public void handlerAdded(final ChannelHandlerContext ctx) {
    deadline = ctx.executor().schedule(() -> late(ctx), loginMs, TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelRead(final ChannelHandlerContext ctx, final Object message) {
    try {
      if (!over && message instanceof ByteBuf bytes) {
        take(ctx, bytes);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelInactive(final ChannelHandlerContext ctx) {
    settle();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause) {
    ctx.close();
  }

  private void take(final ChannelHandlerContext ctx, final ByteBuf bytes) {
    while (bytes.isReadable()) {
      final char c = (char) bytes.readUnsignedByte();
      if (c == '\n' || c == 0) {
        onLine(ctx);
        return;
      }
      if (line.length() == MAX_LINE_BYTES) {
        refuse(
            ctx,
            NotifyCounter.LOGINS_TOO_LONG,
            "login: longer than " + MAX_LINE_BYTES + " bytes without LF or NUL");
        return;
      }
      line.append(c);
    }
  }

  private void onLine(final ChannelHandlerContext ctx) {
    if (line.length() > 0 && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    try {
      final StreamRequest request = login.check(line.toString());
      settle();
      final Optional<String> problem = streams.openXml(ctx, request);
      if (problem.isPresent()) {
        end(ctx, problem.get());
      }
    } catch (final SocketLogin.Refused refused) {
      refuse(ctx, NotifyCounter.LOGINS_REFUSED, refused.getMessage());
    }
  }

  private void late(final ChannelHandlerContext ctx) {
    if (!over) {
      refuse(ctx, NotifyCounter.LOGINS_LATE, "login: no line within " + loginMs + " ms");
    }
  }

  private void refuse(
      final ChannelHandlerContext ctx, final NotifyCounter counter, final String message) {
    streams.counts().increment(counter);
    settle();
    end(ctx, message);
  }

  private void end(final ChannelHandlerContext ctx, final String message) {
    ctx.writeAndFlush(Unpooled.wrappedBuffer(frames.error(message)))
        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    ctx.executor().schedule(() -> ctx.close(), LINGER_MS, TimeUnit.MILLISECONDS);
  }

  private void settle() {
    if (!over) {
      over = true;
      deadline.cancel(false);
      settled.run();
    }
  }
}
