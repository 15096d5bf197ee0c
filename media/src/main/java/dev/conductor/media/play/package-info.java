/**
 * Sources of samples that are no caller: clips, prompts made of them, tones.
 *
 * <p>Threads: libraries are made before the agents start and are immutable; a player or a tone
 * belongs to one session.
 *
 * <p>Imports: {@code media.dsp}.
 */
package dev.conductor.media.play;
