package dev.mhs.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Servers that run side by side, one for each size of household.
 *
 * @param bySize the server by its number of devices, in order
 */
record Households(Map<Integer, RunningServer> bySize) implements AutoCloseable {
  static Households start(Workshop workshop, List<Integer> sizes)
      throws IOException, InterruptedException {
    Households started = new Households(new LinkedHashMap<>());
    try {
      for (int size : sizes) {
        started.bySize.put(size, workshop.household(size));
      }
      return started;
    } catch (IOException | InterruptedException failure) {
      started.close();
      throw failure;
    }
  }

  /** Connects so many clients to each, as the page does. */
  Crowd open(int clients) throws IOException {
    return open(clients, LiveClient.PAGE);
  }

  /** Connects so many clients to each, which ask for the same. */
  Crowd open(int clients, String path) throws IOException {
    List<LiveClients> open = new ArrayList<>();
    for (RunningServer server : bySize.values()) {
      open.add(LiveClients.open(server, clients, path));
    }
    return new Crowd(open);
  }

  /**
   * The clients of all these servers.
   *
   * @param clients those of each
   */
  record Crowd(List<LiveClients> clients) implements AutoCloseable {
    /** Throws when any was lost: what is measured then is not what it says. */
    void requireAll() throws IOException {
      for (LiveClients some : clients) {
        some.requireAll();
      }
    }

    @Override
    public void close() throws IOException {
      for (LiveClients some : clients) {
        some.close();
      }
    }
  }

  Map<Integer, ProcessCost> costs() throws IOException {
    Map<Integer, ProcessCost> costs = new LinkedHashMap<>();
    for (Map.Entry<Integer, RunningServer> one : bySize.entrySet()) {
      costs.put(one.getKey(), one.getValue().cost());
    }
    return costs;
  }

  @Override
  public void close() {
    bySize.values().forEach(RunningServer::close);
  }
}
