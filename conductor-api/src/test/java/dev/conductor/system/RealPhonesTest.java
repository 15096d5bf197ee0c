package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.demo.DemoConference;
import dev.conductor.demo.Voices;
import dev.conductor.media.play.Tone;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Phones that others made, each with another codec, in one call: four baresips (U: PCMU, G: G.722,
 * L: L16, O: Opus, which shares one port with RTCP) and a linphonec (X: Opus). What each hears it
 * writes down itself, and tshark reads what the server sent.
 */
class RealPhonesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int AMPLITUDE = 2_500;
  private static final int WINDOW_MS = 800;
  private static final double KEYING_HZ = 5;

  /** Each one's voice; O has a treble T as well, which does not fit through the line of U. */
  private static final Map<Character, Double> VOICES = new LinkedHashMap<>();

  static {
    VOICES.put('U', 400.0);
    VOICES.put('G', 1_000.0);
    VOICES.put('L', 1_600.0);
    VOICES.put('O', 2_200.0);
    VOICES.put('X', 2_900.0);
    VOICES.put('T', 5_500.0);
  }

  private static final Map<Character, String> HEARD =
      Map.of('U', "GLOX", 'G', "ULOXT", 'L', "UGOXT", 'O', "UGLX", 'X', "UGLOT");

  /** By tshark's names. */
  private static final Map<Character, String> CODECS =
      Map.of('U', "ITU-T G.711 PCMU", 'G', "ITU-T G.722", 'L', "L16", 'O', "opus", 'X', "opus");

  private static final char MUXED = 'O';
  private static final int SENDER_REPORT = 200;
  private static final int GOODBYE = 203;

  /** Malformed, or worth a warning. */
  private static final String BAD = "_ws.malformed || _ws.expert.severity >= 0x600000";

  private final Map<Character, RealPhone> phones = new LinkedHashMap<>();
  private final Map<Character, WireTap> taps = new LinkedHashMap<>();

  @TempDir private Path folder;

  @Test
  void shouldHearOneAnotherAndGetSoundPacketsWhenEachHasAnotherCodec() throws Exception {
    final Path captured = folder.resolve("sent.pcap");
    final Dissection dissection = new Dissection(folder, captured);
    try (RunningServer server = RunningServer.start();
        Capture capture = new Capture(captured)) {
      try {
        startPhones();
        enter(server, capture);
        shouldHearTheOthersAndNeverThemselves();
        awaitFromServer(SENDER_REPORT);
        for (final RealPhone phone : phones.values()) {
          phone.hangUp();
        }
        await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 0);
        awaitFromServer(GOODBYE);
        shouldReadWell(dissection);
        shouldNoticeABadPacket(dissection, server, capture);
      } finally {
        phones.values().forEach(RealPhone::close);
        for (final WireTap tap : taps.values()) {
          tap.close();
        }
      }
    }
  }

  private void startPhones() throws IOException {
    phones.put('U', baresip('U', "PCMU/8000/1", 8_000, 1));
    phones.put('G', baresip('G', "G722/16000/1", 16_000, 1));
    phones.put('L', baresip('L', "L16/16000/1", 16_000, 1));
    phones.put('O', baresip('O', "opus/48000/2", 48_000, 2, "rtcp_mux yes"));
    final Path home = Files.createDirectory(folder.resolve("X"));
    phones.put('X', Linphone.start(home, "X", voice('X', 48_000, 1)));
  }

  private RealPhone baresip(
      final char name,
      final String codec,
      final int rateHz,
      final int channels,
      final String... more)
      throws IOException {
    final Path home = Files.createDirectory(folder.resolve(String.valueOf(name)));
    return Baresip.start(home, String.valueOf(name), codec, voice(name, rateHz, channels), more);
  }

  private void enter(final RunningServer server, final Capture capture) throws IOException {
    final List<String> pins = DemoConference.participantPins();
    for (final Map.Entry<Character, RealPhone> entry : phones.entrySet()) {
      final RealPhone phone = entry.getValue();
      final WireTap tap = new WireTap(server.sip(), capture);
      final String pin = pins.get(taps.size());
      taps.put(entry.getKey(), tap);
      phone.dial(tap.sipPort());
      phone.key(pin + "#");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(
                          server
                              .api()
                              .callerByNumber(entry.getKey().toString())
                              .path("PIN")
                              .asText())
                      .as(phone.output())
                      .isEqualTo(pin));
    }
  }

  /** All at once; and from then on for as long again nobody hears himself. */
  private void shouldHearTheOthersAndNeverThemselves() {
    final Map<Character, Integer> fromMs = new HashMap<>();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                phones.forEach(
                    (name, phone) -> {
                      final Recording heard = phone.heard();
                      fromMs.put(name, Math.max(0, heard.lengthMs() - WINDOW_MS));
                      assertThat(heardIn(heard, fromMs.get(name)))
                          .as("%s hears", name)
                          .isEqualTo(inOrder(HEARD.get(name)));
                    }));
    phones.forEach(
        (name, phone) -> {
          final int nextMs = fromMs.get(name) + WINDOW_MS;
          await().atMost(PATIENCE).until(() -> phone.heard().lengthMs() > nextMs + WINDOW_MS);
          assertThat(heardIn(phone.heard(), nextMs)).as(name + " hears").doesNotContain("" + name);
        });
  }

  private void awaitFromServer(final int rtcpType) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                taps.forEach(
                    (name, tap) ->
                        assertThat(tap.sentByServer(rtcpType))
                            .as("RTCP %d to %s", rtcpType, name)
                            .isPositive()));
  }

  private void shouldReadWell(final Dissection dissection) throws Exception {
    assertThat(dissection.lines(BAD, "frame.number", "_ws.col.Info", "_ws.expert.message"))
        .isEmpty();
    for (final Map.Entry<Character, WireTap> entry : taps.entrySet()) {
      final int port = entry.getValue().rtpTarget().getPort();
      final String codec = CODECS.get(entry.getKey());
      assertThat(dissection.lines("rtp && udp.dstport == " + port, "_ws.col.Info"))
          .as("RTP to %s", entry.getKey())
          .hasSizeGreaterThan(50)
          .allSatisfy(info -> assertThat(info).startsWith("PT=" + codec + ","));
      final int rtcpPort = entry.getKey() == MUXED ? port : port + 1;
      final List<String> reports =
          dissection.lines("rtcp && udp.dstport == " + rtcpPort, "rtcp.pt", "rtcp.rc");
      assertThat(reports).as("RTCP to %s", entry.getKey()).contains("200,202\t1");
      assertThat(reports.get(reports.size() - 1)).contains("202,203");
    }
  }

  /** That the reading above finds what is wrong: a report that ends before its length says. */
  private void shouldNoticeABadPacket(
      final Dissection dissection, final RunningServer server, final Capture capture)
      throws Exception {
    final ByteBuffer cut = ByteBuffer.allocate(12);
    cut.put((byte) 0x81).put((byte) SENDER_REPORT).putShort((short) 12).putLong(0).flip();
    final InetSocketAddress rtp = taps.get('U').rtpTarget();
    capture.add(server.sip(), new InetSocketAddress(rtp.getAddress(), rtp.getPort() + 1), cut);
    assertThat(dissection.lines(BAD, "frame.protocols")).containsExactly("raw:ip:udp:rtcp");
  }

  private static String heardIn(final Recording heard, final int fromMs) {
    return VOICES.keySet().stream()
        .filter(
            name ->
                heard.amplitude(VOICES.get(name), fromMs, WINDOW_MS) > Voices.threshold(AMPLITUDE))
        .map(String::valueOf)
        .collect(Collectors.joining());
  }

  private static String inOrder(final String names) {
    return VOICES.keySet().stream()
        .map(String::valueOf)
        .filter(names::contains)
        .collect(Collectors.joining());
  }

  private Path voice(final char name, final int rateHz, final int channels) throws IOException {
    final List<Tone> tones = new ArrayList<>();
    tones.add(Tone.keyed(VOICES.get(name), AMPLITUDE, KEYING_HZ, rateHz));
    if (name == 'O') {
      tones.add(Tone.keyed(VOICES.get('T'), AMPLITUDE, KEYING_HZ, rateHz));
    }
    final Path file = folder.resolve(name + ".wav");
    VoiceFile.write(file, rateHz, channels, tones.toArray(Tone[]::new));
    return file;
  }
}
