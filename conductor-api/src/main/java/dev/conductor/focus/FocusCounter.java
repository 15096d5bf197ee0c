package dev.conductor.focus;

import java.util.Locale;

/** What the focus counts. Any thread; immutable. */
public enum FocusCounter {
  TURNS("Turns of the conductor; while it stands still, so does everything."),
  COMMANDS("Commands executed."),
  COMMANDS_FALSE("Commands answered FALSE."),
  COMMANDS_BUSY("Commands refused at the hatch: busy."),
  COMMANDS_REPEATED("Commands known again by their key and answered as the first time."),
  KEYS_CONFLICTING("Commands refused because their key was used with other parameters."),
  KEYS_REFUSED("Commands refused because there was no room for their key."),
  INVITES("New dialogs handed in."),
  INVITES_BUSY("New dialogs refused at the hatch: busy."),
  INVITES_STALE("New dialogs refused because they had waited in the hatch for too long."),
  OFFERS_BUSY("Changes of a line refused at the hatch: busy."),
  DIGITS_BUSY("Keys sent by INFO refused at the hatch: busy."),
  SIGNALS_LOST("Ends and answers the hatch could not take; anything but 0 is a fault."),
  UNKNOWN_DID("Dialogs to a number nobody has."),
  LOBBY_FULL("Dialogs refused because too many are in the PIN dialogue."),
  NO_MEDIA("Dialogs refused because no RTP session could be opened."),
  PIN_FAILURES("PINs that did not match, empty tries included."),
  PIN_DELAYED("PINs that were judged later because too many had been wrong."),
  PIN_SHUT_OUT("Callers sent away unheard because too many PINs had been wrong."),
  PIN_GAVE_UP("Callers sent away after too many tries or too long."),
  CALL_FULL("Callers with a right PIN sent away: the call is full."),
  TURNED_AWAY("Callers with a right PIN sent away: banned, or the conference is over."),
  ADMITTED("Callers admitted."),
  PLACED("Numbers we began to call."),
  PLACED_IN_VAIN("Numbers called that nobody joined from."),
  REDIALS("Callers who took their old seat by redialling."),
  LEFT("Callers who left."),
  CALLS_OPENED("Calls opened."),
  CALLS_RESUMED("Calls gone on with after a crash."),
  CALLS_CLOSED("Calls closed."),
  EVENTS("Logged events raised."),
  MEDIA_REFUSED("Requests media's hatch refused."),
  PROMPTS_LOST("Prompts nobody heard because too many lines waited for one."),
  SIP_REFUSED("Requests signaling's hatch refused."),
  QUESTIONS("Questions to the store: PINs keyed, and what commands on persons have to know."),
  QUESTIONS_REFUSED("Questions the store took no more of."),
  QUESTIONS_LATE("Questions the store did not answer in time."),
  APOLOGIES("Callers sent away with an apology: the store could not say who they are."),
  KNOWN_BY_CALL("Callers let in by what their call knows of them, when the store could not say."),
  COMMANDS_PARKED("Commands that waited for an answer of the store."),
  STORE_FAILED("Batches the store failed to keep."),
  STORE_LATE(
      "Batches the store did not answer in time; their events went out before the " + "commit."),
  STORE_LOST("Changes given up because the store was away too long."),
  FAULTS("Errors of our own that were caught; anything but 0 is a defect.");

  private final String help;

  FocusCounter(final String help) {
    this.help = help;
  }

  /** The name in metrics, in lower case. */
  public String metricName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it counts, in a sentence for who reads the metrics. */
  public String help() {
    return help;
  }
}
