/** The command line, {@code bin/kakehashi}: serve, demo, invite, export, doctor. */
@org.jspecify.annotations.NullMarked
package org.kakehashi.server.command;
