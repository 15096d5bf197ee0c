package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A linphonec with Opus alone, that says what a file holds and writes down what it hears. */
final class Linphone implements RealPhone {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** At which it writes down what it hears by Opus. */
  private static final int RATE_HZ = 48_000;

  /** What it adds to its codecs by itself unless it is told not to: name and rate. */
  private static final List<String> NOT_WANTED =
      List.of("speex 16000", "speex 8000", "PCMU 8000", "PCMA 8000", "G729 8000");

  private final Path recording;
  private final ForeignTool tool;

  /** What the address dialled ends in. */
  private final String transport;

  private Linphone(final Path recording, final ForeignTool tool, final String transport) {
    this.recording = recording;
    this.tool = tool;
    this.transport = transport;
  }

  /**
   * Starts it.
   *
   * @param user its number
   * @param voice a WAV file
   */
  static Linphone start(final Path folder, final String user, final Path voice) throws IOException {
    return start(folder, user, voice, "");
  }

  /** Starts one that comes over TCP. */
  static Linphone overTcp(final Path folder, final String user, final Path voice)
      throws IOException {
    return start(folder, user, voice, ";transport=tcp");
  }

  private static Linphone start(
      final Path folder, final String user, final Path voice, final String transport)
      throws IOException {
    final Path program = ForeignTool.find("linphonec", "linphone-cli");
    // Without a place for its database it starts, but opens no port.
    Files.createDirectories(folder.resolve(".local/share/linphone"));
    final Path config = folder.resolve("linphonerc");
    Files.write(config, configuration(user, transport.isEmpty()));
    final Linphone phone =
        new Linphone(
            folder.resolve("heard.wav"),
            ForeignTool.start(folder, List.of(program.toString(), "-c", config.toString())),
            transport);
    // It reads no line before it has said that it is ready.
    phone.say("soundcard use files", "Using wav files");
    phone.tool.type("play " + voice);
    phone.tool.type("record " + phone.recording);
    return phone;
  }

  private static List<String> configuration(final String user, final boolean udp)
      throws IOException {
    final List<String> lines =
        new ArrayList<>(
            List.of(
                "[sip]",
                "sip_port=" + (udp ? -1 : 0),
                "sip_tcp_port=" + (udp ? 0 : -1),
                "sip_tls_port=0",
                "guess_hostname=0",
                "contact=sip:" + user + "@127.0.0.1",
                "use_ipv6=0",
                "ipv6_migration_done=1",
                "[rtp]",
                "audio_rtp_port=" + FreePorts.udpPair(),
                "[sound]",
                "echocancellation=0",
                "[audio_codec_0]",
                "mime=opus",
                "rate=48000",
                "channels=2",
                "enabled=1"));
    for (int i = 0; i < NOT_WANTED.size(); i++) {
      final String[] codec = NOT_WANTED.get(i).split(" ");
      lines.add("[audio_codec_" + (i + 1) + "]");
      lines.addAll(List.of("mime=" + codec[0], "rate=" + codec[1], "channels=1", "enabled=0"));
    }
    return lines;
  }

  @Override
  public void dial(final int sipPort) throws IOException {
    say("call sip:15550100@127.0.0.1:" + sipPort + transport, "Media streams established");
  }

  @Override
  public void key(final String digits) throws IOException {
    for (final char key : digits.toCharArray()) {
      tool.type(String.valueOf(key));
    }
  }

  @Override
  public void hangUp() throws IOException {
    say("terminate", "ended");
  }

  @Override
  public Recording heard() {
    return Files.exists(recording)
        ? Recording.readWithoutHeader(recording, RATE_HZ)
        : Recording.NOTHING;
  }

  @Override
  public String output() {
    return tool.output();
  }

  @Override
  public void close() {
    tool.close();
  }

  private void say(final String line, final String answer) throws IOException {
    tool.type(line);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(tool.output()).contains(answer));
  }
}
