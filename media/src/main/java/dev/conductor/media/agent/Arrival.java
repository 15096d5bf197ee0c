package dev.conductor.media.agent;

import dev.conductor.media.session.RtpSession;

/**
 * A session on its way from the lobby to its call's home agent.
 *
 * @threading made by the agent that gives it away, which then never touches the session again.
 * @allocation one a handover.
 * @param sessionId whose
 * @param callId the call that admitted him
 * @param session null when it ended before it could be handed over
 */
record Arrival(long sessionId, long callId, RtpSession session) {}
