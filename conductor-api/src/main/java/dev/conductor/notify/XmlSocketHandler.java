package dev.conductor.notify;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;

/** The XML socket after its login: documents, each ended by NUL. On the channel's event loop. */
final class XmlSocketHandler extends StreamHandler {
  private final FrameCache frames;

  XmlSocketHandler(final Pace pace, final NotifyCounters counters, final FrameCache frames) {
    super(pace, counters);
    this.frames = frames;
  }

  @Override
  void greet(final ChannelHandlerContext ctx) {
    writeFrame(ctx, frames.hello(stream().callUid(), stream().headSeq()));
  }

  @Override
  void writeFrame(final ChannelHandlerContext ctx, final byte[] frame) {
    for (int offset = 0; offset < frame.length; offset += PIECE_BYTES) {
      final int length = Math.min(PIECE_BYTES, frame.length - offset);
      ctx.write(Unpooled.wrappedBuffer(frame, offset, length));
    }
  }

  @Override
  void writeHeartbeat(final ChannelHandlerContext ctx) {
    writeFrame(ctx, frames.heartbeat(stream().callUid(), stream().headSeq()));
  }

  @Override
  void end(final ChannelHandlerContext ctx, final Ending why) {
    if (why != Ending.CALL_OVER) {
      writeFrame(ctx, frames.error(why.words()));
    }
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }
}
