/**
 * Sound that must be decoded: the floor mix and its mix-minus, silence, levels, and who speaks now.
 * A channel with one source never passes here; it is forwarded as it is.
 *
 * <pre>
 *   Source ─▶ Microphone (jitter buffer, decoder, fade) ─┐
 *   Source ─▶ Microphone ────────────────────────────────┼─▶ sum ─▶ limiter ─▶ encoder ─▶ Source
 *   Source ─▶ Microphone ────────────────────────────────┘      └─ without each ─ … ─▶ Source
 * </pre>
 */
@NullMarked
package org.kakehashi.media.audio;

import org.jspecify.annotations.NullMarked;
