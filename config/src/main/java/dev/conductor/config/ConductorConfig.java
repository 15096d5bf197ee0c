package dev.conductor.config;

/** All settings, one record a section of {@code conductor.yaml}. Any thread; immutable. */
public record ConductorConfig(
    SipConfig sip,
    RtpConfig rtp,
    MediaConfig media,
    HttpConfig http,
    EventsConfig events,
    EntryConfig entry,
    OutboundConfig outbound,
    DataConfig data) {}
