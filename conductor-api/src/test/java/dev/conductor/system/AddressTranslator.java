package dev.conductor.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.regex.Pattern;

/**
 * A NAT without a second network: a phone on the loopback dials it, and looks to the server as one
 * that has a private address, which it writes into Via, Contact and SDP, while its packets come
 * from other ports of the loopback. What is sent to the private address is lost, as it would be.
 * Everything the phone and the server say passes by here. It has a thread of its own.
 */
final class AddressTranslator implements AutoCloseable {
  private static final String HERE = "127.0.0.1";
  private static final Pattern ORIGIN = Pattern.compile("(\r\no=\\S+ \\d+ \\d+ IN IP4 )\\S+");

  private final String privateAddress;
  private final InetSocketAddress server;
  private final DatagramPump<Way> pump = new DatagramPump<>();
  private final Way sip;
  private final Way rtp;
  private volatile int phonePort;

  /**
   * Opens its ports and begins.
   *
   * @param privateAddress the phone's, as the server reads it
   */
  AddressTranslator(final InetSocketAddress server, final String privateAddress)
      throws IOException {
    this.server = server;
    this.privateAddress = privateAddress;
    sip = new Way();
    rtp = new Way();
    sip.far = server;
    pump.start("nat-" + privateAddress, this::move);
  }

  /** Where the phone dials. */
  InetSocketAddress sip() {
    return sip.inside();
  }

  private void move(
      final Way way,
      final DatagramChannel at,
      final InetSocketAddress source,
      final ByteBuffer datagram)
      throws IOException {
    if (at == way.inside) {
      way.near = source;
      if (way.far != null) {
        way.outside.send(way == sip ? outward(datagram, source) : datagram, way.far);
      }
    } else if (way.near != null) {
      way.inside.send(way == sip ? inward(datagram) : datagram, way.near);
    }
  }

  /** The phone's message, as one behind a NAT would have written it to the server itself. */
  private ByteBuffer outward(final ByteBuffer datagram, final InetSocketAddress phone) {
    phonePort = phone.getPort();
    final SipText message = new SipText(datagram);
    final int mediaPort = message.mediaPort();
    if (mediaPort != 0) {
      rtp.near = new InetSocketAddress(HERE, mediaPort);
      message.mediaAt(privateAddress, mediaPort);
      message.replaceFirst(ORIGIN, "$1" + privateAddress);
    }
    message.replace(HERE + ":" + phonePort, privateAddress + ":" + phonePort);
    message.replace(HERE + ":" + sip().getPort(), HERE + ":" + server.getPort());
    return message.bytes();
  }

  /** The server's message, as if this were the server. */
  private ByteBuffer inward(final ByteBuffer datagram) {
    final SipText message = new SipText(datagram);
    final int mediaPort = message.mediaPort();
    if (mediaPort != 0) {
      rtp.far = new InetSocketAddress(HERE, mediaPort);
      message.mediaAt(HERE, rtp.inside().getPort());
    }
    message.replace(HERE + ":" + server.getPort(), HERE + ":" + sip().getPort());
    message.replace(privateAddress + ":" + phonePort, HERE + ":" + phonePort);
    return message.bytes();
  }

  @Override
  public void close() throws IOException {
    pump.close();
  }

  /** A hole in the NAT: the socket that the phone sees, and the one that the server sees. */
  private final class Way {
    private final DatagramChannel inside = open();
    private final DatagramChannel outside = open();
    private InetSocketAddress near;
    private InetSocketAddress far;

    Way() throws IOException {}

    private DatagramChannel open() throws IOException {
      return pump.open(InetAddress.getByName(HERE), 0, this);
    }

    InetSocketAddress inside() {
      return (InetSocketAddress) inside.socket().getLocalSocketAddress();
    }
  }
}
