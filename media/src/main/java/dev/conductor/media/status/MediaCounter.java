package dev.conductor.media.status;

/**
 * What media counts; one constant an outcome.
 *
 * @threading immutable.
 * @allocation none.
 */
public enum MediaCounter {
  RTP_RECEIVED(
      "rtp.received",
      "Datagrams read from RTP sockets, good or bad, RTCP that shares the port " + "included."),
  RTP_SENT("rtp.sent", "RTP packets handed to the network."),
  RTP_TOO_SHORT("rtp.too-short", "Datagrams shorter than an RTP header."),
  RTP_TOO_LONG(
      "rtp.too-long", "Datagrams longer than any packet of ours; what came of them was cut off."),
  RTP_BAD_VERSION("rtp.bad-version", "Datagrams of another version than 2."),
  RTP_BAD_CSRC("rtp.bad-csrc", "RTP packets that end within their list of contributing sources."),
  RTP_BAD_EXTENSION("rtp.bad-extension", "RTP packets that end within their header extension."),
  RTP_BAD_PADDING("rtp.bad-padding", "RTP packets with an impossible count of padding bytes."),
  RTP_BAD_LENGTH(
      "rtp.bad-length",
      "RTP packets whose payload is empty, or too short or too long for its type."),
  RTP_UNKNOWN_SOURCE(
      "rtp.unknown-source",
      "RTP packets from an address the line was not agreed with nor learned."),
  RTP_UNKNOWN_PAYLOAD("rtp.unknown-payload", "RTP packets of a payload type that was not agreed."),
  RTP_LOOPED("rtp.looped", "Our own RTP packets come back."),
  RTP_NOT_WANTED(
      "rtp.not-wanted", "RTP packets that came while the line was on hold or not to be heard."),
  RTP_EVENTS("rtp.events", "RTP packets with telephone events, repeats included."),
  RTP_SSRC_COLLISIONS("rtp.ssrc-collisions", "Times a far end used our SSRC and we took another."),
  RTP_READ_LIMIT(
      "rtp.read-limit", "Times more packets waited in a socket than are read in one tick."),
  RTP_PORT_UNREACHABLE(
      "rtp.port-unreachable", "Times the network said that the far end's port is closed."),
  RTP_SHORT_SENDS("rtp.short-sends", "RTP packets the network had no room for."),
  RTP_SENDS_REFUSED("rtp.sends-refused", "RTP packets the network refused to send."),
  RTP_SOURCES_LEARNED(
      "rtp.sources-learned",
      "Far ends whose address was learned from their packets, not from SIP."),
  RTP_SOCKET_FAULTS(
      "rtp.socket-faults",
      "Reads and connects a socket refused for another reason than a closed port."),
  RTP_BATCHES_LOST(
      "rtp.batches-lost",
      "An agent's io_uring did not do what it was asked to; from then on it has none."),
  SRTP_MALFORMED(
      "srtp.malformed", "Packets on protected lines that are too short for one, or none at all."),
  SRTP_NOT_AUTHENTIC(
      "srtp.not-authentic",
      "Packets on protected lines that were not made with the far end's key, or were "
          + "changed."),
  SRTP_REPLAYED(
      "srtp.replayed", "Packets on protected lines that came before, or are too old to tell."),
  SRTP_SOURCES_REFUSED(
      "srtp.sources-refused",
      "Packets on protected lines whose source is one too many to be remembered."),
  RTCP_RECEIVED(
      "rtcp.received", "RTCP datagrams read, good or bad, those over the RTP port included."),
  RTCP_SENT("rtcp.sent", "RTCP datagrams handed to the network."),
  RTCP_SENDS_REFUSED(
      "rtcp.sends-refused", "RTCP datagrams the network had no room for or refused to send."),
  RTCP_TOO_SHORT("rtcp.too-short", "RTCP datagrams shorter than a header."),
  RTCP_TOO_LONG(
      "rtcp.too-long", "RTCP datagrams longer than is read; what came of them was cut off."),
  RTCP_BAD_VERSION("rtcp.bad-version", "RTCP datagrams with a packet of another version than 2."),
  RTCP_BAD_FIRST(
      "rtcp.bad-first", "RTCP datagrams whose first packet is of a type that begins none."),
  RTCP_BAD_LENGTH("rtcp.bad-length", "RTCP datagrams whose packets' lengths do not add up."),
  RTCP_BAD_PADDING(
      "rtcp.bad-padding",
      "RTCP datagrams with padding at the wrong place or an impossible count of it."),
  RTCP_BAD_COUNT(
      "rtcp.bad-count",
      "RTCP datagrams with a packet that ends before the blocks or sources it counts."),
  RTCP_UNKNOWN_SOURCE(
      "rtcp.unknown-source", "RTCP datagrams from another address than the far end's."),
  RTCP_LOOPED(
      "rtcp.looped",
      "RTCP packets that bear our own SSRC: our own come back, or the far end took " + "the same."),
  RTCP_BYES("rtcp.byes", "Goodbyes of far ends."),
  RTCP_BAD_ECHO(
      "rtcp.bad-echo",
      "Report blocks whose round trip cannot be: a wrong echo of our report's time."),
  RTCP_SOCKET_FAULTS("rtcp.socket-faults", "Reads an RTCP socket refused."),
  JITTER_PLAYED("jitter.played", "Packets of sound of which something was played."),
  JITTER_RESTED(
      "jitter.rested",
      "Of these, packets that were just what a line at rest expected, and cost next "
          + "to nothing."),
  JITTER_LATE("jitter.late", "Packets of sound that came after their time."),
  JITTER_DUPLICATE("jitter.duplicate", "Packets of sound that came twice."),
  JITTER_OVERFLOW(
      "jitter.overflow",
      "Packets of sound thrown away because more was held than the delay allows."),
  JITTER_STRAY(
      "jitter.stray",
      "Packets of sound far from the stream in sequence, timestamp or SSRC, and " + "alone."),
  JITTER_DISCARDED(
      "jitter.discarded", "Packets of sound held when their stream ended or another began."),
  JITTER_RESYNCS(
      "jitter.resyncs", "Times a stream went on elsewhere in sequence, timestamp or SSRC."),
  JITTER_CONCEALED(
      "jitter.concealed",
      "Frames' worth of sound, 20 ms each, made up because their packets were lost."),
  JITTER_RECOVERED(
      "jitter.recovered", "Holes filled from the copy of lost sound that the next packet carried."),
  JITTER_SHRUNK(
      "jitter.shrunk",
      "Times a stretch of sound was left out because the delay was longer than the "
          + "jitter asks."),
  JITTER_STRETCHED("jitter.stretched", "Times sound was made longer because packets came late."),
  DIGITS("digits.received", "Keys told."),
  DIGITS_DROPPED("digits.dropped", "Keys lost because too many had not been fetched yet."),
  SESSIONS_OPENED("sessions.opened", "Sessions whose socket was opened."),
  SESSIONS_REFUSED("sessions.refused", "Sessions for which there was no socket."),
  SESSIONS_CLOSED("sessions.closed", "Opened sessions that were closed."),
  SESSION_FAULTS("sessions.faults", "Times a session failed in a tick; the others went on."),
  SESSIONS_GIVEN_UP("sessions.given-up", "Sessions ended by us because they failed for long."),
  SESSIONS_HANDED_OVER("sessions.handed-over", "Sessions taken over from another agent."),
  PORTS_OPENED("ports.opened", "Pairs of ports whose sockets were opened."),
  PORTS_CLOSED(
      "ports.closed",
      "Of these, pairs whose sockets were closed: they rest, then they are free " + "again."),
  PORTS_TAKEN("ports.taken", "Ports found taken by somebody else."),
  COMMANDS_REFUSED("commands.refused", "Commands refused because a queue was full."),
  COMMANDS_FAILED("commands.failed", "Commands and plans that failed when they were carried out."),
  HATCH_WAITS(
      "agent.hatch-waits",
      "Times something waited for the next tick because another thread's queue was " + "full."),
  AGENT_FAULTS("agent.faults", "Faults of an agent outside any session."),
  PLANS("agent.plans", "Plans put in force."),
  TICKS("agent.ticks", "Ticks run, those caught up after a stall included."),
  TICKS_SKIPPED(
      "agent.ticks-skipped", "Ticks that were never run because a stall was too long to catch up."),
  CLIPS_UNKNOWN("prompt.clips-unknown", "Clips asked for that are in no library.");

  private final String label;
  private final String help;

  MediaCounter(final String label, final String help) {
    this.label = label;
    this.help = help;
  }

  /** The name shown to operators, as {@code rtp.received}. */
  public String label() {
    return label;
  }

  /** What it counts, in a sentence for who reads the metrics. */
  public String help() {
    return help;
  }
}
