package dev.conductor.signaling.sip;

import gov.nist.javax.sip.message.SIPRequest;
import java.util.List;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.AcceptHeader;
import javax.sip.header.AllowHeader;
import javax.sip.header.ContentEncodingHeader;
import javax.sip.header.Header;
import javax.sip.header.RequireHeader;

/**
 * What an INVITE or UPDATE must satisfy before its offer is read (RFC 3261, section 8.2). Any
 * thread; immutable.
 */
final class InviteChecks {
  /**
   * Why it is refused.
   *
   * @param status 4xx
   * @param extra headers to add
   */
  record Refusal(int status, List<Header> extra) {}

  private final Messages messages;

  InviteChecks(final Messages messages) {
    this.messages = messages;
  }

  /** Why a request of any method is refused; null when it is not. */
  Refusal checkHead(final SIPRequest request) {
    final URI uri = request.getRequestURI();
    final boolean unsafe =
        uri instanceof SipURI sip
            && sip.isSecure()
            && !"TLS".equalsIgnoreCase(request.getTopmostVia().getTransport());
    if (unsafe || CallerIdentity.dialled(uri) == null) {
      return new Refusal(416, List.of());
    }
    final List<String> unknown = unknown(request);
    return unknown.isEmpty() ? null : new Refusal(420, messages.headers("Unsupported", unknown));
  }

  /** Why the INVITE or UPDATE is refused; null when it is not. */
  Refusal check(final SIPRequest invite) {
    final Refusal head = checkHead(invite);
    if (head != null) {
      return head;
    }
    if (invite.getHeader(ContentEncodingHeader.NAME) != null) {
      return new Refusal(415, messages.headers("Accept-Encoding", List.of("identity")));
    }
    if (!Bodies.isReadable(invite)) {
      return new Refusal(415, messages.headers("Accept", List.of("application/sdp")));
    }
    return acceptsSdp(invite) ? null : new Refusal(406, List.of());
  }

  private static List<String> unknown(final SIPRequest request) {
    return Messages.all(request, RequireHeader.NAME).stream()
        .map(header -> Messages.plain(((RequireHeader) header).getOptionTag()))
        .filter(tag -> Messages.SUPPORTED.stream().noneMatch(tag::equalsIgnoreCase))
        .toList();
  }

  /** Whether a request requires this extension. */
  static boolean requires(final SIPRequest request, final String tag) {
    return Messages.all(request, RequireHeader.NAME).stream()
        .anyMatch(header -> tag.equalsIgnoreCase(((RequireHeader) header).getOptionTag()));
  }

  /** Whether the sender of a request says that it takes this method. */
  static boolean allows(final SIPRequest request, final String method) {
    return Messages.all(request, AllowHeader.NAME).stream()
        .anyMatch(header -> method.equals(((AllowHeader) header).getMethod()));
  }

  private static boolean acceptsSdp(final SIPRequest invite) {
    final List<Header> accepted = Messages.all(invite, AcceptHeader.NAME);
    return accepted.isEmpty()
        || accepted.stream().map(AcceptHeader.class::cast).anyMatch(InviteChecks::acceptsSdp);
  }

  private static boolean acceptsSdp(final AcceptHeader accept) {
    final String type = accept.getContentType();
    final String subtype = accept.getContentSubType();
    return type == null
        || type.equals("*")
        || type.equalsIgnoreCase("application")
            && (subtype.equals("*") || subtype.equalsIgnoreCase("sdp"));
  }
}
