/**
 * Phones without telephones, and the conference they dial: the simulated SIP phones of {@code
 * demo-callers} and of the system tests, and the data of {@code serve --demo}. The phones are the
 * other end of the wire: their SIP is written here by hand (RFC 3261, RFC 3264, RFC 4733) and
 * shares no code with {@code signaling}.
 *
 * <p>Threads: one a {@link dev.conductor.demo.PhonePool}, which sends, receives and signals for all
 * its phones; what others call on a phone is handed to it.
 *
 * <p>Imports: {@code config}, {@code model}, {@code media.rtp}, {@code media.codec}, {@code
 * media.dsp}, {@code media.play}.
 */
package dev.conductor.demo;
