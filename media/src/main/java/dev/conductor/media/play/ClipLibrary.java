package dev.conductor.media.play;

import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

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
   * Every {@code .wav} file under a directory; a clip's name is its path in there without the
   * ending, with {@code /} between folders: {@code greeting}, {@code music/waiting}.
   *
   * @throws WavException if one of them is not a WAV file that we take
   * @throws IOException if the directory or a file cannot be read
   */
  public static ClipLibrary fromDirectory(final Path directory) throws IOException {
    final List<Path> files;
    try (Stream<Path> walk = Files.walk(directory)) {
      files = walk.filter(Files::isRegularFile).filter(ClipLibrary::isWav).sorted().toList();
    }
    final List<Clip> clips = new ArrayList<>(files.size());
    for (final Path file : files) {
      final String path = directory.relativize(file).toString().replace('\\', '/');
      final String name = path.substring(0, path.length() - SUFFIX.length());
      try (InputStream in = Files.newInputStream(file)) {
        clips.add(WavReader.read(file.toString(), in).toClip(name));
      }
    }
    return new ClipLibrary(clips);
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

  private static boolean isWav(final Path file) {
    final String fileName = file.getFileName().toString();
    return fileName.endsWith(SUFFIX) && fileName.length() > SUFFIX.length();
  }
}
