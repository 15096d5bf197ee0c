/**
 * Counters and health, told to whoever watches the server.
 *
 * <p>Threads: read by any; nothing here waits, nothing here changes what it measures.
 *
 * <p>Imports: {@code config}, {@code media.api}, {@code conductor.{model,command}}; Micrometer.
 */
package dev.conductor.metrics;
