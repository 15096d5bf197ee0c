package dev.conductor.signaling.sip;

import java.util.List;
import javax.sip.header.Header;
import javax.sip.header.ReasonHeader;
import javax.sip.message.Message;

/** Why the far end hangs up, as it says itself (RFC 3326). Any thread; stateless. */
final class FarReason {
  private FarReason() {}

  /** The first Reason header as {@code protocol cause text}; empty for none. */
  static String of(final Message message) {
    final List<Header> reasons = Messages.all(message, ReasonHeader.NAME);
    if (reasons.isEmpty() || !(reasons.get(0) instanceof ReasonHeader reason)) {
      return "";
    }
    final StringBuilder told = new StringBuilder(Messages.plain(reason.getProtocol()));
    final int cause = reason.getCause();
    if (cause > 0) {
      told.append(' ').append(cause);
    }
    final String text = reason.getText();
    if (text != null && !text.isBlank()) {
      told.append(' ').append(Messages.plain(text).strip());
    }
    return told.toString();
  }
}
