package dev.conductor.focus;

import dev.conductor.focus.ConferenceDirectory.Door;
import dev.conductor.model.PlacedCall;
import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.api.Invitation;
import dev.conductor.signaling.api.OutboundLine;
import java.net.InetSocketAddress;

/**
 * One phone's line: its dialog on the SIP side, its RTP session on the sound side, and how far it
 * has come. The conductor only.
 */
final class Line {
  private final Invitation invitation;
  private final Door door;
  private final long sessionId;
  private final long invitedMs;
  private Stage stage = Stage.OPENING;
  private InetSocketAddress localRtp;
  private boolean confirmed;
  private boolean firstRtpSeen;
  private boolean eventDigitSeen;
  private boolean hold;
  private boolean sessionOpen = true;
  private boolean closing;
  private boolean talking;
  private long sinceNs;
  private long holdSinceNs;
  private long promptTag;
  private PinDialogue pinDialogue;
  private final PinTry pinTry = new PinTry();
  private Placement placement;
  private CallState call;
  private String callerUid = "";

  /**
   * A line whose session is being opened.
   *
   * @param door what stands behind the number it dialled
   * @param sessionId media's number of its session
   */
  Line(
      final Invitation invitation,
      final Door door,
      final long sessionId,
      final long nowMs,
      final long nowNs) {
    this.invitation = invitation;
    this.door = door;
    this.sessionId = sessionId;
    this.invitedMs = nowMs;
    this.sinceNs = nowNs;
  }

  DialogId dialog() {
    return invitation.dialog();
  }

  Invitation invitation() {
    return invitation;
  }

  Door door() {
    return door;
  }

  long sessionId() {
    return sessionId;
  }

  /** When it rang, Unix time. */
  long invitedMs() {
    return invitedMs;
  }

  Stage stage() {
    return stage;
  }

  /** Comes to a stage. */
  void stage(final Stage next, final long nowNs) {
    stage = next;
    sinceNs = nowNs;
  }

  /** When it came to its stage. */
  long sinceNs() {
    return sinceNs;
  }

  /** Where we receive; null until the session is open. */
  InetSocketAddress localRtp() {
    return localRtp;
  }

  void localRtp(final InetSocketAddress address) {
    localRtp = address;
  }

  /** The ACK came; true for the first one. */
  boolean confirm() {
    final boolean first = !confirmed;
    confirmed = true;
    return first;
  }

  boolean firstRtpSeen() {
    return firstRtpSeen;
  }

  void seeFirstRtp() {
    firstRtpSeen = true;
  }

  /** Whether a key came by RFC 4733: from then on INFO does not count. */
  boolean eventDigitSeen() {
    return eventDigitSeen;
  }

  void seeEventDigit() {
    eventDigitSeen = true;
  }

  boolean hold() {
    return hold;
  }

  /** The phone put us on hold, or took us back. */
  void hold(final boolean on, final long nowNs) {
    if (on && !hold) {
      holdSinceNs = nowNs;
    }
    hold = on;
  }

  long holdSinceNs() {
    return holdSinceNs;
  }

  /** Media's last word on whether he talks, told to anybody or not. */
  boolean talking() {
    return talking;
  }

  void talking(final boolean on) {
    talking = on;
  }

  /** Whether media still has the session; it is closed once. */
  boolean sessionOpen() {
    return sessionOpen;
  }

  void closeSession() {
    sessionOpen = false;
  }

  /** Whether media was asked to close the session and has not said yet that it did. */
  boolean closing() {
    return closing;
  }

  void closing(final boolean asked) {
    closing = asked;
  }

  /** Number of the last prompt; an end of an earlier one means nothing. */
  long promptTag() {
    return promptTag;
  }

  long nextPromptTag() {
    return ++promptTag;
  }

  /** Null before the dialogue began. */
  PinDialogue pinDialogue() {
    return pinDialogue;
  }

  void pinDialogue(final PinDialogue dialogue) {
    pinDialogue = dialogue;
  }

  /** What it has keyed of a PIN. */
  PinTry pinTry() {
    return pinTry;
  }

  /** What it was called for; null where the phone called us. */
  Placement placement() {
    return placement;
  }

  void placement(final Placement what) {
    placement = what;
  }

  /** The call it was admitted to, or null. */
  CallState call() {
    return call;
  }

  /** The caller it carries, empty before admission. */
  String callerUid() {
    return callerUid;
  }

  /** It carries this caller from now on. */
  void admitted(final CallState to, final String uid, final long nowNs) {
    call = to;
    callerUid = uid;
    stage(Stage.IN_CALL, nowNs);
  }

  /** A line we called: into which call, as whom. */
  static final class Placement {
    private final OutboundLine way;
    private final CallState call;
    private PlacedCall placed;
    private long askedNs;

    Placement(final OutboundLine way, final PlacedCall placed, final CallState call) {
      this.way = way;
      this.placed = placed;
      this.call = call;
    }

    OutboundLine way() {
      return way;
    }

    CallState call() {
      return call;
    }

    /** What was told of it last. */
    PlacedCall placed() {
      return placed;
    }

    void placed(final PlacedCall now) {
      placed = now;
    }

    /** When he was last asked for the key. */
    long askedNs() {
      return askedNs;
    }

    void askedNs(final long nowNs) {
      askedNs = nowNs;
    }
  }

  /** How far a line has come. */
  enum Stage {
    /** We call: media opens the session, then it rings. */
    DIALING,
    /** Whom we called has answered; his key is awaited. */
    CONFIRMING,
    /** Media opens the session. */
    OPENING,
    /** Our 200 is out; the ACK is awaited. */
    ANSWERED,
    /** The ACK came; the greeting is due. */
    CONFIRMED,
    /** The PIN dialogue runs. */
    PIN,
    /** Hears a last prompt before we hang up. */
    SENT_AWAY,
    /** Admitted. */
    IN_CALL,
    /** Over. */
    OVER
  }
}
