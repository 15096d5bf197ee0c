package dev.conductor.app;

import dev.conductor.focus.FocusCounter;
import dev.conductor.http.HttpCounter;
import dev.conductor.media.status.MediaCounter;
import dev.conductor.notify.NotifyCounter;
import dev.conductor.signaling.sip.SipCounter;
import dev.conductor.store.StoreCounter;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the counters of each part count, by their names in the metrics. Any thread. */
final class CounterHelp {
  static final Map<String, String> MEDIA =
      of(MediaCounter.values(), MediaCounter::label, MediaCounter::help);
  static final Map<String, String> SIP =
      of(SipCounter.values(), SipCounter::metricName, SipCounter::help);
  static final Map<String, String> HTTP =
      of(HttpCounter.values(), HttpCounter::metricName, HttpCounter::help);
  static final Map<String, String> FOCUS =
      of(FocusCounter.values(), FocusCounter::metricName, FocusCounter::help);
  static final Map<String, String> STORE =
      of(StoreCounter.values(), StoreCounter::metricName, StoreCounter::help);
  static final Map<String, String> EVENTS =
      of(NotifyCounter.values(), NotifyCounter::metricName, NotifyCounter::help);
  static final Map<String, String> AUDIO =
      Map.of(
          "clips.loaded", "Clips of the audio folder that can be played.",
          "clips.left.out", "Files of the audio folder that cannot be played.");

  private CounterHelp() {}

  private static <C> Map<String, String> of(
      final C[] counters, final Function<C, String> name, final Function<C, String> help) {
    return Arrays.stream(counters).collect(Collectors.toUnmodifiableMap(name, help));
  }
}
