package dev.conductor.signaling.sip;

import java.util.Locale;

/** What signaling counts; each bad input has one. Any thread; immutable. */
public enum SipCounter {
  /** INVITEs that asked for a new dialog. */
  INVITES,
  /** INVITEs that came again though they had been accepted: their 200 is on its way. */
  INVITES_REPEATED,
  /** INVITEs within a dialog. */
  REINVITES,
  /** ACKs handed to us. */
  ACKS,
  /** BYEs received. */
  BYES,
  /** CANCELs received. */
  CANCELS,
  /** OPTIONS received. */
  OPTIONS,
  /** INFOs received. */
  INFOS,
  /** REGISTERs received of those who may register. */
  REGISTERS,
  /** Requests within a dialog that we do not have. */
  STRAYS,
  /** PRACKs received. */
  PRACKS,
  /** UPDATEs received. */
  UPDATES,
  /** Refreshes of a session that we sent. */
  REFRESHES,
  /** Sessions that nobody refreshed in time. */
  SESSIONS_EXPIRED,
  /** Requests of any other method. */
  OTHER_REQUESTS,
  /** Messages our guard or the parser could not read. */
  PARSE_FAILURES,
  /** Requests dropped because their source sends too many. */
  GUARD_DROPS,
  /** Requests dropped because their source is none we speak with. */
  UNLISTED_DROPS,
  /** Log-ins with a wrong password, or of a user we do not have. */
  LOGIN_FAILURES,
  /** Log-ins dropped because their source failed too often. */
  LOGIN_DROPS,
  /** Asks refused because the sender queue was full. */
  HATCH_REFUSALS,
  /** Invitations and offers the focus had no room for. */
  FOCUS_REFUSALS,
  /** Invitations refused because as many dialogs as allowed are up. */
  DIALOGS_FULL,
  /** Requests refused because as many transactions as allowed are kept. */
  TRANSACTIONS_FULL,
  /** Requests that got no answer, as none could be made or sent: the stack has forgotten them. */
  TRANSACTIONS_ABANDONED,
  /**
   * Invitations refused because as many as allowed are up to their number or from their address.
   */
  CAPS_FULL,
  /** Invitations refused because their trunk may not call that number. */
  DIDS_REFUSED,
  /** TCP connections closed at once: too many, in all or from one address. */
  CONNECTIONS_REFUSED,
  /** TCP connections closed because their peer did not read. */
  CONNECTIONS_STUCK,
  /** TCP connections closed because nothing came for too long. */
  CONNECTIONS_IDLE,
  /** TLS connections that ended before their handshake did. */
  TLS_HANDSHAKE_FAILURES,
  /** Times the certificate was read again, since its file had changed. */
  TLS_RELOADS,
  /** Times a changed certificate was of no use and the one before stayed. */
  TLS_RELOAD_FAILURES,
  /** TCP connections closed because a message on them took too long. */
  CONNECTIONS_SLOW,
  /** Messages the stack could not send. */
  SEND_FAILURES,
  /** Session descriptions we could not use. */
  BAD_DESCRIPTIONS,
  /** INFO bodies we could not read. */
  BAD_DIGITS,
  /** Numbers we began to call. */
  DIALS,
  /** Numbers we called and did not reach. */
  DIALS_FAILED,
  /** Numbers called once more through the next proxy or trunk. */
  TRUNK_FAILOVERS,
  /** Proxies of trunks that came up after they had been down. */
  TRUNK_UPS,
  /** Proxies of trunks that went down. */
  TRUNK_DOWNS,
  /** REGISTERs of ours that were accepted. */
  REGISTERED,
  /** REGISTERs of ours that were refused or not answered. */
  REGISTER_FAILURES,
  /** Exceptions caught where none belongs. */
  UNEXPECTED;

  /** Name for a metric: lower case, words joined by underscores. */
  public String metricName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
