/**
 * Who may send what, how often: a token bucket a source, a cap of dialogs.
 *
 * <p>Threads: any. Time is a parameter.
 *
 * <p>Imports: {@code config}.
 */
package dev.conductor.signaling.guard;
