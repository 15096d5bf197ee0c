package dev.conductor.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Closes connections beyond a number at once; knows those that are open. All event loops. */
@Sharable
final class ConnectionLimit extends ChannelInboundHandlerAdapter {
  private final int max;
  private final HttpCounters counters;
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();

  ConnectionLimit(final int max, final HttpCounters counters) {
    this.max = max;
    this.counters = counters;
  }

  @Override
  public void channelActive(final ChannelHandlerContext ctx) {
    if (open.size() >= max) {
      counters.increment(HttpCounter.CONNECTIONS_REFUSED);
      ctx.close();
      return;
    }
    open.add(ctx.channel());
    ctx.fireChannelActive();
  }

  @Override
  public void channelInactive(final ChannelHandlerContext ctx) {
    open.remove(ctx.channel());
    ctx.fireChannelInactive();
  }

  /** Closes all. Any thread. */
  void closeAll() {
    open.forEach(Channel::close);
  }
}
