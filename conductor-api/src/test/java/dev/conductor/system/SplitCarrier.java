package dev.conductor.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * A carrier that signals at one address, hears at a second and speaks from a third. A phone on the
 * loopback dials it or is called by it; all that the phone and the server say passes by here. It
 * has a thread of its own.
 */
final class SplitCarrier implements AutoCloseable {
  /** Where it signals. */
  static final String SIGNALS_AT = "127.0.0.2";

  /** Where it hears: this its SDP names. */
  static final String HEARS_AT = "127.0.0.3";

  /** Where it speaks from: nothing tells this to the server. */
  static final String SPEAKS_FROM = "127.0.0.9";

  private static final String HERE = "127.0.0.1";

  /** Whose datagrams come to a socket. */
  private enum Side {
    /** The server's and the phone's SIP. */
    SIP,

    /** The phone's sound. */
    PHONE,

    /** The server's sound. */
    EAR,

    /** Nobody's: what comes here was sent to where sound came from. */
    MOUTH
  }

  private final DatagramPump<Side> pump = new DatagramPump<>();
  private final DatagramChannel sip = open(SIGNALS_AT, Side.SIP);
  private final DatagramChannel inside = open(HERE, Side.PHONE);
  private final DatagramChannel ear = open(HEARS_AT, Side.EAR);
  private final DatagramChannel mouth = open(SPEAKS_FROM, Side.MOUTH);
  private final InetSocketAddress phone;
  private volatile InetSocketAddress server;
  private volatile InetSocketAddress serverRtp;
  private volatile int sentToMouth;
  private InetSocketAddress phoneRtp;

  /**
   * Opens its ports.
   *
   * @param phone where its phones take SIP
   */
  SplitCarrier(final InetSocketAddress phone) throws IOException {
    this.phone = phone;
  }

  private DatagramChannel open(final String host, final Side side) throws IOException {
    return pump.open(InetAddress.getByName(host), 0, side);
  }

  /** Begins to hand on, to and from this server. */
  void serve(final InetSocketAddress sipOfServer) {
    server = sipOfServer;
    pump.start("carrier", this::move);
  }

  /** Where it takes SIP, from phones and from the server. */
  InetSocketAddress sip() {
    return (InetSocketAddress) sip.socket().getLocalSocketAddress();
  }

  /** Where the server hears the call of the moment. */
  InetSocketAddress serverRtp() {
    return serverRtp;
  }

  /** How much the server sent to where this speaks from. */
  int sentToMouth() {
    return sentToMouth;
  }

  private void move(
      final Side side,
      final DatagramChannel at,
      final InetSocketAddress source,
      final ByteBuffer datagram)
      throws IOException {
    switch (side) {
      case SIP -> {
        final boolean inward = source.equals(server);
        sip.send(inward ? inward(datagram) : outward(datagram), inward ? phone : server);
      }
      case PHONE -> mouth.send(datagram, serverRtp);
      case EAR -> inside.send(datagram, phoneRtp);
      default -> sentToMouth++;
    }
  }

  /** The phone's message, as the carrier's. */
  private ByteBuffer outward(final ByteBuffer datagram) {
    final SipText message = new SipText(datagram);
    final int mediaPort = message.mediaPort();
    if (mediaPort != 0) {
      phoneRtp = new InetSocketAddress(HERE, mediaPort);
      message.mediaAt(HEARS_AT, ear.socket().getLocalPort());
    }
    message.replace(text(sip()), text(server));
    message.replace(text(phone), text(sip()));
    return message.bytes();
  }

  /** The server's message, as the carrier's. */
  private ByteBuffer inward(final ByteBuffer datagram) {
    final SipText message = new SipText(datagram);
    final int mediaPort = message.mediaPort();
    if (mediaPort != 0) {
      serverRtp = new InetSocketAddress(HERE, mediaPort);
      message.mediaAt(HERE, inside.socket().getLocalPort());
    }
    message.replace(text(sip()), text(phone));
    message.replace(text(server), text(sip()));
    return message.bytes();
  }

  private static String text(final InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  @Override
  public void close() throws IOException {
    pump.close();
  }
}
