package org.kakehashi.server.live;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.live.RequestReader.Frame;
import org.kakehashi.server.live.RequestReader.Outcome;
import org.kakehashi.server.problem.Problem;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A socket's frames on their way to the session. Thread: any that may wait. */
final class SocketParticipant implements Participant {
  private static final Logger log = LoggerFactory.getLogger(SocketParticipant.class);
  private static final int TOO_MANY = 4429;

  private final RunningSession session;
  private final Socket socket;
  private final SocketOut out;
  private final RequestReader reader;
  private final RequestRate rate;
  private final AtomicBoolean gone = new AtomicBoolean();

  SocketParticipant(
      RunningSession session,
      Socket socket,
      SocketOut out,
      RequestReader reader,
      RequestRate rate) {
    this.session = session;
    this.socket = socket;
    this.out = out;
    this.reader = reader;
    this.rate = rate;
  }

  @Override
  public void receive(String json) {
    if (gone.get()) {
      return;
    }
    if (!rate.take()) {
      out.close(TOO_MANY, "Too many messages");
      left();
      return;
    }
    Frame frame = reader.read(json);
    switch (frame.outcome()) {
      case Outcome.Unreadable(Problem problem) -> refuse(frame.ref(), problem);
      case Outcome.Read(Request request) -> ask(frame.ref(), request);
    }
  }

  private void ask(@Nullable String ref, Request request) {
    try {
      session.handle(socket, request, () -> out.send(session.json(new Message.Done(ref))));
    } catch (ProblemException refused) {
      refuse(ref, refused.problem());
    } catch (RuntimeException fault) {
      log.error("A request met a fault of ours: {}", request.getClass().getSimpleName(), fault);
      refuse(ref, ProblemType.INTERNAL.because("This was not your fault; it has been noted."));
    }
  }

  private void refuse(@Nullable String ref, Problem problem) {
    out.send(session.json(new Message.Refused(ref, problem)));
  }

  @Override
  public void left() {
    if (gone.compareAndSet(false, true)) {
      session.left(socket);
    }
  }
}
