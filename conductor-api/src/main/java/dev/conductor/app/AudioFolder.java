package dev.conductor.app;

import dev.conductor.media.play.Clip;
import dev.conductor.media.play.Wav;
import dev.conductor.media.play.WavException;
import dev.conductor.media.play.WavReader;
import dev.conductor.model.Audio;
import dev.conductor.model.AudioCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of the clips that may be played to calls, read once: the WAV files in it are of every
 * conference, those in a folder named by a conference's UID of that one. What cannot be taken is
 * named in the log, counted and left out. The starting thread.
 */
final class AudioFolder {
  private static final Logger LOG = LoggerFactory.getLogger(AudioFolder.class);
  private static final String SUFFIX = ".wav";
  private static final int UID_CHARACTERS = 16;
  private static final int MAX_NAME_CHARACTERS = 256;
  private static final int MAX_LISTED = 10_000;

  private final Path folder;
  private final Limits limits;
  private final List<Audio> everywhere = new ArrayList<>();
  private final Map<String, List<Audio>> byConference = new LinkedHashMap<>();
  private final List<Clip> clips = new ArrayList<>();
  private long totalMs;
  private long leftOut;

  private AudioFolder(final Path folder, final Limits limits) {
    this.folder = folder;
    this.limits = limits;
  }

  /**
   * Reads the folder; it is made if it is not there.
   *
   * @throws IOException if it cannot be made or listed
   */
  static AudioFolder read(final Path folder, final Limits limits) throws IOException {
    Files.createDirectories(folder);
    final AudioFolder read = new AudioFolder(folder, limits);
    for (final Path file : list(folder, AudioFolder::isWav)) {
      read.add(file, read.everywhere);
    }
    for (final Path conference : list(folder, Files::isDirectory)) {
      final List<Audio> own = new ArrayList<>();
      for (final Path file : list(conference, AudioFolder::isWav)) {
        read.add(file, own);
      }
      read.byConference.put(conference.getFileName().toString(), own);
    }
    LOG.info(
        "audio clips in {}: {} of {} s, left out: {}",
        folder,
        read.clips.size(),
        read.totalMs / 1_000,
        read.leftOut);
    return read;
  }

  private static List<Path> list(final Path folder, final Predicate<Path> which)
      throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(which).limit(MAX_LISTED).sorted().toList();
    }
  }

  private static boolean isWav(final Path file) {
    final String name = file.getFileName().toString();
    return name.length() > SUFFIX.length()
        && name.toLowerCase(Locale.ROOT).endsWith(SUFFIX)
        && Files.isRegularFile(file);
  }

  private void add(final Path file, final List<Audio> to) {
    final Audio audio = audio(file);
    try {
      if (clips.size() >= limits.clips()) {
        throw new UnfitException("there are " + limits.clips() + " already");
      }
      final Clip clip = clip(file, audio);
      clips.add(clip);
      totalMs += clip.durationMs();
      to.add(audio);
    } catch (final UnfitException unfit) {
      leaveOut(audio.value() + ": " + unfit.getMessage());
    } catch (final WavException unfit) {
      leaveOut(unfit.getMessage());
    } catch (final IOException unreadable) {
      leaveOut(audio.value() + ": cannot be read: " + unreadable);
    }
  }

  private Clip clip(final Path file, final Audio audio) throws IOException {
    if (audio.name().length() > MAX_NAME_CHARACTERS
        || audio.value().chars().anyMatch(Character::isISOControl)) {
      throw new UnfitException("its name is too long or has control characters");
    }
    if (Files.size(file) > limits.bytes()) {
      throw new UnfitException("longer than " + limits.bytes() + " bytes");
    }
    final Wav wav;
    try (InputStream in = Files.newInputStream(file)) {
      wav = WavReader.read(audio.value(), in);
    }
    final long ms = wav.samples().length * 1_000L / wav.rateHz();
    if (ms > limits.seconds() * 1_000L) {
      throw new UnfitException("longer than " + limits.seconds() + " s");
    }
    if (totalMs + ms > limits.secondsInAll() * 1_000L) {
      throw new UnfitException("with it all would be longer than " + limits.secondsInAll() + " s");
    }
    return wav.toClip(audio.clipName());
  }

  private void leaveOut(final String reason) {
    leftOut++;
    LOG.warn("audio clip left out: {}", reason);
  }

  private Audio audio(final Path file) {
    final String value = folder.relativize(file).toString().replace('\\', '/');
    final String fileName = file.getFileName().toString();
    return new Audio(uid(value), fileName.substring(0, fileName.length() - SUFFIX.length()), value);
  }

  /** The same path has the same UID on every start. */
  private static String uid(final String value) {
    try {
      final byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().withUpperCase().formatHex(digest).substring(0, UID_CHARACTERS);
    } catch (final NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** Which conference has which. */
  AudioCatalog catalog() {
    return new AudioCatalog(everywhere, byConference);
  }

  /** Their sounds, named by {@link Audio#clipName}. */
  List<Clip> clips() {
    return List.copyOf(clips);
  }

  /** How many were taken and left out. */
  Map<String, Long> counters() {
    return Map.of("clips.loaded", (long) clips.size(), "clips.left.out", leftOut);
  }

  /**
   * How much is taken. Immutable.
   *
   * @param clips files
   * @param bytes of one file
   * @param seconds of one clip
   * @param secondsInAll of all clips; ready to be played a second takes 144 KB
   */
  record Limits(int clips, long bytes, int seconds, int secondsInAll) {
    /** All clips together take 173 MB at most. */
    static final Limits USUAL = new Limits(1_000, 64L << 20, 600, 1_200);
  }

  /** A file that is no clip for us; the message says why. */
  private static final class UnfitException extends IOException {
    private static final long serialVersionUID = 1L;

    UnfitException(final String reason) {
      super(reason);
    }
  }
}
