/**
 * The program: its command line, and the one place where all rooms are joined.
 *
 * <p>Threads: the main thread, and the shutdown hook's.
 *
 * <p>Imports: all.
 */
package dev.conductor.app;
