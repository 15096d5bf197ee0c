package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.demo.DemoConference;
import dev.conductor.http.SelfSigned;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIPp as a caller of the whole server. */
class SippCallersTest {
  private static final String STRANGER = "127.0.0.77";
  private static final String VICTIM = "127.0.0.99";

  @TempDir private Path folder;

  /** Debian's SIPp has no TLS: it speaks through a tunnel, with the words of TLS. */
  @ParameterizedTest
  @ValueSource(strings = {"sip", "sips"})
  void shouldTakeACallOverTlsWithKeysAndHangUpOverItsConnection(final String scheme)
      throws Exception {
    final SelfSigned files = new SelfSigned(folder);
    files.make("server", "EC");
    try (RunningServer server =
            RunningServer.start(
                Map.of(
                    "sip.tls-port", "0",
                    "sip.tls-certificate", folder.resolve("server.cert").toString(),
                    "sip.tls-key", folder.resolve("server.key").toString()),
                List.of(DemoConference.seed()),
                Map.of(),
                "sip:\n  trunks:\n    - {name: sbc, addresses: [127.0.0.1/32]}\n");
        TlsTunnel tunnel = new TlsTunnel(files.trusting(), server.sipTlsPort());
        SippPeer caller =
            SippPeer.call(
                "tls-caller",
                "127.0.0.1",
                tunnel.entrance(),
                "15550100*" + DemoConference.HOST_PIN,
                "t1",
                Map.of(
                    "SCHEME",
                    scheme,
                    "TRANSPORT",
                    "TLS",
                    "CONTACT",
                    scheme + ":.*" + server.sipTlsPort(),
                    "PORT",
                    Integer.toString(server.sipTlsPort())))) {
      caller.awaitWhilePlaying(() -> server.api().activeCallers() == 1);
      assertThat(server.api().command("closeCall")).isEqualTo("TRUE");
      caller.assertPassed();
    }
  }

  /** He acknowledges, and names another's address at first, and later. */
  @Test
  void shouldTurnNoSoundOnWhomAStrangerNamesInACallOfHisOwn() throws Exception {
    try (RunningServer server =
            RunningServer.start(Map.of("sip.allowed-networks", "127.0.0.1/32"));
        DatagramSocket own = new DatagramSocket(0, InetAddress.getByName(STRANGER));
        DatagramSocket victim = new DatagramSocket(0, InetAddress.getByName(VICTIM));
        DatagramSocket victimRtcp = new DatagramSocket(0, InetAddress.getByName(VICTIM))) {
      final Map<String, String> words =
          Map.of(
              "ADDRESS", VICTIM,
              "MEDIA", Integer.toString(victim.getLocalPort()),
              "RTCP", Integer.toString(victimRtcp.getLocalPort()),
              "OWN", Integer.toString(own.getLocalPort()));
      try (SippPeer caller =
          SippPeer.call("names-another", STRANGER, server.sip(), "15550100", "u1", words)) {
        caller.assertPassed();
      }
      assertThat(comes(own)).as("sound to the address he calls from").isTrue();
      assertThat(comes(victim)).as("sound to another").isFalse();
      assertThat(comes(victimRtcp)).as("RTCP to another").isFalse();
    }
  }

  /** The same of a peer we know: he is believed. */
  @Test
  void shouldSendWhereAKnownPeerWantsIt() throws Exception {
    try (RunningServer server = RunningServer.start(Map.of("sip.allowed-networks", "127.0.0.0/8"));
        DatagramSocket media = new DatagramSocket(0, InetAddress.getByName(VICTIM))) {
      final String port = Integer.toString(media.getLocalPort());
      try (SippPeer caller =
          SippPeer.call(
              "names-another",
              STRANGER,
              server.sip(),
              "15550100",
              "u1",
              Map.of("ADDRESS", VICTIM, "MEDIA", port, "RTCP", port, "OWN", port))) {
        caller.assertPassed();
      }
      assertThat(comes(media)).isTrue();
    }
  }

  /** Whether something has come by now. */
  private static boolean comes(final DatagramSocket socket) throws IOException {
    socket.setSoTimeout(100);
    try {
      socket.receive(new DatagramPacket(new byte[2_000], 2_000));
      return true;
    } catch (final SocketTimeoutException nothing) {
      return false;
    }
  }
}
