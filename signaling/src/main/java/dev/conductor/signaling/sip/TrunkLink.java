package dev.conductor.signaling.sip;

import dev.conductor.config.SipConfig;
import dev.conductor.config.TrunkConfig;
import dev.conductor.signaling.sdp.OfferAnswer;
import dev.conductor.signaling.sdp.SrtpPolicy;
import dev.conductor.signaling.trunk.DigestClient;
import dev.conductor.signaling.trunk.Trunk;
import dev.conductor.signaling.trunk.TrunkState;
import java.io.IOException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trunk as we work with it. Any thread; immutable but for its state.
 *
 * @param trunk what it may do
 * @param state what is known of it just now
 * @param digest answers its challenges
 * @param offerAnswer for the codecs it is offered
 * @param srtp when its sound is protected
 */
record TrunkLink(
    Trunk trunk, TrunkState state, DigestClient digest, OfferAnswer offerAnswer, SrtpPolicy srtp) {
  private static final Logger EVENTS = LoggerFactory.getLogger("dev.conductor.trunks");

  /**
   * Begins with nothing known.
   *
   * @throws IOException when its password cannot be read
   */
  static TrunkLink of(final Trunk trunk, final SipConfig config) throws IOException {
    final TrunkConfig own = trunk.config();
    try {
      return new TrunkLink(
          trunk,
          new TrunkState(own.account().register()),
          new DigestClient(own.account().user(), own.password(), own.account().realm()),
          new OfferAnswer(own.codecs().isEmpty() ? config.codecs() : own.codecs()),
          SrtpPolicy.of(own.srtpOr(config.security().srtp())));
    } catch (final IOException unreadable) {
      throw new IOException(
          "password-file of trunk " + own.name() + " cannot be read: " + unreadable.getMessage(),
          unreadable);
    }
  }

  String name() {
    return trunk.name();
  }

  /** {@code udp}, {@code tcp} or {@code tls}. */
  String transport() {
    return trunk.config().transport().toLowerCase(Locale.ROOT);
  }

  /** Over a connection: TCP or TLS. */
  boolean tcp() {
    return !trunk.config().transport().equals("UDP");
  }

  boolean tls() {
    return trunk.config().transport().equals("TLS");
  }

  /**
   * Tells the operators, by one line in a form that is kept, if calls can be placed through it from
   * now on, or no longer.
   *
   * @param why what has just been seen
   */
  void tellTurn(final String why) {
    if (!state.turned()) {
      return;
    }
    if (state.isUp()) {
      EVENTS.info("trunk {} up: {}", name(), why);
    } else {
      EVENTS.warn("trunk {} down: {}", name(), why);
    }
  }

  /** What stands behind the at sign of our requests, with the port where one is written. */
  String domain() {
    final TrunkConfig config = trunk.config();
    return config.domain().isEmpty() ? config.proxies().get(0) : config.domain();
  }

  /** Who we are to it: the number shown, or the account. */
  String callerId() {
    final TrunkConfig config = trunk.config();
    return config.callerId().isEmpty() ? config.account().user() : config.callerId();
  }
}
