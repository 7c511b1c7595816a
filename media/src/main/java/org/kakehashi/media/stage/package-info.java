/**
 * The stage's video: up to four cameras, the main picture by the chair's choice or the active
 * speaker, and the slides. Pictures are forwarded, never decoded; a picture changes its source at a
 * key frame.
 */
package org.kakehashi.media.stage;
