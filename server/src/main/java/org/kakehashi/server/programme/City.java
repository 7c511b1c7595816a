package org.kakehashi.server.programme;

import java.time.ZoneId;

/** A place an event is held in; its clock is shown next to the other's. */
public record City(LocalText name, ZoneId zone) {}
