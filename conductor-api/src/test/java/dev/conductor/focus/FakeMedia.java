package dev.conductor.focus;

import dev.conductor.media.api.LineStatistics;
import dev.conductor.media.api.MediaCommands;
import dev.conductor.media.api.MediaEventSource;
import dev.conductor.media.api.MediaEvents;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.api.RtpSessionSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Media that writes down what it is asked and tells what the test makes it tell. */
final class FakeMedia implements MediaCommands, MediaEventSource {
  final Map<Long, RtpSessionSpec> sessions = new LinkedHashMap<>();
  final Map<Long, Long> callOf = new HashMap<>();
  final Map<Long, MixPlan> plans = new HashMap<>();
  final List<Long> closed = new ArrayList<>();
  final List<Long> endedCalls = new ArrayList<>();
  final List<Prompted> prompts = new ArrayList<>();
  final List<Long> hushed = new ArrayList<>();
  final List<String> played = new ArrayList<>();
  final Map<Long, LineStatistics> figures = new HashMap<>();
  int plansMade;
  boolean refusing;

  /** It says of no session that it has closed. */
  boolean closesLate;

  private final Deque<Consumer<MediaEvents>> events = new ArrayDeque<>();

  /** What the focus is told at its next turn. */
  void tell(final Consumer<MediaEvents> event) {
    events.add(event);
  }

  List<String> promptsOf(final long sessionId) {
    return prompts.stream()
        .filter(prompt -> prompt.sessionId() == sessionId)
        .flatMap(prompt -> prompt.clips().stream())
        .toList();
  }

  Prompted lastPrompt(final long sessionId) {
    return prompts.stream()
        .filter(prompt -> prompt.sessionId() == sessionId)
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  @Override
  public int poll(final MediaEvents handler, final int limit) {
    int polled = 0;
    while (polled < limit && !events.isEmpty()) {
      events.removeFirst().accept(handler);
      polled++;
    }
    return polled;
  }

  @Override
  public boolean open(final long sessionId, final RtpSessionSpec spec) {
    if (!refusing) {
      sessions.put(sessionId, spec);
    }
    return !refusing;
  }

  @Override
  public boolean update(final long sessionId, final RtpSessionSpec spec) {
    if (!refusing) {
      sessions.put(sessionId, spec);
    }
    return !refusing;
  }

  @Override
  public boolean admit(final long sessionId, final long callId) {
    if (!refusing) {
      callOf.put(sessionId, callId);
    }
    return !refusing;
  }

  @Override
  public boolean close(final long sessionId) {
    closed.add(sessionId);
    if (!closesLate) {
      tell(to -> to.onClosed(sessionId));
    }
    return true;
  }

  @Override
  public void plan(final MixPlan plan) {
    plansMade++;
    final MixPlan before = plans.put(plan.callId(), plan);
    if (before != null && before.version() >= plan.version()) {
      throw new AssertionError("version " + plan.version() + " after " + before.version());
    }
  }

  @Override
  public void endCall(final long callId) {
    endedCalls.add(callId);
  }

  @Override
  public boolean prompt(final long sessionId, final List<String> clips, final long tag) {
    if (!refusing) {
      prompts.add(new Prompted(sessionId, clips, tag));
    }
    return !refusing;
  }

  @Override
  public boolean queuePrompt(
      final long sessionId, final List<String> clips, final int gainSteps, final long tag) {
    return true;
  }

  @Override
  public boolean play(
      final long callId, final String clip, final int gainSteps, final boolean loops) {
    if (!refusing) {
      played.add("play " + callId + " " + clip + " " + gainSteps + " " + loops);
    }
    return !refusing;
  }

  @Override
  public boolean stopPlay(final long callId) {
    if (!refusing) {
      played.add("stop " + callId);
    }
    return !refusing;
  }

  @Override
  public boolean stopPrompt(final long sessionId) {
    hushed.add(sessionId);
    return !refusing;
  }

  record Prompted(long sessionId, List<String> clips, long tag) {}
}
