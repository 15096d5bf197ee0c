package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A baresip with one codec, that says what a file holds and writes down what it hears. */
final class Baresip implements RealPhone {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<Path> MODULES =
      List.of(
          Path.of("/usr/lib/baresip/modules"),
          Path.of("/usr/lib/x86_64-linux-gnu/baresip/modules"),
          Path.of("/usr/local/lib/baresip/modules"));

  /**
   * Where it stands.
   *
   * @param doorway what its command begins with, to be started there; none for here
   * @param address its own
   * @param sipPort UDP and TCP port, TLS has the one above; 0: any
   */
  private record Place(List<String> doorway, String address, int sipPort) {
    static final Place HERE = new Place(List.of(), "127.0.0.1", 0);
  }

  private final Path folder;
  private final ForeignTool tool;
  private final BaresipLink link;

  /** What the address dialled ends in. */
  private final String transport;

  private Baresip(
      final Path folder, final ForeignTool tool, final BaresipLink link, final String transport) {
    this.folder = folder;
    this.tool = tool;
    this.link = link;
    this.transport = transport;
  }

  /**
   * Starts it.
   *
   * @param user its number
   * @param codec as its account has it, as {@code PCMU/8000/1}
   * @param voice a WAV file at the codec's rate and channels
   * @param more further lines of its configuration
   */
  static Baresip start(
      final Path folder,
      final String user,
      final String codec,
      final Path voice,
      final String... more)
      throws IOException {
    return start(folder, Place.HERE, user, "audio_codecs=" + codec, voice, "", List.of(more));
  }

  /** Starts one with PCMU in a network of its own, where it has this address. */
  static Baresip in(
      final Namespace network,
      final String address,
      final Path folder,
      final String user,
      final Path voice)
      throws IOException {
    return start(
        folder,
        new Place(network.doorway(), address, 0),
        user,
        "audio_codecs=PCMU/8000/1",
        voice,
        "",
        List.of());
  }

  /**
   * Starts one that waits for calls over TLS, with PCMU, and answers them at once.
   *
   * @param address where it waits
   * @param tlsPort at which
   * @param certificate its own and its key
   */
  static Baresip answeringOverTls(
      final Path folder,
      final String user,
      final Path voice,
      final String address,
      final int tlsPort,
      final Path certificate)
      throws IOException {
    return start(
        folder,
        new Place(List.of(), address, tlsPort - 1),
        user,
        "audio_codecs=PCMU/8000/1;transport=tls;mediaenc=srtp;answermode=auto",
        voice,
        ";transport=tls",
        List.of("module srtp.so", "sip_certificate " + certificate));
  }

  /**
   * Starts one that comes over TLS, with PCMU.
   *
   * @param issuer whose certificates it takes
   * @param encryption of its sound, as {@code srtp} or {@code srtp-mand}
   */
  static Baresip overTls(
      final Path folder,
      final String user,
      final Path voice,
      final Path issuer,
      final String encryption)
      throws IOException {
    return start(
        folder,
        Place.HERE,
        user,
        "audio_codecs=PCMU/8000/1;transport=tls;mediaenc=" + encryption,
        voice,
        ";transport=tls",
        List.of("module srtp.so", "sip_cafile " + issuer, "sip_verify_server yes"));
  }

  private static Baresip start(
      final Path folder,
      final Place place,
      final String user,
      final String account,
      final Path voice,
      final String transport,
      final List<String> more)
      throws IOException {
    final Path program = ForeignTool.find("baresip", "baresip");
    final int control = FreePorts.udpPair();
    final List<String> lines =
        new ArrayList<>(
            List.of(
                "sip_listen " + place.address() + ":" + place.sipPort(),
                "ctrl_tcp_listen 127.0.0.1:" + control,
                // Below the server's, which lie below those the system gives out by itself.
                "rtp_ports 10000-15998",
                "audio_source aufile," + voice,
                "snd_path " + folder,
                "module_path " + modules(),
                "module aufile.so",
                "module sndfile.so",
                "module_app account.so",
                "module_app menu.so",
                "module_app ctrl_tcp.so"));
    for (final String name : List.of("g711", "g722", "opus", "l16")) {
      lines.add("module " + name + ".so");
    }
    lines.addAll(more);
    Files.write(folder.resolve("config"), lines);
    Files.writeString(
        folder.resolve("accounts"),
        "<sip:" + user + "@" + place.address() + ">;regint=0;" + account + ";dtmfmode=rtpevent\n");
    Files.writeString(folder.resolve("contacts"), "");
    final List<String> command = new ArrayList<>(place.doorway());
    command.addAll(List.of(program.toString(), "-f", folder.toString()));
    final ForeignTool tool = ForeignTool.start(folder, command);
    final BaresipLink link =
        await()
            .atMost(PATIENCE)
            .ignoreExceptionsInstanceOf(IOException.class)
            .until(() -> link(place, control), Objects::nonNull);
    return new Baresip(folder, tool, link, transport);
  }

  private static Path modules() {
    return MODULES.stream().filter(Files::isDirectory).findFirst().orElse(MODULES.get(0));
  }

  @Override
  public void dial(final int sipPort) throws IOException {
    dial("127.0.0.1:" + sipPort);
  }

  /** Dials the demo's number at this address and port. */
  void dial(final String hostPort) throws IOException {
    command("dial", "sip:15550100@" + hostPort + transport);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(tool.output()).contains("Call established"));
  }

  @Override
  public void key(final String digits) throws IOException {
    for (final char key : digits.toCharArray()) {
      command("sndcode", String.valueOf(key));
    }
  }

  /** Puts the far end on hold by a re-INVITE. */
  void hold() throws IOException {
    command("hold", "");
  }

  /** Takes it off hold. */
  void resume() throws IOException {
    command("resume", "");
  }

  @Override
  public void hangUp() throws IOException {
    command("hangup", "");
  }

  @Override
  public Recording heard() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith("-dec.wav"))
          .findFirst()
          .map(Recording::read)
          .orElse(Recording.NOTHING);
    } catch (final IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public String output() {
    return tool.output();
  }

  @Override
  public void close() {
    tool.close();
    try {
      link.close();
    } catch (final IOException unclosed) {
      throw new UncheckedIOException(unclosed);
    }
  }

  /** One command to its control port. */
  private void command(final String name, final String parameter) throws IOException {
    try {
      link.ask(name, parameter);
    } catch (final IOException gone) {
      throw new IOException(name + ": " + output(), gone);
    }
  }

  private static BaresipLink link(final Place place, final int control) throws IOException {
    return place.doorway().isEmpty()
        ? BaresipLink.open(control)
        : BaresipLink.open(place.doorway(), control);
  }
}
