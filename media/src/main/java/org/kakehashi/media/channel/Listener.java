package org.kakehashi.media.channel;

import io.netty.util.concurrent.EventExecutor;

/**
 * A sink that lives on one media loop for its whole life: a listener's or an interpreter's outgoing
 * track. {@link #accept} is called on {@link #loop()} only.
 */
public interface Listener extends Sink {
  /** The one thread on which this listener is called. */
  EventExecutor loop();
}
