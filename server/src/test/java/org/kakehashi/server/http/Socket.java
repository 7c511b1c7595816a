package org.kakehashi.server.http;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A client's end of a session socket. */
final class Socket implements WebSocket.Listener {
  private static final int PATIENCE_SECONDS = 20;

  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder piece = new StringBuilder();
  private volatile boolean reading = true;
  private @Nullable WebSocket wire;

  /** Opens a socket; fails with the handshake's answer if it is refused. */
  static Socket open(Edge edge, String session) {
    Socket socket = new Socket();
    socket.wire = edge.client.newWebSocketBuilder().buildAsync(edge.socket(session), socket).join();
    return socket;
  }

  private WebSocket wire() {
    return Objects.requireNonNull(wire);
  }

  void send(String text) {
    wire().sendText(text, true).join();
  }

  void sendPiece(String text) {
    wire().sendText(text, false).join();
  }

  void sendBytes(ByteBuffer bytes) {
    wire().sendBinary(bytes, true).join();
  }

  void close() {
    wire().sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  /** From now on this end asks for nothing more. */
  void stopReading() {
    reading = false;
  }

  /** The next message; fails if none comes. */
  String next() {
    try {
      String message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no message came");
      }
      return message;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The code it was closed with; fails if it is not. */
  int closed() {
    return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  boolean closedWithin(Duration time) throws InterruptedException {
    try {
      closed.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    piece.append(data);
    if (last) {
      messages.add(piece.toString());
      piece.setLength(0);
    }
    if (reading) {
      socket.request(1);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    closed.completeExceptionally(error);
  }
}
