package dev.conductor.signaling.sip;

import dev.conductor.config.SipConfig;
import dev.conductor.signaling.api.CallEvents;
import dev.conductor.signaling.guard.SourceGuard;
import dev.conductor.signaling.sdp.OfferAnswer;
import dev.conductor.signaling.sdp.SrtpPolicy;
import dev.conductor.signaling.trunk.Trunks;

/**
 * What the handlers share. Any thread; immutable.
 *
 * @param config section {@code sip}
 * @param events the focus
 * @param counters what is counted
 * @param dialogs what is up
 * @param senders the way out
 * @param offerAnswer for the configured codecs
 * @param srtp when sound is protected
 * @param addresses how a peer sees us
 * @param messages makes messages
 * @param trunks peers known by name
 * @param identities who calls whom
 * @param guard who may send what
 */
record SipCore(
    SipConfig config,
    CallEvents events,
    SipCounters counters,
    DialogTable dialogs,
    SenderPool senders,
    OfferAnswer offerAnswer,
    SrtpPolicy srtp,
    Addresses addresses,
    Messages messages,
    Trunks trunks,
    CallerIdentity identities,
    SourceGuard guard) {}
