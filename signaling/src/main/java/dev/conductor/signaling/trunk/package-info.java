/**
 * Peers known by name: which one a request comes from, which way a number is called, and how far
 * registration and watch of each have come. Policy only: nothing here sends or resolves.
 *
 * <p>Threads: each type says its own. Time is a parameter.
 *
 * <p>Imports: {@code config}, {@code signaling.api}.
 */
package dev.conductor.signaling.trunk;
