package dev.conductor.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Sends a file as the body of a response, piece by piece: the next is read when the one before has
 * left, so that a client that reads slowly holds one piece. The pieces come from the file that was
 * written just before, that is, from memory as a rule. One response; its event loop.
 */
final class FileBody {
  private static final int PIECE_BYTES = 65_536;

  private final ChannelHandlerContext ctx;
  private final FileChannel file;
  private final ChannelFutureListener done;
  private long sentBytes;

  /**
   * Nothing is sent yet.
   *
   * @param file closed in any case
   * @param done told of the last piece, or of the one that could not be sent
   */
  FileBody(
      final ChannelHandlerContext ctx, final FileChannel file, final ChannelFutureListener done) {
    this.ctx = ctx;
    this.file = file;
    this.done = done;
  }

  /** Sends the head, then the file. */
  void send(final HttpResponse head) {
    ctx.writeAndFlush(head).addListener(written -> next((ChannelFuture) written));
  }

  private void next(final ChannelFuture before) throws Exception {
    if (!before.isSuccess()) {
      close();
      done.operationComplete(before);
      return;
    }
    final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
    try {
      file.read(piece, sentBytes);
    } catch (final IOException unreadable) {
      close();
      ctx.close(); // a body that ends too soon is seen to be cut
      return;
    }
    piece.flip();
    if (piece.hasRemaining()) {
      sentBytes += piece.remaining();
      ctx.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)))
          .addListener(written -> next((ChannelFuture) written));
    } else {
      close();
      ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(done);
    }
  }

  private void close() {
    RequestQueue.close(file);
  }
}
