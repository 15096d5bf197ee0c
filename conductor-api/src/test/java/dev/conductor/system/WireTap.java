package dev.conductor.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands on the loopback between one phone and the server, hands on what either sends, and writes
 * down what the server sends. The phone dials it; into the offer and the answer it writes ports of
 * its own. Requests inside the dialog pass it by. It has a thread of its own.
 */
final class WireTap implements AutoCloseable {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final Pattern MEDIA_PORT = Pattern.compile("(?m)^m=audio (\\d+)");
  private static final Pattern CONNECTION = Pattern.compile("(?m)^c=IN IP4 (\\S+)");
  private static final Pattern RTCP_PORT = Pattern.compile("(?m)^a=rtcp:.*\r\n");
  private static final Pattern LENGTH = Pattern.compile("(?im)^(Content-Length|l) *: *\\d+");
  private static final String BODY = "\r\n\r\n";
  private static final int RTCP_VERSION = 2;
  private static final int FIRST_RTCP_TYPE = 200;
  private static final int LAST_RTCP_TYPE = 204;

  private final Capture capture;
  private final DatagramPump<Lane> pump = new DatagramPump<>();
  private final Lane sip;
  private final Lane rtp;
  private final Lane rtcp;
  private final List<AtomicInteger> reports = new ArrayList<>();

  /** Opens its ports and begins. */
  WireTap(final InetSocketAddress server, final Capture capture) throws IOException {
    this.capture = capture;
    for (int type = FIRST_RTCP_TYPE; type <= LAST_RTCP_TYPE; type++) {
      reports.add(new AtomicInteger());
    }
    sip = new Lane(0, 0);
    sip.server = server;
    final int toPhone = FreePorts.udpPair();
    final int toServer = FreePorts.udpPair();
    rtp = new Lane(toPhone, toServer);
    rtcp = new Lane(toPhone + 1, toServer + 1);
    pump.start("wire-tap", this::move);
  }

  /** Where the phone dials. */
  int sipPort() throws IOException {
    return Lane.port(sip.phoneSide);
  }

  /** Where the server sends its sound. */
  InetSocketAddress rtpTarget() throws IOException {
    return Lane.address(rtp.serverSide);
  }

  /** How many RTCP packets of this type the server has sent, those inside of others too. */
  int sentByServer(final int rtcpType) {
    return reports.get(rtcpType - FIRST_RTCP_TYPE).get();
  }

  private void move(
      final Lane lane,
      final DatagramChannel at,
      final InetSocketAddress source,
      final ByteBuffer datagram)
      throws IOException {
    if (at == lane.phoneSide) {
      lane.phone = source;
      fromPhone(lane, datagram);
    } else {
      fromServer(lane, source, datagram);
    }
  }

  private void fromPhone(final Lane lane, final ByteBuffer datagram) throws IOException {
    ByteBuffer handedOn = datagram;
    if (lane == sip) {
      final String message = text(datagram);
      learn(message, true);
      handedOn = bytes(withPort(message, Lane.port(rtp.serverSide)));
      capture.add(Lane.address(lane.serverSide), lane.server, handedOn);
    }
    if (lane.server != null) {
      lane.serverSide.send(handedOn, lane.server);
    }
  }

  private void fromServer(
      final Lane lane, final InetSocketAddress source, final ByteBuffer datagram)
      throws IOException {
    capture.add(source, Lane.address(lane.serverSide), datagram);
    ByteBuffer handedOn = datagram;
    if (lane == sip) {
      final String message = text(datagram);
      learn(message, false);
      handedOn = bytes(withPort(message, Lane.port(rtp.phoneSide)));
    } else {
      count(datagram);
    }
    if (lane.phone != null) {
      lane.phoneSide.send(handedOn, lane.phone);
    }
  }

  /** Where the one or the other awaits its sound. */
  private void learn(final String message, final boolean ofPhone) throws IOException {
    final Matcher port = MEDIA_PORT.matcher(message);
    final Matcher address = CONNECTION.matcher(message);
    if (port.find() && address.find()) {
      final InetAddress host = InetAddress.getByName(address.group(1));
      final int number = Integer.parseInt(port.group(1));
      if (ofPhone) {
        rtp.phone = new InetSocketAddress(host, number);
        rtcp.phone = new InetSocketAddress(host, number + 1);
      } else {
        rtp.server = new InetSocketAddress(host, number);
        rtcp.server = new InetSocketAddress(host, number + 1);
      }
    }
  }

  private static String withPort(final String message, final int port) {
    final int body = message.indexOf(BODY) + BODY.length();
    if (!MEDIA_PORT.matcher(message).find()) {
      return message;
    }
    String sdp = MEDIA_PORT.matcher(message.substring(body)).replaceAll("m=audio " + port);
    sdp = CONNECTION.matcher(sdp).replaceAll("c=IN IP4 " + HERE.getHostAddress());
    sdp = RTCP_PORT.matcher(sdp).replaceAll("");
    return LENGTH.matcher(message.substring(0, body)).replaceAll("$1: " + sdp.length()) + sdp;
  }

  /** Counts the RTCP packets of a datagram; with rtcp-mux they come among those of RTP. */
  private void count(final ByteBuffer datagram) {
    int at = 0;
    while (at + 4 <= datagram.limit()) {
      final int type = datagram.get(at + 1) & 0xff;
      if ((datagram.get(at) & 0xff) >> 6 != RTCP_VERSION
          || type < FIRST_RTCP_TYPE
          || type > LAST_RTCP_TYPE) {
        return;
      }
      reports.get(type - FIRST_RTCP_TYPE).incrementAndGet();
      at += 4 * ((datagram.getShort(at + 2) & 0xffff) + 1);
    }
  }

  private static String text(final ByteBuffer datagram) {
    return StandardCharsets.ISO_8859_1.decode(datagram.duplicate()).toString();
  }

  private static ByteBuffer bytes(final String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() throws IOException {
    pump.close();
  }

  /** One way to and fro: a socket that the phone sees, and one that the server sees. */
  private final class Lane {
    private final DatagramChannel phoneSide;
    private final DatagramChannel serverSide;
    private InetSocketAddress phone;
    private InetSocketAddress server;

    Lane(final int portToPhone, final int portToServer) throws IOException {
      phoneSide = pump.open(HERE, portToPhone, this);
      serverSide = pump.open(HERE, portToServer, this);
    }

    private static InetSocketAddress address(final DatagramChannel channel) throws IOException {
      return (InetSocketAddress) channel.getLocalAddress();
    }

    private static int port(final DatagramChannel channel) throws IOException {
      return address(channel).getPort();
    }
  }
}
