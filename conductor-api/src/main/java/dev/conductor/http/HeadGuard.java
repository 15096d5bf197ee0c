package dev.conductor.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Looks at the lines of a request's head before the decoder, which joins a folded line to the one
 * before it (RFC 9112, section 5.2, obsolete) without saying so: what one server folds another may
 * take for a header. Copies nothing: it gives a head to the decoder line by line, a body as it
 * comes. One a connection, on its event loop.
 */
final class HeadGuard extends ChannelInboundHandlerAdapter {
  private final RequestAssembler assembler;
  private int headsBefore;
  private int linesOfHead;
  private boolean isLineBegun;

  /**
   * A guard.
   *
   * @param assembler knows where a body ends, and refuses
   */
  HeadGuard(final RequestAssembler assembler) {
    this.assembler = assembler;
  }

  @Override
  public void channelRead(final ChannelHandlerContext ctx, final Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      ctx.fireChannelRead(message);
      return;
    }
    try {
      while (bytes.isReadable()) {
        ctx.fireChannelRead(bytes.readRetainedSlice(next(bytes)));
        if (assembler.heads() != headsBefore) {
          headsBefore = assembler.heads();
          linesOfHead = 0;
        }
      }
    } finally {
      bytes.release();
    }
  }

  /** How many bytes go on together. */
  private int next(final ByteBuf bytes) {
    if (assembler.isOver()) {
      return bytes.readableBytes();
    }
    if (assembler.isInBody()) {
      final long leftBytes = assembler.bodyLeftBytes();
      return leftBytes > 0 ? (int) Math.min(leftBytes, bytes.readableBytes()) : lineBytes(bytes);
    }
    final byte first = bytes.getByte(bytes.readerIndex());
    if (!isLineBegun) {
      if (linesOfHead > 0 && (first == ' ' || first == '\t')) {
        assembler.refuse("headers: a line begins with a blank");
      }
      linesOfHead++;
    }
    final int lengthBytes = lineBytes(bytes);
    isLineBegun = bytes.getByte(bytes.readerIndex() + lengthBytes - 1) != '\n';
    return lengthBytes;
  }

  /** Up to the end of the line, or all there is of it. */
  private static int lineBytes(final ByteBuf bytes) {
    final int before = bytes.bytesBefore((byte) '\n');
    return before < 0 ? bytes.readableBytes() : before + 1;
  }
}
