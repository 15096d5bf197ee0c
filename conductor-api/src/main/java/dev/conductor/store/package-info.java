/**
 * What must last: the wall between the conductor and the database, and the database behind it.
 *
 * <p>Threads: {@link dev.conductor.store.Store} is used by the conductor; everything that touches
 * the database runs on the store's own thread.
 *
 * <p>Imports: {@code config}, {@code conductor.{model,event}}; Jdbi, Flyway, drivers (only here).
 */
package dev.conductor.store;
