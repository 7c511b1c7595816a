package org.kakehashi.media.channel;

/** Why a channel carries what it carries: the rule of the switchboard that matched first. */
public enum Rule {
  /** Rule 1: a booth has its microphone open with this outgoing channel. */
  INTERPRETER(Kind.INTERPRETATION),
  /** Rule 1 with the cough button held: silence, never a blast of the original. */
  COUGH(Kind.SILENCE),
  /** Rule 2: the hall feed brings an interpreted track of its own. */
  HALL(Kind.INTERPRETATION),
  /** Rule 3: the floor speaks this language; or this is the floor channel itself. */
  FLOOR(Kind.ORIGINAL),
  /** Rule 4: nobody interprets into this language; the event chose the floor or silence. */
  UNINTERPRETED(Kind.ORIGINAL),
  /** There is nothing to carry: no microphone is open on the floor. */
  NOBODY(Kind.SILENCE);

  /** What a listener is told they hear. "Original" is never passed off as interpretation. */
  public enum Kind {
    /** An interpreter's voice. */
    INTERPRETATION,
    /** The floor. */
    ORIGINAL,
    /** Nothing, on purpose. */
    SILENCE
  }

  private final Kind usualKind;

  Rule(Kind usualKind) {
    this.usualKind = usualKind;
  }

  /** What this rule yields unless the event chose silence for uninterpreted channels. */
  Kind usualKind() {
    return usualKind;
  }
}
