/**
 * The load generator: some thousand callers in one process, by SIP and RTP as phones are, and the
 * floor that the server is measured against. {@link dev.conductor.bench.load.LoadMain} is the
 * command; it starts the server and the floor as processes of their own, with its own class path
 * and JVM options, and takes them with it when it ends.
 *
 * <p>Threads: one, which calls, sends, receives and measures ({@code Swarm}); beside it a bare
 * parking thread that tells how late the machine wakes anybody.
 *
 * <p>Imports: {@code conductor.demo} for what to dial, {@code media.codec}, {@code media.rtp},
 * {@code media.status}; picocli, Agrona.
 */
package dev.conductor.bench.load;
