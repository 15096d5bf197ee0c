/**
 * What crosses the border of {@code signaling}: dialogs told upward, answers asked downward, and a
 * line's sound as offer and answer agreed it.
 *
 * <p>Threads: each type says its own; records are immutable.
 *
 * <p>Imports: none of ours.
 */
package dev.conductor.signaling.api;
