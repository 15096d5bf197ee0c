package dev.conductor.media.api;

/**
 * How one caller's line does, as of the last second.
 *
 * <p>What is not known is NaN: jitter, depth and score before anything was heard; the round trip
 * and the far end's figures until it has reported, which many phones never do.
 *
 * @threading immutable.
 * @allocation one a question.
 * @units milliseconds; packets since the line began.
 * @param received packets that came, repeats included
 * @param lost packets lost on the way here; negative when more came twice than were lost
 * @param late packets that came and were not played, as they came too late or were too many
 * @param jitterMs interarrival jitter of what comes (RFC 3550, section 6.4.1), to no better than a
 *     tick, as nobody tells when in it a packet came
 * @param depthMs how much sound the jitter buffer holds
 * @param roundTripMs the network's round trip (RFC 3550, section 6.4.1)
 * @param remoteLoss the part of our packets the far end lost lately: 0..1
 * @param remoteJitterMs interarrival jitter of what we send, as the far end measures it
 * @param levelDb level of his voice in dBov: -127..0 (RFC 6464)
 * @param mos what listeners would say of his voice as it arrives here, estimated: 1..4.5 (ITU-T
 *     G.107, simplified)
 */
public record LineStatistics(
    long received,
    long lost,
    long late,
    double jitterMs,
    double depthMs,
    double roundTripMs,
    double remoteLoss,
    double remoteJitterMs,
    double levelDb,
    double mos) {}
