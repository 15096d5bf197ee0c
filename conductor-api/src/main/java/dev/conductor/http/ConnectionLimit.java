package dev.conductor.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Closes connections beyond a number, in all and from one address, at once; knows those that are
 * open. All event loops.
 */
@Sharable
final class ConnectionLimit extends ChannelInboundHandlerAdapter {
  private final int max;
  private final int maxPerAddress;
  private final HttpCounters counters;
  private final ConcurrentMap<Channel, String> open = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Integer> perAddress = new ConcurrentHashMap<>();

  ConnectionLimit(final int max, final int maxPerAddress, final HttpCounters counters) {
    this.max = max;
    this.maxPerAddress = maxPerAddress;
    this.counters = counters;
  }

  @Override
  public void channelActive(final ChannelHandlerContext ctx) {
    if (take(ctx.channel())) {
      ctx.fireChannelActive();
    } else {
      counters.increment(HttpCounter.CONNECTIONS_REFUSED);
      ctx.close();
    }
  }

  private boolean take(final Channel channel) {
    if (open.size() >= max) {
      return false;
    }
    final String address = PeerAddress.key(channel.remoteAddress());
    if (perAddress.merge(address, 1, Integer::sum) > maxPerAddress) {
      release(address);
      return false;
    }
    open.put(channel, address);
    return true;
  }

  @Override
  public void channelInactive(final ChannelHandlerContext ctx) {
    final String address = open.remove(ctx.channel());
    if (address != null) {
      release(address);
    }
    ctx.fireChannelInactive();
  }

  private void release(final String address) {
    perAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
  }

  /** Closes all. Any thread. */
  void closeAll() {
    open.keySet().forEach(Channel::close);
  }
}
