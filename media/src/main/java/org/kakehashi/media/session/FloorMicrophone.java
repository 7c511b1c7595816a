package org.kakehashi.media.session;

import org.kakehashi.media.channel.Source;

/**
 * An open microphone on the floor.
 *
 * @param source its sound
 * @param person whose it is; they hear the floor without it
 */
public record FloorMicrophone(Source source, String person) {}
