/**
 * The heart of the product: sources, channels, sinks, and the switchboard that decides which source
 * feeds which channel. Imports no other package of the media plane.
 *
 * <pre>
 *   Source ──▶ Switchboard decides ──▶ Channel ──▶ FanOut ──▶ Listener, Listener, …
 * </pre>
 */
package org.kakehashi.media.channel;
