/**
 * What one dialog of ours may do next: its state as UAS (RFC 3261, sections 12 to 15) and the offer
 * or answer in hand (RFC 3264). Transactions, tags, CSeq, retransmission and ACK are JAIN-SIP's.
 *
 * <p>Threads: pure state without a lock; the owner lets one thread in at a time. No clock.
 *
 * <p>Imports: {@code signaling.api}, {@code signaling.sdp}.
 */
package dev.conductor.signaling.dialog;
