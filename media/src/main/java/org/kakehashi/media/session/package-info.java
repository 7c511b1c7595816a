/**
 * The media of one session, put together: applies the switchboard's table to the channels, the
 * floor mix and the pictures, and tells what each person is to hear.
 */
package org.kakehashi.media.session;
