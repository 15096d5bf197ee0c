package dev.conductor.signaling.sip;

import dev.conductor.signaling.sdp.SdpException;
import gov.nist.javax.sip.address.AddressFactoryImpl;
import gov.nist.javax.sip.header.HeaderFactoryImpl;
import gov.nist.javax.sip.message.MessageFactoryImpl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import javax.sip.InvalidArgumentException;
import javax.sip.address.SipURI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.Header;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ToHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Makes and reads SIP messages. Nothing here says which software we are. Any thread; stateless. */
final class Messages {
  /** What we understand (RFC 3261, section 20.5). */
  static final List<String> ALLOW =
      List.of("INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "INFO", "PRACK", "UPDATE");

  /** The extensions we know (RFC 3262, RFC 4028). */
  static final List<String> SUPPORTED = List.of("100rel", "timer");

  /** What a body may be. */
  static final List<String> ACCEPT =
      List.of("application/sdp", "application/dtmf-relay", "application/dtmf");

  private final HeaderFactory headers = new HeaderFactoryImpl();
  private final MessageFactoryImpl messages = new MessageFactoryImpl();
  private final AddressFactoryImpl addresses = new AddressFactoryImpl();

  /** A response with a To tag (RFC 3261, section 8.2.6.2). */
  Response response(final Request request, final int status, final String reason) {
    return response(request, status, reason, null);
  }

  /**
   * A response with this To tag, where the request has none.
   *
   * @param tag null for a new one
   */
  Response response(
      final Request request, final int status, final String reason, final String tag) {
    try {
      final Response response = messages.createResponse(status, request);
      if (reason != null && !reason.isBlank()) {
        response.setReasonPhrase(plain(reason));
      }
      final ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
      if (to.getTag() == null) {
        to.setTag(tag == null ? Tags.next() : tag);
      }
      return response;
    } catch (final ParseException e) {
      throw new IllegalArgumentException("status " + status, e);
    }
  }

  /** A header by name; the text is ours. */
  Header header(final String name, final String value) {
    try {
      return headers.createHeader(name, value);
    } catch (final ParseException e) {
      throw new IllegalArgumentException(name + ": " + value, e);
    }
  }

  /** A header of several values: one object a value, as the stack wants it. */
  List<Header> headers(final String name, final List<String> values) {
    return values.stream().map(value -> header(name, value)).toList();
  }

  /** Why a description is refused (RFC 3261, section 20.43). */
  Header warning(final InetAddress local, final SdpException problem) {
    try {
      // Made of its parts: the stack cannot read an agent that is an IPv6 address.
      return headers.createWarningHeader(
          Addresses.inUri(local), problem.warningCode(), plain(problem.getMessage()));
    } catch (final InvalidArgumentException | ParseException e) {
      throw new IllegalArgumentException("warning " + problem.warningCode(), e);
    }
  }

  /** Adds a body of SDP. */
  void describe(final Message message, final String sdp) {
    try {
      final ContentTypeHeader type = headers.createContentTypeHeader("application", "sdp");
      message.setContent(sdp.getBytes(StandardCharsets.UTF_8), type);
    } catch (final ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where we want later requests of the dialog (RFC 3261, section 8.1.1.8). */
  ContactHeader contact(final Peer peer) {
    final InetSocketAddress local = peer.seenLocal();
    try {
      final SipURI uri = addresses.createSipURI(null, Addresses.inUri(local.getAddress()));
      uri.setPort(local.getPort());
      if (peer.sips()) {
        // It says the transport by itself (RFC 3261, section 26.2.2).
        uri.setSecure(true);
      } else {
        uri.setTransportParam(peer.transport());
      }
      return headers.createContactHeader(addresses.createAddress(uri));
    } catch (final ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Text that may stand in a line of a message: one line, no quotes, not long. */
  static String plain(final String text) {
    final StringBuilder plain = new StringBuilder();
    text.chars()
        .limit(120)
        .map(c -> c < ' ' || c == '"' || c == '\\' || c == 127 ? ' ' : c)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  static long sequence(final Message message) {
    return ((CSeqHeader) message.getHeader(CSeqHeader.NAME)).getSeqNumber();
  }

  /** The method that a message is, or answers. */
  static String method(final Message message) {
    return ((CSeqHeader) message.getHeader(CSeqHeader.NAME)).getMethod();
  }

  static String toTag(final Message message) {
    return ((ToHeader) message.getHeader(ToHeader.NAME)).getTag();
  }

  /** The body; empty for none. */
  static byte[] body(final Message message) {
    final byte[] body = message.getRawContent();
    return body == null ? new byte[0] : body;
  }

  /** {@code type/subtype} in lower case; empty when the message does not say. */
  static String contentType(final Message message) {
    final ContentTypeHeader type = (ContentTypeHeader) message.getHeader(ContentTypeHeader.NAME);
    return type == null
        ? ""
        : (type.getContentType() + "/" + type.getContentSubType()).toLowerCase(Locale.ROOT);
  }

  /** Every header of this name, in order. */
  static List<Header> all(final Message message, final String name) {
    final List<Header> found = new ArrayList<>();
    final ListIterator<?> headers = message.getHeaders(name);
    while (headers != null && headers.hasNext()) {
      found.add((Header) headers.next());
    }
    return found;
  }
}
