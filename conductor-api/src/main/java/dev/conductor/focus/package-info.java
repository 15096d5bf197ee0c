/**
 * The focus (RFC 4353, section 3): the single writer of every call, joining SIP, sound and people.
 * It admits callers, executes commands, decides who hears whom as a {@code MixPlan}, raises events.
 *
 * <p>Threads: everything runs on the conductor, inside {@link
 * dev.conductor.focus.ConductorAgent#doWork}; the two inboxes and the counters alone are open to
 * other threads. Nothing here waits, reads a clock but at the start of a turn, or calls a SIP
 * stack, a file or a database.
 *
 * <p>Imports: {@code config}, {@code conductor.{model,command,event,store}}, {@code media.api},
 * {@code signaling.api}; Agrona's agent, clocks and queues.
 */
package dev.conductor.focus;
