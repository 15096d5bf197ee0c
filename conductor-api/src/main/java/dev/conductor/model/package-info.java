/**
 * The conference as immutable records, and the holder of the snapshots that everyone reads.
 *
 * <p>Threads: records are built by the conductor and read by all; {@link
 * dev.conductor.model.Snapshots} says who may write.
 *
 * <p>Imports: none of ours.
 */
package dev.conductor.model;
