package dev.conductor.signaling.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.config.ConfigLoader;
import dev.conductor.config.SipConfig;
import dev.conductor.config.TrunkConfig;
import dev.conductor.signaling.guard.SourceGuard.Treatment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceGuardTest {
  private static final InetAddress CARRIER = address(10);
  private static final InetAddress TRUNK = address(20);
  private static final InetAddress STRANGER = address(99);
  private static final long SECOND_NS = 1_000_000_000L;

  @TempDir private Path folder;

  private static InetAddress address(final int number) {
    try {
      return InetAddress.getByAddress(
          new byte[] {(byte) 203, (byte) (number >> 16), (byte) (number >> 8), (byte) number});
    } catch (final UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private SourceGuard guard(final String... settings) throws IOException {
    final Map<String, String> flags = new HashMap<>();
    flags.put("sip.allowed-networks", "203.0.0.8/29");
    for (int i = 0; i < settings.length; i += 2) {
      flags.put(settings[i], settings[i + 1]);
    }
    final Path file =
        Files.writeString(
            folder.resolve("trunks.yaml"),
            "sip:\n  trunks:\n    - {name: carrier, addresses: [203.0.0.20/32],"
                + " requests-per-second: 7, request-burst: 70, max-dialogs: 2}\n");
    final SipConfig config = ConfigLoader.load(Optional.of(file), Map.of(), flags).sip();
    final TrunkConfig trunk = config.trunks().get(0);
    return new SourceGuard(
        config, source -> source.equals(TRUNK) ? Optional.of(trunk) : Optional.empty(), 0);
  }

  /** From a carrier that is listed, a trunk, a stranger. */
  @ParameterizedTest
  @CsvSource({
    "open, '', INVITE, SERVE, SERVE",
    "open, '', OPTIONS, SERVE, SERVE",
    "open, '', REGISTER, SERVE, SERVE",
    "open, accounts, INVITE, SERVE, SERVE",
    "open, accounts, REGISTER, CHALLENGE, CHALLENGE",
    "listed, '', INVITE, SERVE, UNLISTED",
    "listed, '', OPTIONS, SERVE, UNLISTED",
    "listed, accounts, REGISTER, CHALLENGE, UNLISTED",
    "listed, '', NOTHING, SERVE, UNLISTED",
    "accounts, accounts, INVITE, SERVE, CHALLENGE",
    "accounts, accounts, REGISTER, CHALLENGE, CHALLENGE",
    "accounts, accounts, OPTIONS, SERVE, UNLISTED",
    "accounts, accounts, MESSAGE, SERVE, UNLISTED",
  })
  void shouldTreatEachByPolicy(
      final String accept,
      final String accounts,
      final String method,
      final Treatment known,
      final Treatment stranger)
      throws IOException {
    final SourceGuard guard = guard("sip.accept", accept, "sip.accounts-file", accounts);
    assertThat(guard.treat(CARRIER, method, 0)).isEqualTo(known);
    assertThat(guard.treat(TRUNK, method, 0)).isEqualTo(known);
    assertThat(guard.treat(STRANGER, method, 0)).isEqualTo(stranger);
  }

  @Test
  void shouldLeaveKnownPeersTheirShareWhenForgedAddressesPour() throws IOException {
    final SourceGuard guard =
        guard("sip.unknown-requests-per-second", "100", "sip.unknown-request-burst", "200");
    int served = 0;
    int carrier = 0;
    for (int i = 0; i < 200_000; i++) {
      final long nowNs = i * SECOND_NS / 20_000;
      served += guard.treat(address(1_000 + i), "INVITE", nowNs) == Treatment.SERVE ? 1 : 0;
      if (i % 1_000 == 0) {
        carrier += guard.treat(CARRIER, "INVITE", nowNs) == Treatment.SERVE ? 1 : 0;
      }
    }
    assertThat(served).as("the burst, and ten seconds' worth").isBetween(1_195, 1_200);
    assertThat(carrier).as("20 a second").isEqualTo(200);
    assertThat(guard.sources()).isLessThanOrEqualTo(65_537);
  }

  @Test
  void shouldGiveATrunkItsOwnRateAndItsOwnDialogs() throws IOException {
    final SourceGuard guard = guard();
    int served = 0;
    for (int i = 0; i < 10_000; i++) {
      final long nowNs = i * SECOND_NS / 1_000;
      served += guard.treat(TRUNK, "INVITE", nowNs) == Treatment.SERVE ? 1 : 0;
    }
    assertThat(served).isBetween(138, 140);
    final CallCaps caps = new CallCaps(100);
    assertThat(caps.tryEnter(guard.kinds(TRUNK, "1"))).isEqualTo(CallCaps.Entry.ENTERED);
    assertThat(caps.tryEnter(guard.kinds(TRUNK, "2"))).isEqualTo(CallCaps.Entry.ENTERED);
    assertThat(caps.tryEnter(guard.kinds(TRUNK, "3"))).isEqualTo(CallCaps.Entry.KIND_FULL);
    assertThat(caps.tryEnter(guard.kinds(CARRIER, "3"))).isEqualTo(CallCaps.Entry.ENTERED);
  }

  @Test
  void shouldTakeNothingOfTheOthersShareWhenOneStrangerFloods() throws IOException {
    final SourceGuard guard =
        guard("sip.unknown-requests-per-second", "1", "sip.unknown-request-burst", "300");
    for (int i = 0; i < 100_000; i++) {
      guard.treat(STRANGER, "OPTIONS", 0);
    }
    assertThat(guard.treat(address(98), "INVITE", 0)).isEqualTo(Treatment.SERVE);
  }

  /** Requests outside dialogs can be forged in his name; those within cannot. */
  @Test
  void shouldBoundWhatAStrangerSendsWithinDialogsApartFromTheRest() throws IOException {
    final SourceGuard guard = guard("sip.requests-per-second", "10", "sip.request-burst", "30");
    for (int i = 0; i < 1_000; i++) {
      guard.treat(STRANGER, "OPTIONS", 0);
    }
    int admitted = 0;
    for (int i = 0; i < 1_000; i++) {
      admitted += guard.admitInDialog(STRANGER, 0) ? 1 : 0;
      assertThat(guard.admitInDialog(CARRIER, 0)).isTrue();
      assertThat(guard.admitInDialog(TRUNK, 0)).isTrue();
    }
    assertThat(admitted).isEqualTo(30);
    assertThat(guard.admitInDialog(address(98), 0)).as("another stranger").isTrue();
    assertThat(guard.admitInDialog(STRANGER, SECOND_NS / 10)).as("a token a tenth").isTrue();
    assertThat(guard.admitInDialog(STRANGER, SECOND_NS / 10)).isFalse();
  }

  @Test
  void shouldCapDialogsInAllToANumberAndFromAnAddress() throws IOException {
    final SourceGuard guard =
        guard("sip.max-dialogs-per-did", "3", "sip.max-dialogs-per-unknown-address", "2");
    final CallCaps caps = new CallCaps(5);
    final List<CallCaps.Kind> stranger = guard.kinds(STRANGER, "1");
    assertThat(caps.tryEnter(stranger)).isEqualTo(CallCaps.Entry.ENTERED);
    assertThat(caps.tryEnter(guard.kinds(STRANGER, "2"))).isEqualTo(CallCaps.Entry.ENTERED);
    assertThat(caps.tryEnter(stranger)).isEqualTo(CallCaps.Entry.KIND_FULL);
    assertThat(caps.tryEnter(guard.kinds(CARRIER, "1"))).isEqualTo(CallCaps.Entry.ENTERED);
    assertThat(caps.tryEnter(guard.kinds(TRUNK, "1"))).isEqualTo(CallCaps.Entry.ENTERED);
    assertThat(caps.tryEnter(guard.kinds(CARRIER, "1"))).isEqualTo(CallCaps.Entry.KIND_FULL);
    assertThat(caps.tryEnter(guard.kinds(CARRIER, "3"))).isEqualTo(CallCaps.Entry.ENTERED);
    assertThat(caps.tryEnter(guard.kinds(CARRIER, "4"))).isEqualTo(CallCaps.Entry.ALL_FULL);
    assertThat(caps.up()).isEqualTo(5);
    caps.leave(stranger);
    assertThat(caps.tryEnter(stranger)).isEqualTo(CallCaps.Entry.ENTERED);
    caps.leave(stranger);
    caps.leave(guard.kinds(STRANGER, "2"));
    caps.leave(guard.kinds(CARRIER, "1"));
    caps.leave(guard.kinds(TRUNK, "1"));
    caps.leave(guard.kinds(CARRIER, "3"));
    assertThat(caps.up()).isZero();
    assertThat(caps.kinds()).as("kinds nobody is of").isZero();
  }
}
