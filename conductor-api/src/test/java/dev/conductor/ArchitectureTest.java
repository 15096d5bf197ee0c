package dev.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The house as a test: which package may import which of ours, who may use which library, and what
 * is forbidden in the rooms where time and threads are handed in. The tables are the document; a
 * change of the house begins here.
 */
class ArchitectureTest {
  private static final String HOUSE = "dev.conductor.";
  private static final String EVERY_ROOM = "*";

  /** A package and the packages of ours it may import; {@code x.*} is x and all below it. */
  record Room(String name, List<String> mayImport) {
    static Room of(final String name, final String... mayImport) {
      return new Room(name, List.of(mayImport));
    }

    @Override
    public String toString() {
      return name + " -> " + mayImport;
    }
  }

  static final List<Room> ROOMS =
      List.of(
          Room.of("config"),
          Room.of("media.api"),
          Room.of("media.status"),
          Room.of("media.rtp", "media.status"),
          Room.of("media.dsp", "media.status"),
          Room.of("media.codec", "media.dsp", "media.status"),
          Room.of("media.jitter", "media.rtp", "media.status"),
          Room.of("media.mix", "media.api", "media.dsp", "media.status"),
          Room.of("media.play", "media.dsp", "media.status"),
          Room.of("media.record", "media.dsp", "media.status"),
          Room.of("media.net", "media.rtp", "media.status"),
          Room.of(
              "media.session",
              "media.api",
              "media.rtp",
              "media.dsp",
              "media.codec",
              "media.jitter",
              "media.net",
              "media.play",
              "media.status"),
          Room.of("media.agent", "config", "media.*"),
          Room.of("signaling.api"),
          Room.of("signaling.sdp", "signaling.api"),
          Room.of("signaling.dialog", "signaling.api", "signaling.sdp"),
          Room.of("signaling.trunk", "config", "signaling.api"),
          Room.of("signaling.guard", "config"),
          Room.of("signaling.sip", "config", "signaling.*"),
          Room.of("model"),
          Room.of("command", "model"),
          Room.of("event", "model"),
          Room.of("store", "config", "model", "event"),
          Room.of(
              "focus",
              "config",
              "model",
              "command",
              "event",
              "store",
              "media.api",
              "signaling.api"),
          Room.of("query", "model", "event"),
          Room.of("http", "config", "command", "query", "model", "notify"),
          Room.of("notify", "config", "event", "model", "query"),
          Room.of("metrics", "config", "media.api", "model", "command"),
          Room.of("demo", "config", "model", "media.rtp", "media.codec", "media.dsp", "media.play"),
          Room.of("app", EVERY_ROOM));

  /** Rooms of the plan without a class so far. The first class takes its room out of here. */
  static final Set<String> NOT_YET = Set.of("media.record");

  /** A library and the rooms that may use it; {@code app} sees everything. */
  record Library(String name, Predicate<JavaClass> isOf, List<String> rooms) {
    static Library of(final List<String> packages, final String... rooms) {
      final Predicate<JavaClass> isOf =
          type -> packages.stream().anyMatch(name -> isIn(name, type.getPackageName()));
      return new Library(packages.toString(), isOf, List.of(rooms));
    }

    @Override
    public String toString() {
      return name + " -> " + rooms;
    }
  }

  static final List<Library> LIBRARIES =
      List.of(
          Library.of(List.of("javax.sip", "gov.nist", "javax.net.ssl"), "signaling.sip"),
          // Session descriptions are read by our own parser.
          Library.of(List.of("javax.sdp")),
          // The simulated phones are the other end of the wire. Files and their locks are no
          // sockets.
          new Library(
              "java.nio.channels (sockets)",
              type ->
                  isIn("java.nio.channels", type.getPackageName())
                      && !type.getSimpleName().matches("(File|OverlappingFile).*"),
              List.of("media.net", "demo")),
          Library.of(
              List.of("org.jdbi", "org.flywaydb", "org.sqlite", "java.sql", "javax.sql"), "store"),
          Library.of(List.of("io.netty"), "http", "notify"),
          Library.of(List.of("com.fasterxml.jackson"), "config", "query", "http"),
          Library.of(List.of("io.micrometer", "io.prometheus"), "metrics"),
          Library.of(List.of("org.HdrHistogram"), "media.status"),
          Library.of(List.of("javax.crypto"), "media.rtp", "signaling.guard"),
          Library.of(List.of("com.sun.jna"), "media.codec", "media.net"),
          Library.of(List.of("io.github.jaredmdobson.concentus"), "media.codec"),
          Library.of(List.of("org.agrona"), "media.*", "focus", "store", "demo"),
          // Everywhere but in media, whose threads never log.
          Library.of(
              List.of("org.slf4j"),
              ROOMS.stream()
                  .map(Room::name)
                  .filter(name -> !name.startsWith("media."))
                  .toArray(String[]::new)),
          Library.of(List.of("picocli", "ch.qos.logback")));

  /** Methods that read a clock or wait: where time is a parameter, none of them may be called. */
  private static final Map<String, Set<String>> CLOCKS_AND_WAITS =
      Map.of(
          "java.lang.System", Set.of("nanoTime", "currentTimeMillis"),
          "java.lang.Thread", Set.of("sleep", "join"),
          "java.lang.Object", Set.of("wait"),
          "java.time.Instant", Set.of("now"),
          "java.time.Clock", Set.of("system", "systemUTC", "systemDefaultZone"));

  private static final Pattern COMMENT_OR_TEXT =
      Pattern.compile("/\\*.*?\\*/|//[^\\n]*|\"(\\\\.|[^\"\\\\\\n])*\"", Pattern.DOTALL);
  private static final Pattern SYNCHRONIZED = Pattern.compile("\\bsynchronized\\b");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.conductor");

  @ParameterizedTest
  @FieldSource("ROOMS")
  void shouldImportOfOursOnlyWhatTheTableSays(final Room room) {
    if (NOT_YET.contains(room.name())) {
      assertThat(classesOf(room.name()).stream().findFirst())
          .as("%s has its first class: take it out of NOT_YET", room.name())
          .isEmpty();
      return;
    }
    assertThat(classesOf(room.name()))
        .as("%s has no class, so this row guards nothing: put it into NOT_YET", room.name())
        .isNotEmpty();
    final List<String> breaches =
        dependencies(room.name())
            .filter(use -> isIn("dev.conductor", use.getTargetClass().getPackageName()))
            .filter(use -> !mayUse(room, use.getTargetClass()))
            .map(Dependency::getDescription)
            .toList();
    assertThat(breaches).as(room.toString()).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("LIBRARIES")
  void shouldUseALibraryOnlyWhereTheTableSays(final Library library) {
    final List<String> breaches =
        CLASSES.stream()
            .filter(type -> !isInAny(library.rooms(), type) && !isIn(HOUSE + "app", type))
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(use -> library.isOf().test(use.getTargetClass().getBaseComponentType()))
            .map(Dependency::getDescription)
            .toList();
    assertThat(breaches).as(library.toString()).isEmpty();
  }

  @Test
  void shouldHaveARowForEachClass() {
    final Set<String> rooms = ROOMS.stream().map(Room::name).collect(Collectors.toSet());
    final List<String> homeless =
        CLASSES.stream()
            .filter(type -> rooms.stream().noneMatch(room -> isIn(HOUSE + room, type)))
            .map(JavaClass::getName)
            .toList();
    assertThat(homeless).as("classes in a package that is in no row").isEmpty();
    assertThat(rooms).containsAll(NOT_YET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"media", "focus"})
  void shouldBeHandedTheTimeAndNeverWait(final String room) {
    final List<String> breaches = new ArrayList<>();
    classesOf(room)
        .forEach(
            type -> {
              type.getAccessesFromSelf().stream()
                  .filter(ArchitectureTest::readsAClockOrWaits)
                  .map(JavaAccess::getDescription)
                  .forEach(breaches::add);
              type.getDirectDependenciesFromSelf().stream()
                  .filter(use -> isWaitingLock(type, use.getTargetClass()))
                  .map(Dependency::getDescription)
                  .forEach(breaches::add);
            });
    assertThat(breaches).isEmpty();
  }

  @Test
  void shouldNotBeSynchronizedInMediaAndFocus() throws IOException {
    final Path root = Path.of(System.getProperty("conductor.root"));
    final List<Path> sources = new ArrayList<>();
    for (final String folder :
        List.of("media/src/main/java", "conductor-api/src/main/java/dev/conductor/focus")) {
      if (Files.isDirectory(root.resolve(folder))) {
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
          files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        }
      }
    }
    final List<Path> breaches = new ArrayList<>();
    for (final Path file : sources) {
      // The compiled class does not tell where a block is synchronized; the source does.
      final String code = COMMENT_OR_TEXT.matcher(Files.readString(file)).replaceAll(" ");
      if (SYNCHRONIZED.matcher(code).find()) {
        breaches.add(root.relativize(file));
      }
    }
    assertThat(sources).isNotEmpty();
    assertThat(breaches).isEmpty();
  }

  @Test
  void shouldShareFieldsBetweenThreadsInMediaOnlyInStatus() {
    final List<String> breaches = new ArrayList<>();
    classesOf("media").stream()
        .filter(type -> !isIn(HOUSE + "media.status", type))
        .forEach(
            type -> {
              type.getFields().stream()
                  .filter(field -> field.getModifiers().contains(JavaModifier.VOLATILE))
                  .map(field -> field.getFullName() + " is volatile")
                  .forEach(breaches::add);
              type.getDirectDependenciesFromSelf().stream()
                  .filter(
                      use ->
                          isIn("java.util.concurrent.atomic", use.getTargetClass())
                              || isNamed(use.getTargetClass(), "java.lang.invoke.VarHandle"))
                  .map(Dependency::getDescription)
                  .forEach(breaches::add);
            });
    assertThat(breaches).isEmpty();
  }

  @Test
  void shouldCallAgentWhatIsTheWorkOfOneThreadAndNothingElse() {
    final List<String> named = namesOf(type -> type.getSimpleName().endsWith("Agent"));
    final List<String> implementing =
        namesOf(type -> type.isAssignableTo("org.agrona.concurrent.Agent"));
    assertThat(named).containsExactlyElementsOf(implementing);
  }

  @Test
  void shouldKeepCommandsPlainData() {
    assertThat(classesOf("command")).isNotEmpty();
    assertThat(
            namesOf(
                type ->
                    isIn(HOUSE + "command", type)
                        && !type.isRecord()
                        && !type.isEnum()
                        && !type.isInterface()))
        .as("neither record, enum nor interface")
        .isEmpty();
  }

  @Test
  void shouldLeaveTheWordCallToTheMeeting() {
    assertThat(namesOf(type -> isIn(HOUSE + "signaling", type) && isCalled(type, "Call")))
        .isEmpty();
    assertThat(namesOf(type -> isIn(HOUSE + "media", type) && isCalled(type, "Call"))).isEmpty();
  }

  private static boolean mayUse(final Room room, final JavaClass target) {
    return isIn(HOUSE + room.name(), target) || isInAny(room.mayImport(), target);
  }

  private static boolean isInAny(final List<String> rooms, final JavaClass type) {
    return rooms.stream()
        .anyMatch(room -> room.equals(EVERY_ROOM) || isIn(HOUSE + room.replace(".*", ""), type));
  }

  private static boolean readsAClockOrWaits(final JavaAccess<?> access) {
    final AccessTarget target = access.getTarget();
    return CLOCKS_AND_WAITS
        .getOrDefault(target.getOwner().getName(), Set.of())
        .contains(target.getName());
  }

  /** How an agent idles between two ticks is its idle strategy's affair; that one may park. */
  private static boolean isWaitingLock(final JavaClass type, final JavaClass used) {
    final boolean isIdling =
        isNamed(used, "java.util.concurrent.locks.LockSupport")
            && type.isAssignableTo("org.agrona.concurrent.IdleStrategy");
    return isIn("java.util.concurrent.locks", used) && !isIdling;
  }

  private static boolean isCalled(final JavaClass type, final String name) {
    return type.getSimpleName().equals(name);
  }

  private static boolean isNamed(final JavaClass type, final String name) {
    return type.getBaseComponentType().getName().equals(name);
  }

  private static List<JavaClass> classesOf(final String room) {
    return CLASSES.stream()
        .filter(type -> isIn(HOUSE + room, type))
        .filter(type -> !isCalled(type, "package-info"))
        .toList();
  }

  private static Stream<Dependency> dependencies(final String room) {
    return classesOf(room).stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream());
  }

  private static List<String> namesOf(final Predicate<JavaClass> which) {
    return CLASSES.stream().filter(which).map(JavaClass::getName).sorted().toList();
  }

  private static boolean isIn(final String parent, final JavaClass type) {
    return isIn(parent, type.getBaseComponentType().getPackageName());
  }

  private static boolean isIn(final String parent, final String packageName) {
    return packageName.equals(parent) || packageName.startsWith(parent + ".");
  }
}
