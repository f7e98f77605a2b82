package dev.mhs.server;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A WebSocket that notes what comes and when. */
final class LiveMessages implements WebSocket.Listener, AutoCloseable {
  /** One message and when it was complete. */
  record Message(String text, long nanos) {}

  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private @Nullable WebSocket socket;

  static LiveMessages connect(HttpClient client, URI uri, String... headers) {
    LiveMessages messages = new LiveMessages();
    WebSocket.Builder builder = client.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    messages.socket = builder.buildAsync(uri, messages).join();
    return messages;
  }

  Message next() throws InterruptedException, TimeoutException {
    Message message = messages.poll(10, TimeUnit.SECONDS);
    if (message == null) {
      throw new TimeoutException("no message within 10 s");
    }
    return message;
  }

  int closeCode() throws InterruptedException, ExecutionException, TimeoutException {
    return closed.get(10, TimeUnit.SECONDS);
  }

  void send(String text) {
    if (socket != null) {
      socket.sendText(text, true).join();
    }
  }

  @Override
  public void onOpen(WebSocket opened) {
    opened.request(Long.MAX_VALUE);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      messages.add(new Message(partial.toString(), System.nanoTime()));
      partial.setLength(0);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.abort();
    }
  }
}
