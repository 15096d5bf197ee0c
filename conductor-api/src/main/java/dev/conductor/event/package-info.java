/**
 * Events: what changed, in one ordered log a call.
 *
 * <p>Threads: written by the conductor, read by anybody by cursor.
 *
 * <p>Imports: {@code conductor.model}.
 */
package dev.conductor.event;
