package dev.mhs.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Browsers that look at one server: each takes every message at once. Thread-safe. */
final class LiveClients implements AutoCloseable {
  private final List<WebSocket> sockets = new ArrayList<>();
  private final LongAdder messages = new LongAdder();
  private final LongAdder failures = new LongAdder();

  private LiveClients() {}

  /** Connects so many clients. */
  static LiveClients open(HttpClient http, RunningServer server, int count) throws IOException {
    LiveClients clients = new LiveClients();
    URI page = server.address();
    URI live = URI.create("ws://" + page.getAuthority() + "/ws");
    try {
      // One after the other: the JDK's client reads a first message wrongly once in a while when
      // many
      // open at once on a busy machine ("Unexpected rsv2 bit", JDK 25.0.3; the bytes on the wire
      // are right).
      for (int client = 0; client < count; client++) {
        clients.sockets.add(
            http.newWebSocketBuilder().buildAsync(live, clients.new Listener()).join());
      }
    } catch (CompletionException refused) {
      clients.close();
      throw new IOException("a client cannot connect to " + live, refused);
    }
    return clients;
  }

  /** Throws when a client was lost or heard nothing: what is measured then is not what it says. */
  void requireAll() throws IOException {
    if (failures.sum() > 0) {
      throw new IOException(failures.sum() + " of " + sockets.size() + " clients were lost");
    }
    if (messages.sum() < sockets.size()) {
      throw new IOException("clients were told nothing");
    }
  }

  @Override
  public void close() {
    sockets.forEach(WebSocket::abort);
  }

  private final class Listener implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      if (last) {
        messages.increment();
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      failures.increment();
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      failures.increment();
    }
  }
}
