package dev.conductor.signaling.sip;

import java.util.Locale;

/** What signaling counts; each bad input has one. Any thread; immutable. */
public enum SipCounter {
  INVITES("INVITEs that asked for a new dialog."),
  INVITES_REPEATED(
      "INVITEs that came again though they had been accepted: their 200 is on its " + "way."),
  REINVITES("INVITEs within a dialog."),
  ACKS("ACKs handed to us."),
  BYES("BYEs received."),
  CANCELS("CANCELs received."),
  OPTIONS("OPTIONS received."),
  INFOS("INFOs received."),
  REGISTERS("REGISTERs received of those who may register."),
  STRAYS("Requests within a dialog that we do not have."),
  PRACKS("PRACKs received."),
  UPDATES("UPDATEs received."),
  REFRESHES("Refreshes of a session that we sent."),
  SESSIONS_EXPIRED("Sessions that nobody refreshed in time."),
  OTHER_REQUESTS("Requests of any other method."),
  PARSE_FAILURES("Messages our guard or the parser could not read."),
  GUARD_DROPS("Requests dropped because their source sends too many."),
  UNLISTED_DROPS("Requests dropped because their source is none we speak with."),
  LOGIN_FAILURES("Log-ins with a wrong password, or of a user we do not have."),
  LOGIN_DROPS("Log-ins dropped because their source failed too often."),
  HATCH_REFUSALS("Asks refused because the sender queue was full."),
  FOCUS_REFUSALS("Invitations and offers the focus had no room for."),
  DIALOGS_FULL("Invitations refused because as many dialogs as allowed are up."),
  TRANSACTIONS_FULL("Requests refused because as many transactions as allowed are kept."),
  TRANSACTIONS_ABANDONED(
      "Requests that got no answer, as none could be made or sent: the stack has "
          + "forgotten them."),
  CAPS_FULL(
      "Invitations refused because as many as allowed are up to their number or from "
          + "their address."),
  DIDS_REFUSED("Invitations refused because their trunk may not call that number."),
  CONNECTIONS_REFUSED("TCP connections closed at once: too many, in all or from one address."),
  CONNECTIONS_STUCK("TCP connections closed because their peer did not read."),
  CONNECTIONS_IDLE("TCP connections closed because nothing came for too long."),
  TLS_HANDSHAKE_FAILURES("TLS connections that ended before their handshake did."),
  TLS_RELOADS("Times the certificate was read again, since its file had changed."),
  TLS_RELOAD_FAILURES("Times a changed certificate was of no use and the one before stayed."),
  CONNECTIONS_SLOW("TCP connections closed because a message on them took too long."),
  SEND_FAILURES("Messages the stack could not send."),
  BAD_DESCRIPTIONS("Session descriptions we could not use."),
  BAD_DIGITS("INFO bodies we could not read."),
  DIALS("Numbers we began to call."),
  DIALS_FAILED("Numbers we called and did not reach."),
  TRUNK_FAILOVERS("Numbers called once more through the next proxy or trunk."),
  TRUNK_UPS("Proxies of trunks that came up after they had been down."),
  TRUNK_DOWNS("Proxies of trunks that went down."),
  REGISTERED("REGISTERs of ours that were accepted."),
  REGISTER_FAILURES("REGISTERs of ours that were refused or not answered."),
  UNEXPECTED("Exceptions caught where none belongs.");

  private final String help;

  SipCounter(final String help) {
    this.help = help;
  }

  /** Name for a metric: lower case, words joined by underscores. */
  public String metricName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it counts, in a sentence for who reads the metrics. */
  public String help() {
    return help;
  }
}
