/** The media plane: how sound and picture travel. Knows nothing of HTTP, JSON, Vert.x or Redis. */
@org.jspecify.annotations.NullMarked
package org.kakehashi.media;
