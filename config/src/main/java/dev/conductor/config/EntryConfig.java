package dev.conductor.config;

/**
 * Section {@code entry}: the PIN dialogue and the call's limits. Any thread; immutable.
 *
 * @param tries PINs a caller may try
 * @param totalMs the whole dialogue's time
 * @param silenceMs this long without a key judges what was keyed
 * @param greetingDelayMs from the ACK to the greeting, unless RTP comes later
 * @param deafKeysMs keys in this time after entering are ignored
 * @param maxCallersPerCall callers in one call at once
 * @param maxLobby callers in the PIN dialogue at once; more are answered 503
 * @param seatKeptMs how long a seat waits for its caller to redial
 * @param emptyCallMs how long a call stays open after its last caller left
 * @param spokenMoves whether callers are told by a prompt where a host has moved them
 * @param window when a reservation is open to callers
 * @param guessing how many PINs may be wrong
 * @param pins how long PINs are that the server draws
 */
public record EntryConfig(
    int tries,
    int totalMs,
    int silenceMs,
    int greetingDelayMs,
    int deafKeysMs,
    int maxCallersPerCall,
    int maxLobby,
    int seatKeptMs,
    int emptyCallMs,
    boolean spokenMoves,
    Window window,
    Guessing guessing,
    Pins pins) {

  /** Checks every value. */
  public EntryConfig {
    Checks.inRange("entry.tries", tries, 1, 10);
    Checks.inRange("entry.total-ms", totalMs, 5_000, 600_000);
    Checks.inRange("entry.silence-ms", silenceMs, 500, 60_000);
    Checks.inRange("entry.greeting-delay-ms", greetingDelayMs, 0, 10_000);
    Checks.inRange("entry.deaf-keys-ms", deafKeysMs, 0, 10_000);
    Checks.inRange("entry.max-callers-per-call", maxCallersPerCall, 2, 100_000);
    Checks.inRange("entry.max-lobby", maxLobby, 1, 100_000);
    Checks.inRange("entry.seat-kept-ms", seatKeptMs, 0, 86_400_000);
    Checks.inRange("entry.empty-call-ms", emptyCallMs, 0, 86_400_000);
  }

  /**
   * How many PINs may be wrong, beside the tries of a call.
   *
   * @param pinFailuresPerAni an hour of one ANI
   * @param pinFailuresPerAddress an hour of one peer address
   * @param pinFailuresPerDid an hour to one number
   * @param pinDelayMs the longest that a PIN waits to be judged when few of these are left
   */
  public record Guessing(
      int pinFailuresPerAni, int pinFailuresPerAddress, int pinFailuresPerDid, int pinDelayMs) {
    /** Checks every value. */
    public Guessing {
      Checks.inRange("entry.pin-failures-per-ani", pinFailuresPerAni, 1, 1_000_000);
      Checks.inRange("entry.pin-failures-per-address", pinFailuresPerAddress, 1, 1_000_000);
      Checks.inRange("entry.pin-failures-per-did", pinFailuresPerDid, 1, 1_000_000);
      Checks.inRange("entry.pin-delay-ms", pinDelayMs, 0, 30_000);
    }
  }

  /**
   * When a reservation is open to callers.
   *
   * @param windowEarlyMs how long before its start
   * @param windowGraceMs how long after its end
   */
  public record Window(int windowEarlyMs, int windowGraceMs) {
    /** Checks every value. */
    public Window {
      Checks.inRange("entry.window-early-ms", windowEarlyMs, 0, 86_400_000);
      Checks.inRange("entry.window-grace-ms", windowGraceMs, 0, 86_400_000);
    }
  }

  /**
   * How long PINs are that the server draws.
   *
   * @param pinDigits that of a participant
   * @param hostPinDigits that of every other role; where it is less, {@code pinDigits} counts
   */
  public record Pins(int pinDigits, int hostPinDigits) {
    /** Checks every value. */
    public Pins {
      Checks.inRange("entry.pin-digits", pinDigits, 4, 12);
      Checks.inRange("entry.host-pin-digits", hostPinDigits, 4, 12);
    }
  }
}
