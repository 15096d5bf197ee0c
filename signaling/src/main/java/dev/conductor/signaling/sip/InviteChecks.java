package dev.conductor.signaling.sip;

import gov.nist.javax.sip.message.SIPRequest;
import java.util.List;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.AcceptHeader;
import javax.sip.header.ContentEncodingHeader;
import javax.sip.header.Header;
import javax.sip.header.RequireHeader;

/**
 * What an INVITE must satisfy before its offer is read (RFC 3261, section 8.2). Any thread;
 * immutable.
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

  /** Why the INVITE is refused; null when it is not. */
  Refusal check(final SIPRequest invite) {
    final URI uri = invite.getRequestURI();
    final boolean unsafe =
        uri instanceof SipURI sip
            && sip.isSecure()
            && !"TLS".equalsIgnoreCase(invite.getTopmostVia().getTransport());
    if (unsafe || CallerIdentity.dialled(uri) == null) {
      return new Refusal(416, List.of());
    }
    final List<Header> required = Messages.all(invite, RequireHeader.NAME);
    if (!required.isEmpty()) {
      return new Refusal(420, messages.headers("Unsupported", tags(required)));
    }
    if (invite.getHeader(ContentEncodingHeader.NAME) != null) {
      return new Refusal(415, messages.headers("Accept-Encoding", List.of("identity")));
    }
    final boolean bodied = Messages.body(invite).length > 0;
    if (bodied && !Messages.contentType(invite).equals("application/sdp")) {
      return new Refusal(415, messages.headers("Accept", List.of("application/sdp")));
    }
    return acceptsSdp(invite) ? null : new Refusal(406, List.of());
  }

  private static List<String> tags(final List<Header> required) {
    return required.stream()
        .map(header -> Messages.plain(((RequireHeader) header).getOptionTag()))
        .toList();
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
