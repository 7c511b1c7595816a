/** The agenda of an event as read from a YAML file: sessions, their languages and their booths. */
@org.jspecify.annotations.NullMarked
package org.kakehashi.server.programme;
