package dev.conductor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
  @TempDir private Path folder;

  @Test
  void shouldTakeTheReferenceFileWhenNothingElseIsSaid() {
    final ConductorConfig config = ConfigLoader.defaults();

    assertThat(config.sip().host()).isEqualTo("0.0.0.0");
    assertThat(config.sip().port()).isEqualTo(5060);
    assertThat(config.sip().advertisedAddress()).isEmpty();
    assertThat(config.sip().codecs()).containsExactly("OPUS", "G722", "PCMU", "PCMA", "L16");
    assertThat(config.sip().localNetworks()).contains("127.0.0.0/8", "192.168.0.0/16", "::1/128");
    assertThat(config.rtp()).isEqualTo(new RtpConfig(10_000, 19_999, 5_000));
    assertThat(config.http().host()).isEqualTo("127.0.0.1");
    assertThat(config.http().port()).isEqualTo(8080);
    assertThat(config.events())
        .isEqualTo(
            new EventsConfig(
                "127.0.0.1", 8081, 1_000, 100, 5_000, 100, 16_384, 4_194_304, 15_000, false));
    assertThat(config.data().dir()).isEqualTo(Path.of("data"));
  }

  @Test
  void shouldLetTheFlagOutrankTheEnvironmentAndThatTheFile() throws IOException {
    final Path file = write("rtp:\n  first-port: 20000\n  last-port: 20999\n  quarantine-ms: 1\n");
    final ConductorConfig config =
        ConfigLoader.load(
            Optional.of(file),
            Map.of("CONDUCTOR_RTP_LAST_PORT", "21999", "CONDUCTOR_RTP_QUARANTINE_MS", "2"),
            Map.of("rtp.quarantine-ms", "3"));

    assertThat(config.rtp()).isEqualTo(new RtpConfig(20_000, 21_999, 3));
    assertThat(config.sip()).isEqualTo(ConfigLoader.defaults().sip());
  }

  @Test
  void shouldReplaceAListWholeWhereverItIsWritten() throws IOException {
    final Path file = write("sip:\n  codecs: [PCMA]\n  local-networks: []\n");

    assertThat(loadFile(file).sip().codecs()).containsExactly("PCMA");
    assertThat(loadFile(file).sip().localNetworks()).isEmpty();
    assertThat(loadEnvironment("CONDUCTOR_SIP_CODECS", " PCMA , PCMU").sip().codecs())
        .containsExactly("PCMA", "PCMU");
    assertThat(loadEnvironment("CONDUCTOR_SIP_LOCAL_NETWORKS", "").sip().localNetworks()).isEmpty();
    assertThat(loadFlag("sip.local-networks", "10.0.0.0/8,fe80::/10").sip().localNetworks())
        .containsExactly("10.0.0.0/8", "fe80::/10");
  }

  @Test
  void shouldTakeEmptyFilesAndEmptySectionsForNothingSaid() throws IOException {
    assertThat(loadFile(write(""))).isEqualTo(ConfigLoader.defaults());
    assertThat(loadFile(write("# nothing yet\n"))).isEqualTo(ConfigLoader.defaults());
    assertThat(loadFile(write("sip:\n  # port: 5070\nrtp:\n"))).isEqualTo(ConfigLoader.defaults());
    assertThat(loadFile(write("sip:\n  advertised-address:\n"))).isEqualTo(ConfigLoader.defaults());
  }

  @Test
  void shouldLeaveOtherProgramsVariablesAlone() {
    final ConductorConfig config =
        ConfigLoader.load(Optional.empty(), Map.of("SIP_PORT", "x", "PATH", "/bin"), Map.of());

    assertThat(config).isEqualTo(ConfigLoader.defaults());
  }

  @Test
  void shouldNameAWrongKeyWhereItStandsAndTheOneThatWasMeant() throws IOException {
    final Path file = write("sip:\n  host: 127.0.0.1\n  prot: 5070\n");

    assertThatThrownBy(() -> loadFile(file))
        .isInstanceOf(ConfigException.class)
        .hasMessage("sip.prot: no such key (did you mean sip.port?) (my.yaml line 3)");
    assertThatThrownBy(() -> loadFlag("spi.port", "1"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("spi.port: no such key (did you mean sip.port?) (flag --set spi.port)");
    assertThatThrownBy(() -> loadEnvironment("CONDUCTOR_SIP_PROT", "1"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "CONDUCTOR_SIP_PROT: no such key (did you mean CONDUCTOR_SIP_PORT?) (environment)");
    assertThatThrownBy(() -> loadFlag("something.else-entirely", "1"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("something.else-entirely: no such key (flag --set something.else-entirely)");
  }

  @Test
  void shouldSayThatASectionIsNoKey() throws IOException {
    final Path asValue = write("sip: 5060\n");
    assertThatThrownBy(() -> loadFile(asValue))
        .hasMessage("sip: a section, not a key; its keys stand below it (my.yaml line 1)");
    final Path asSection = write("sip:\n  port:\n    udp: 5060\n");
    assertThatThrownBy(() -> loadFile(asSection))
        .hasMessage("sip.port.udp: no such key (did you mean sip.port?) (my.yaml line 3)");
  }

  @Test
  void shouldNameEveryMistakeAtOnce() throws IOException {
    final Path file = write("sip:\n  port: 70000\nrtp:\n  frist-port: 1\n");

    assertThatThrownBy(
            () ->
                ConfigLoader.load(
                    Optional.of(file), Map.of("CONDUCTOR_HTTP_PORT", "web"), Map.of()))
        .hasMessageContaining("sip.port=70000 is not in 0..65535 (my.yaml line 2)")
        .hasMessageContaining("rtp.frist-port: no such key (did you mean rtp.first-port?)")
        .hasMessageContaining(
            "http.port=web is not a whole number (environment CONDUCTOR_HTTP_PORT)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sip.port | 70000 | sip.port=70000 is not in 0..65535",
        "sip.port | -1 | sip.port=-1 is not in 0..65535",
        "sip.port | 5060.5 | sip.port=5060.5 is not a whole number",
        "sip.port | '' | sip.port= is not a whole number",
        "sip.port | 99999999999 | sip.port=99999999999 is too large a number",
        "sip.host | '' | sip.host= is not an IPv4 or IPv6 address",
        "sip.host | sip.example.com | sip.host=sip.example.com is not an IPv4 or IPv6 address",
        "sip.host | 10.0.0.256 | sip.host=10.0.0.256 is not an IPv4 or IPv6 address",
        "sip.host | 10.0.1 | sip.host=10.0.1 is not an IPv4 or IPv6 address",
        "sip.host | 10.0.0.1. | sip.host=10.0.0.1. is not an IPv4 or IPv6 address",
        "sip.host | fe80:::1 | sip.host=fe80:::1 is not an IPv4 or IPv6 address",
        "sip.advertised-address | me | sip.advertised-address=me is not an IPv4 or IPv6 address",
        "sip.codecs | '' | sip.codecs must name at least one of [OPUS, G722, PCMU, PCMA, L16]",
        "sip.codecs | PCMU,G729 | sip.codecs=G729 is not one of [OPUS, G722, PCMU, PCMA, L16]",
        "media.warm-up-ms | 10001 | media.warm-up-ms=10001 is not in 0..10000",
        "media.auto-level | yes | media.auto-level=yes is neither true nor false",
        "sip.codecs | PCMU,PCMU | sip.codecs=[PCMU, PCMU] names one twice",
        "sip.local-networks | 10.0.0.0 | sip.local-networks=10.0.0.0 is not a network such as",
        "sip.local-networks | 10.0.0.0/ | sip.local-networks=10.0.0.0/ is not a network such as",
        "sip.local-networks | lan/8 | sip.local-networks=lan/8 is not a network such as",
        "sip.local-networks | 10.0.0.0/33 | =10.0.0.0/33 has a prefix that is not in 0..32",
        "sip.local-networks | ::/129 | sip.local-networks=::/129 has a prefix that is not in"
            + " 0..128",
        "sip.accept | closed | sip.accept=closed is not one of [open, listed, accounts]",
        "sip.accept | accounts | sip.accept=accounts needs sip.accounts-file beside it",
        "sip.allowed-networks | 10.0.0.0 | sip.allowed-networks=10.0.0.0 is not a network such",
        "sip.realm | 'a b' | sip.realm=a b is not 1 to 64 letters, digits, dots",
        "sip.tcp-message-ms | 999 | sip.tcp-message-ms=999 is not in 1000..600000",
        "rtp.last-port | 10000 | rtp.last-port=10000 is not in 10001..65535",
        "media.silent-line-end-ms | 29999 | media.silent-line-end-ms=29999 is not in 30000..",
        "media.prompt-language | xx | media.prompt-language=xx is not one of [en]",
        "http.host | ' ' | http.host must not be empty",
        "http.tls-certificate | a.pem | http.tls-certificate=a.pem needs http.tls-key beside it",
        "http.tls-key | b.pem | http.tls-key=b.pem needs http.tls-certificate beside it",
        "http.cors-origins | host.example | http.cors-origins=host.example is not an origin",
        "http.cors-origins | https://a.example/ | =https://a.example/ is not an origin such as",
        "http.cors-origins | https://a.example,null | http.cors-origins=null is not an origin",
        "http.max-headers | 7 | http.max-headers=7 is not in 8..10000",
        "data.dir | '' | data.dir must not be empty",
        "data.url | jdbc:mysql://db/x | data.url=jdbc:mysql://db/x is not a URL such as jdbc:postgresql://host:5432/database",
        "data.user | me | data.user=me is for data.url, and that is empty",
        "data.url | jdbc:postgresql://db/x?password=secret | data.url must hold no password: give it in data.password-file",
        "data.call-record-days | -1 | data.call-record-days=-1 is not in 0..36500",
      })
  void shouldRefuseAValueThatCannotBeAndNameItsSource(
      final String key, final String value, final String message) {
    assertThatThrownBy(() -> loadFlag(key, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message)
        .hasMessageEndingWith("(flag --set " + key + ")");
  }

  @Test
  void shouldKeepTheKeysOfAGroupInItsSection() {
    final HttpConfig http =
        ConfigLoader.load(
                Optional.empty(),
                Map.of("CONDUCTOR_HTTP_TLS_KEY", "key.pem"),
                Map.of(
                    "http.tls-certificate", "cert.pem",
                    "http.cors-origins", "https://a.example:8443,*",
                    "http.max-body-bytes", "2048"))
            .http();
    assertThat(http.tls())
        .isEqualTo(new HttpConfig.Tls(Path.of("cert.pem"), Path.of("key.pem")))
        .matches(HttpConfig.Tls::isOn);
    assertThat(http.limits().maxBodyBytes()).isEqualTo(2_048);
    assertThat(http.corsOrigins()).containsExactly("https://a.example:8443", "*");
    assertThat(ConfigLoader.defaults().http().tls().isOn()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"::", "::1", "2001:db8::10", "255.255.255.255", "192.0.2.7", "::ffff:192.0.2.7"})
  void shouldTakeEveryFormOfAddress(final String address) {
    assertThat(loadFlag("sip.host", address).sip().host()).isEqualTo(address);
  }

  @Test
  void shouldRefuseAListWhereOneValueIsMeant() throws IOException {
    final Path file = write("sip:\n  port: [5060, 5070]\n");
    assertThatThrownBy(() -> loadFile(file))
        .hasMessage("sip.port=[5060, 5070] must be one value, not a list (my.yaml line 2)");
    final Path nested = write("sip:\n  codecs:\n    - PCMU\n    - name: PCMA\n");
    assertThatThrownBy(() -> loadFile(nested))
        .hasMessageStartingWith("sip.codecs: each item of the list must be a plain value");
  }

  @Test
  void shouldNameFileAndLineWhenItIsNotYaml() throws IOException {
    for (final String text :
        List.of("sip:\n  port: 1\n  port: 2\n", "sip:\n\tport: 1\n", "sip:\n  host: [\n")) {
      final Path file = write(text);
      assertThatThrownBy(() -> loadFile(file))
          .as(text)
          .isInstanceOf(ConfigException.class)
          .hasMessageMatching("my\\.yaml line \\d+: .+");
    }
    final Path scalar = write("5060\n");
    assertThatThrownBy(() -> loadFile(scalar)).hasMessageContaining("sections with keys");
    final Path two = write("sip:\n  port: 1\n---\nsip:\n  port: 2\n");
    assertThatThrownBy(() -> loadFile(two)).hasMessageContaining("second document");
  }

  @Test
  void shouldSayThatAFileIsNotThere() {
    final Path missing = folder.resolve("missing.yaml");
    assertThatThrownBy(() -> loadFile(missing))
        .isInstanceOf(ConfigException.class)
        .hasMessage(missing + ": no such file");
  }

  @Test
  void shouldPrintWhatReadsBackToTheSame() throws IOException {
    final ConductorConfig config =
        ConfigLoader.load(
            Optional.empty(),
            Map.of("CONDUCTOR_DATA_DIR", "a folder: with # signs"),
            Map.of("sip.local-networks", "", "sip.codecs", "PCMA", "sip.host", "::"));

    assertThat(loadFile(write(ConfigPrinter.render(config)))).isEqualTo(config);
    assertThat(loadFile(write(ConfigPrinter.render(ConfigLoader.defaults()))))
        .isEqualTo(ConfigLoader.defaults());
    assertThat(ConfigPrinter.render(config)).startsWith("sip:\n  host:").contains("  port: 5060\n");
  }

  @Test
  void shouldReadTrunksWithTheirDefaults() throws IOException {
    final SipConfig sip =
        loadFile(
                write(
                    "sip:\n"
                        + "  trunks:\n"
                        + "    - name: carrier\n"
                        + "      proxies: [sip.example.net, '10.0.0.1:5070']\n"
                        + "      user: ann\n"
                        + "      password: sesame\n"
                        + "      register: true\n"
                        + "      routes:\n"
                        + "        - +1 strip=1 prepend=9 priority=10\n"
                        + "    - name: sbc\n"
                        + "      addresses: 192.0.2.0/24\n"
                        + "      asymmetric-rtp: true\n"))
            .sip();

    assertThat(sip.trunks()).extracting(TrunkConfig::name).containsExactly("carrier", "sbc");
    final TrunkConfig carrier = sip.trunks().get(0);
    assertThat(carrier.proxies()).containsExactly("sip.example.net", "10.0.0.1:5070");
    assertThat(carrier.password().reveal()).isEqualTo("sesame");
    assertThat(carrier.toString()).doesNotContain("sesame");
    assertThat(carrier.account().registerSeconds()).isEqualTo(3_600);
    assertThat(carrier.parsedRoutes()).containsExactly(new TrunkRoute("+1", 1, "9", 10));
    assertThat(carrier.parsedRoutes().get(0).written("+15550100")).isEqualTo("915550100");
    assertThat(sip.trunks().get(1).addresses()).containsExactly("192.0.2.0/24");
    assertThat(sip.trunks().get(1).directEntry()).isTrue();
    assertThat(carrier.asymmetricRtp()).isFalse();
    assertThat(sip.trunks().get(1).asymmetricRtp()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: a b, addresses: 10.0.0.0/8|sip.trunks[0].name=a b is not a name",
        "addresses: 10.0.0.0/8|sip.trunks[0].name: missing",
        "name: a, addresses: 10.0.0.7|sip.trunks[0].addresses=10.0.0.7 is not a network such as 10.0.0.0/8, or 10.0.0.7/32 for",
        "name: a|sip.trunks[0].addresses and proxies must not both be empty",
        "name: a, proxies: b, asymmetric-rtp: true|sip.trunks[0].addresses must not be empty where"
            + " asymmetric-rtp is true",
        "name: a, addresses: 10.0.0.0/8, prot: 5|sip.trunks[0].prot: no such key (my.yaml line 3)",
        "name: a, proxies: b, options-seconds: 3601|sip.trunks[0].options-seconds=3601 is not in"
            + " 0..3600",
        "name: a, proxies: b, routes: x|sip.trunks[0].routes=x is not like",
        "name: a, proxies: b, register: true|sip.trunks[0].user must not be empty",
        "name: a, proxies: 'b:0'|sip.trunks[0].proxies=b:0 has a port",
        "name: a, proxies: [[b]]|sip.trunks: each item of the list must be a plain value",
      })
  void shouldSayWhatIsWrongWithATrunk(final String keys, final String problem) throws IOException {
    final Path file = write("sip:\n  trunks:\n    - {" + keys + "}\n");
    assertThatThrownBy(() -> loadFile(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void shouldNotPrintAPassword() throws IOException {
    final ConductorConfig config =
        loadFile(
            write(
                "sip:\n"
                    + "  trunks:\n"
                    + "    - {name: a, proxies: b, user: ann, password: sesame, routes: ['*']}\n"));
    final String printed = ConfigPrinter.render(config);
    assertThat(printed).contains("- name: a").doesNotContain("sesame");
    assertThat(config.toString()).doesNotContain("sesame");
    assertThat(loadFile(write(printed)).sip().trunks().get(0).routes()).containsExactly("*");
  }

  private ConductorConfig loadFile(final Path file) {
    return ConfigLoader.load(Optional.of(file), Map.of(), Map.of());
  }

  private static ConductorConfig loadEnvironment(final String variable, final String value) {
    return ConfigLoader.load(Optional.empty(), Map.of(variable, value), Map.of());
  }

  private static ConductorConfig loadFlag(final String key, final String value) {
    return ConfigLoader.load(Optional.empty(), Map.of(), Map.of(key, value));
  }

  private Path write(final String text) throws IOException {
    return Files.writeString(folder.resolve("my.yaml"), text, StandardCharsets.UTF_8);
  }
}
