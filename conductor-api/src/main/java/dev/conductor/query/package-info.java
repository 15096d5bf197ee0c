/**
 * Snapshots and events as JSON and XML: one table of fields an object of the API, the envelope
 * around an answer, the documents of the event streams.
 *
 * <p>Threads: everything here is immutable once built and may be used by any thread.
 *
 * <p>Imports: {@code conductor.model}, {@code conductor.event}; Jackson for JSON.
 */
package dev.conductor.query;
