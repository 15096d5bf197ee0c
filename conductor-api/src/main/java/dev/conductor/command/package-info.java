/**
 * What may be asked of the conference: one immutable record a function of the API, checked when
 * built; the gate they go through; the answer.
 *
 * <p>Threads: built anywhere, executed by the conductor.
 *
 * <p>Imports: {@code conductor.model}.
 */
package dev.conductor.command;
