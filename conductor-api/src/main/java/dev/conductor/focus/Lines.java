package dev.conductor.focus;

import dev.conductor.config.Prompt;
import dev.conductor.focus.Line.Stage;
import dev.conductor.media.api.LineStatistics;
import dev.conductor.media.api.MediaCommands;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.model.Audio;
import dev.conductor.signaling.api.CallControl;
import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.api.OutboundLine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * All lines, and what we ask of signaling and media about one: every refusal of a hatch is counted
 * here, every session is closed once, every dialog is ended once. The conductor only.
 */
final class Lines {
  private final Map<DialogId, Line> byDialog = new HashMap<>();
  private final Map<Long, Line> bySession = new HashMap<>();
  private final Set<Line> lobby = new LinkedHashSet<>();
  private final Map<CallState, Integer> closingSessions = new HashMap<>();
  private final CallControl control;
  private final MediaCommands media;
  private final LineReports reports;
  private final FocusCounters counters;
  private long lastSessionId;

  /**
   * None yet.
   *
   * @param figures how the line of a session does, null where media has none
   */
  Lines(
      final CallControl control,
      final MediaCommands media,
      final LongFunction<LineStatistics> figures,
      final FocusCounters counters) {
    this.control = control;
    this.media = media;
    this.reports = new LineReports(figures);
    this.counters = counters;
  }

  /** A number for a new session. */
  long nextSessionId() {
    return ++lastSessionId;
  }

  /** The line of a dialog that is up, or null. */
  Line of(final DialogId dialog) {
    return byDialog.get(dialog);
  }

  /** The line of a session that is not over, or null. */
  Line of(final long sessionId) {
    final Line line = bySession.get(sessionId);
    return line == null || line.stage() == Stage.OVER ? null : line;
  }

  /** Lines not admitted yet. */
  int lobbyCount() {
    return lobby.size();
  }

  /** Lines not admitted yet, as they are now. */
  List<Line> lobby() {
    return List.copyOf(lobby);
  }

  /** All lines that are not over, as they are now. */
  Collection<Line> all() {
    return new ArrayList<>(byDialog.values());
  }

  /** Opens the session of a new line; false when media's hatch is full. */
  boolean open(final Line line, final RtpSessionSpec spec) {
    if (!media(media.open(line.sessionId(), spec))) {
      return false;
    }
    byDialog.put(line.dialog(), line);
    bySession.put(line.sessionId(), line);
    lobby.add(line);
    return true;
  }

  /** Answers the INVITE or re-INVITE in hand with 200. */
  boolean accept(final Line line) {
    return sip(control.accept(line.dialog(), line.localRtp()));
  }

  /** Refuses a dialog we have no line for. */
  void refuse(final DialogId dialog, final int status, final String reason) {
    sip(control.refuse(dialog, status, reason));
  }

  /** Refuses the re-INVITE in hand; the line stays as it was. */
  void refuse(final Line line, final int status, final String reason) {
    refuse(line.dialog(), status, reason);
  }

  /** Whether a trunk is for this number. */
  boolean hasRoute(final String number) {
    return control.hasRoute(number);
  }

  /** A way to call it now. */
  Optional<OutboundLine> lineTo(final String number) {
    return control.lineTo(number);
  }

  /** Calls the number a line is for. */
  boolean dial(final Line line) {
    return sip(control.dial(line.placement().way(), line.invitation().ani(), line.localRtp()));
  }

  /** Asks whether the far end is still there. */
  void probe(final Line line) {
    sip(control.probe(line.dialog()));
  }

  /** Changes address, payload types or direction. */
  boolean update(final Line line, final RtpSessionSpec spec) {
    return media(media.update(line.sessionId(), spec));
  }

  /** Hands the session over to a call. */
  boolean admit(final Line line, final long callId) {
    if (!media(media.admit(line.sessionId(), callId))) {
      return false;
    }
    lobby.remove(line);
    return true;
  }

  /** Plays prompts in place of what is playing; false when media's hatch is full. */
  boolean prompt(final Line line, final List<Prompt> prompts) {
    final List<String> clips = prompts.stream().map(Prompt::clipName).toList();
    return media(media.prompt(line.sessionId(), clips, line.nextPromptTag()));
  }

  /** Plays one prompt. */
  void prompt(final Line line, final Prompt prompt) {
    prompt(line, List.of(prompt));
  }

  /** Stops the prompt. */
  void hush(final Line line) {
    line.nextPromptTag();
    media(media.stopPrompt(line.sessionId()));
  }

  /** Plays a clip to everyone in a call; false when media's hatch is full. */
  boolean tone(final CallState call, final Audio audio) {
    return media(media.play(call.mediaId(), audio.clipName(), 0, false));
  }

  /** Stops what plays to everyone in a call; false when media's hatch is full. */
  boolean stopTone(final CallState call) {
    return media(media.stopPlay(call.mediaId()));
  }

  /** Puts a call's plan in force. */
  void plan(final CallState call, final long nowNs) {
    media.plan(call.nextPlan(nowNs));
  }

  /** Hangs up: BYE, and the session closes. */
  void end(final Line line, final String reason, final long nowNs) {
    if (line.stage() != Stage.OVER) {
      sip(control.end(line.dialog(), reason));
      forget(line, nowNs);
    }
  }

  /** Refuses the INVITE of a line: nothing of it stays. */
  void refuseInvite(final Line line, final int status, final String reason, final long nowNs) {
    refuse(line.dialog(), status, reason);
    forget(line, nowNs);
  }

  /** The dialog is over, or about to be: the session closes, the line is no more. */
  void forget(final Line line, final long nowNs) {
    byDialog.remove(line.dialog());
    lobby.remove(line);
    line.stage(Stage.OVER, nowNs);
    if (line.sessionOpen()) {
      reports.report(line);
      line.closeSession();
      media(media.close(line.sessionId()));
      if (line.call() != null) {
        line.closing(true);
        closingSessions.merge(line.call(), 1, Integer::sum);
      }
    }
  }

  /** Media could not open the session, or lost it: there is nothing to close. Null when over. */
  Line takeUnopened(final long sessionId) {
    final Line line = of(sessionId);
    bySession.remove(sessionId);
    if (line != null) {
      line.closeSession();
    }
    return line;
  }

  /** Media has ended the session of a line by itself. */
  void lost(final Line line) {
    reports.report(line);
    line.closeSession();
  }

  /** Media has closed the session; with the last one of a closed call, media forgets the call. */
  void onClosed(final long sessionId) {
    final Line line = bySession.remove(sessionId);
    if (line == null || line.call() == null) {
      return;
    }
    final CallState call = line.call();
    if (line.closing()) {
      line.closing(false);
      closingSessions.computeIfPresent(call, (key, open) -> open == 1 ? null : open - 1);
    }
    endCallWhenSilent(call);
  }

  /** Tells media to forget a closed call, at once or when its last session has closed. */
  void endCallWhenSilent(final CallState call) {
    if (!call.call().active() && !closingSessions.containsKey(call)) {
      media.endCall(call.mediaId());
    }
  }

  private boolean media(final boolean taken) {
    return counted(taken, FocusCounter.MEDIA_REFUSED);
  }

  private boolean sip(final boolean taken) {
    return counted(taken, FocusCounter.SIP_REFUSED);
  }

  private boolean counted(final boolean taken, final FocusCounter counter) {
    if (!taken) {
      counters.increment(counter);
    }
    return taken;
  }
}
