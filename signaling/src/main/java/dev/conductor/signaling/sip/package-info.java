/**
 * SIP on the wire: JAIN-SIP behind its fences, one handler class a method, and the threads that
 * send.
 *
 * <p>Threads: JAIN-SIP's own hand on and return; what we send leaves on signaling's sender threads.
 *
 * <p>Imports: {@code config}, every {@code signaling.*}, {@code javax.sip}, {@code gov.nist},
 * {@code javax.net.ssl}.
 */
package dev.conductor.signaling.sip;
