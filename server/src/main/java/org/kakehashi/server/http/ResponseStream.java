package org.kakehashi.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A response's body as a stream that waits for its reader: whatever is written is in memory once.
 * Thread: one, virtual, which waits.
 */
final class ResponseStream extends OutputStream {
  private static final int CHUNK = 64 * 1024;
  private static final long STALLED_SECONDS = 60;

  private final HttpServerResponse response;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private Buffer chunk = Buffer.buffer(CHUNK);
  private long written;

  ResponseStream(HttpServerResponse response) {
    this.response = response;
    response.setChunked(true);
    response.closeHandler(closed -> gone.complete(null));
    response.exceptionHandler(failed -> gone.complete(null));
  }

  /** Bytes so far. */
  long written() {
    return written;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    boolean isFirst = written == 0;
    chunk.appendBytes(bytes, offset, length);
    written += length;
    if (isFirst || chunk.length() >= CHUNK) { // At once, so that a browser shows that it comes.
      send();
    }
  }

  private void send() throws IOException {
    if (gone.isDone() || response.closed()) {
      throw new IOException("The client has gone");
    }
    CompletableFuture<Void> taken = response.write(chunk).toCompletionStage().toCompletableFuture();
    chunk = Buffer.buffer(CHUNK);
    try {
      CompletableFuture.anyOf(taken, gone).get(STALLED_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException stalled) {
      throw new IOException("The client has taken nothing for a minute", stalled);
    } catch (ExecutionException failed) {
      throw new IOException("The client has gone", failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("The server is stopping", stopped);
    }
  }

  @Override
  public void close() throws IOException {
    if (chunk.length() > 0) {
      send();
    }
    response.end();
  }
}
