/**
 * The event streams: what the logs hold, told to whoever listens.
 *
 * <p>Threads: everything of one reader happens on its channel's event loop; the conductor only
 * wakes it.
 *
 * <p>Imports: {@code config}, {@code conductor.{event,model,query}}; {@code io.netty}.
 */
package dev.conductor.notify;
