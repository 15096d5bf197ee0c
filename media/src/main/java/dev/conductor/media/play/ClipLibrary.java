package dev.conductor.media.play;

import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The clips that can be played, by name. Made before the agents start; all sounds are in memory at
 * each plane's rate (144 KB a second).
 *
 * @threading immutable; any thread. The makers do I/O: not on media agents.
 * @allocation none in {@link #get}.
 */
public final class ClipLibrary {
  private static final String SUFFIX = ".wav";

  private final Map<String, Clip> clips;

  private ClipLibrary(final Collection<Clip> clips) {
    final Map<String, Clip> byName = new HashMap<>();
    for (final Clip clip : clips) {
      if (byName.putIfAbsent(clip.name(), clip) != null) {
        throw new IllegalArgumentException("two clips are named '" + clip.name() + "'");
      }
    }
    this.clips = Map.copyOf(byName);
  }

  /** A library of these; two of one name are refused. */
  public static ClipLibrary of(final Clip... clips) {
    return new ClipLibrary(List.of(clips));
  }

  /**
   * Clips shipped on the class path: for each name the resource {@code <folder>/<name>.wav}.
   *
   * @param loader where the resources are
   * @param folder without a slash at either end, as {@code dev/conductor/config/prompts/en}
   * @param names of the clips
   * @throws FileNotFoundException naming the resource that is not there
   * @throws WavException if one of them is not a WAV file that we take
   * @throws IOException if one cannot be read
   */
  public static ClipLibrary fromResources(
      final ClassLoader loader, final String folder, final Collection<String> names)
      throws IOException {
    final List<Clip> clips = new ArrayList<>(names.size());
    for (final String name : names) {
      final String resource = folder + '/' + name + SUFFIX;
      try (InputStream in = loader.getResourceAsStream(resource)) {
        if (in == null) {
          throw new FileNotFoundException("no resource '" + resource + "' on the class path");
        }
        clips.add(WavReader.read(resource, in).toClip(name));
      }
    }
    return new ClipLibrary(clips);
  }

  /** These and those of another; two of one name are refused. */
  public ClipLibrary plus(final ClipLibrary other) {
    final List<Clip> both = new ArrayList<>(clips.values());
    both.addAll(other.clips.values());
    return new ClipLibrary(both);
  }

  /** The clip of this name, or null. */
  public Clip get(final String name) {
    return clips.get(name);
  }

  /**
   * The clips of these names, in their order; those that are in no library are left out.
   *
   * @param counters count what is left out
   */
  public List<Clip> find(final List<String> names, final MediaCounters counters) {
    final List<Clip> found = new ArrayList<>(names.size());
    for (final String name : names) {
      final Clip clip = clips.get(name);
      if (clip == null) {
        counters.increment(MediaCounter.CLIPS_UNKNOWN);
      } else {
        found.add(clip);
      }
    }
    return found;
  }

  /** All names, in order. */
  public Set<String> names() {
    return new TreeSet<>(clips.keySet());
  }
}
