package dev.mhs.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Browsers that look at one server: each takes every message at once. Thread-safe. */
final class LiveClients implements AutoCloseable {
  private final List<LiveClient> clients = new CopyOnWriteArrayList<>();
  private final LongAdder messages = new LongAdder();
  private volatile boolean closed;
  private volatile @Nullable IOException loss;

  private LiveClients() {}

  /** Connects so many clients, which ask for the same. */
  static LiveClients open(RunningServer server, int count, String path) throws IOException {
    LiveClients opened = new LiveClients();
    try {
      for (int client = 0; client < count; client++) {
        opened.add(LiveClient.connect(server.address(), path));
      }
      return opened;
    } catch (IOException refused) {
      opened.close();
      throw refused;
    }
  }

  private void add(LiveClient client) {
    clients.add(client);
    Thread.ofVirtual().name("bench-client").start(() -> listen(client));
  }

  private void listen(LiveClient client) {
    try {
      client.listen(bytes -> messages.increment());
    } catch (IOException ended) {
      if (!closed) {
        loss = ended;
      }
    }
  }

  /** Throws when a client was lost or heard nothing: what is measured then is not what it says. */
  void requireAll() throws IOException {
    IOException lost = loss;
    if (lost != null) {
      throw new IOException("a client was lost: " + lost, lost);
    }
    if (messages.sum() < clients.size()) {
      throw new IOException("clients were told nothing");
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    for (LiveClient client : clients) {
      client.close();
    }
  }
}
