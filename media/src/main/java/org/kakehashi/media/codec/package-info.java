/**
 * What files on stage and recordings have in common: FFmpeg's encoders, and H.264 as containers
 * carry it. Imports nothing of the media plane but {@code channel}'s clock.
 */
package org.kakehashi.media.codec;
