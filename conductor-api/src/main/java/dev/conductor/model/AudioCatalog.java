package dev.conductor.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The audio clips there are. Immutable.
 *
 * @param everywhere those of every conference
 * @param byConference further ones by the UID of their conference
 */
public record AudioCatalog(List<Audio> everywhere, Map<String, List<Audio>> byConference) {
  /** No clips. */
  public static final AudioCatalog NONE = new AudioCatalog(List.of(), Map.of());

  /** Copies the lists. */
  public AudioCatalog {
    everywhere = List.copyOf(everywhere);
    final Map<String, List<Audio>> copies = new LinkedHashMap<>();
    byConference.forEach((uid, clips) -> copies.put(uid, List.copyOf(clips)));
    byConference = Map.copyOf(copies);
  }

  /** The clips of a conference: its own after those of every conference. */
  public List<Audio> of(final String conferenceUid) {
    final List<Audio> clips = new ArrayList<>(everywhere);
    clips.addAll(byConference.getOrDefault(conferenceUid, List.of()));
    return List.copyOf(clips);
  }
}
