package dev.conductor.signaling.sdp;

import dev.conductor.signaling.api.MediaDescription;

/**
 * What an offer and we agree on. Any thread; immutable.
 *
 * @param offer the offer it comes from
 * @param lineIndex which of its media lines is answered
 * @param remote that line, reduced to what both know
 */
public record Agreement(SessionDescription offer, int lineIndex, MediaDescription remote) {}
