/**
 * The settings as typed records, and their loader. One record a section of {@code conductor.yaml};
 * each record refuses a value out of range and names its key.
 *
 * <p>Threads: built once at start, immutable, read by all.
 *
 * <p>Imports: Jackson (the loader only).
 */
package dev.conductor.config;
