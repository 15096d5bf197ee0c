/**
 * Session descriptions (RFC 8866) read strictly, and offer and answer over them (RFC 3264).
 *
 * <p>Threads: any; everything here is immutable or stateless. No name is ever looked up.
 *
 * <p>Imports: {@code signaling.api}.
 */
package dev.conductor.signaling.sdp;
