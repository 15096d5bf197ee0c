package dev.conductor.focus;

import java.util.Locale;

/** What the focus counts. Any thread; immutable. */
public enum FocusCounter {
  /** Turns of the conductor; while it stands still, so does everything. */
  TURNS,
  /** Commands executed. */
  COMMANDS,
  /** Commands answered FALSE. */
  COMMANDS_FALSE,
  /** Commands refused at the hatch: busy. */
  COMMANDS_BUSY,
  /** Commands known again by their key and answered as the first time. */
  COMMANDS_REPEATED,
  /** Commands refused because their key was used with other parameters. */
  KEYS_CONFLICTING,
  /** Commands refused because there was no room for their key. */
  KEYS_REFUSED,
  /** New dialogs handed in. */
  INVITES,
  /** New dialogs refused at the hatch: busy. */
  INVITES_BUSY,
  /** New dialogs refused because they had waited in the hatch for too long. */
  INVITES_STALE,
  /** Changes of a line refused at the hatch: busy. */
  OFFERS_BUSY,
  /** Keys sent by INFO refused at the hatch: busy. */
  DIGITS_BUSY,
  /** Ends and answers the hatch could not take; anything but 0 is a fault. */
  SIGNALS_LOST,
  /** Dialogs to a number nobody has. */
  UNKNOWN_DID,
  /** Dialogs refused because too many are in the PIN dialogue. */
  LOBBY_FULL,
  /** Dialogs refused because no RTP session could be opened. */
  NO_MEDIA,
  /** PINs that did not match, empty tries included. */
  PIN_FAILURES,
  /** PINs that were judged later because too many had been wrong. */
  PIN_DELAYED,
  /** Callers sent away unheard because too many PINs had been wrong. */
  PIN_SHUT_OUT,
  /** Callers sent away after too many tries or too long. */
  PIN_GAVE_UP,
  /** Callers with a right PIN sent away: the call is full. */
  CALL_FULL,
  /** Callers with a right PIN sent away: banned, or the conference is over. */
  TURNED_AWAY,
  /** Callers admitted. */
  ADMITTED,
  /** Numbers we began to call. */
  PLACED,
  /** Numbers called that nobody joined from. */
  PLACED_IN_VAIN,
  /** Callers who took their old seat by redialling. */
  REDIALS,
  /** Callers who left. */
  LEFT,
  /** Calls opened. */
  CALLS_OPENED,
  /** Calls gone on with after a crash. */
  CALLS_RESUMED,
  /** Calls closed. */
  CALLS_CLOSED,
  /** Logged events raised. */
  EVENTS,
  /** Requests media's hatch refused. */
  MEDIA_REFUSED,
  /** Prompts nobody heard because too many lines waited for one. */
  PROMPTS_LOST,
  /** Requests signaling's hatch refused. */
  SIP_REFUSED,
  /** Questions to the store: PINs keyed, and what commands on persons have to know. */
  QUESTIONS,
  /** Questions the store took no more of. */
  QUESTIONS_REFUSED,
  /** Questions the store did not answer in time. */
  QUESTIONS_LATE,
  /** Callers sent away with an apology: the store could not say who they are. */
  APOLOGIES,
  /** Callers let in by what their call knows of them, when the store could not say. */
  KNOWN_BY_CALL,
  /** Commands that waited for an answer of the store. */
  COMMANDS_PARKED,
  /** Batches the store failed to keep. */
  STORE_FAILED,
  /** Batches the store did not answer in time; their events went out before the commit. */
  STORE_LATE,
  /** Changes given up because the store was away too long. */
  STORE_LOST,
  /** Errors of our own that were caught; anything but 0 is a defect. */
  FAULTS;

  /** The name in metrics, in lower case. */
  public String metricName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
