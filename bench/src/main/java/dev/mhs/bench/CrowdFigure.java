package dev.mhs.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A thousand clients, of whom a hundred never read and a hundred vanish without closing: how long
 * any of the others waits for a push at most. A push that one of them missed would show as 4 s.
 */
final class CrowdFigure implements Figure {
  private static final int DEVICES = 250;
  private static final int LISTENERS = 800;
  private static final int DEAF = 100;
  private static final int VANISHING = 100;
  private static final double BUDGET = 2.2; // seconds
  private static final Duration SETTLING = Duration.ofSeconds(10);
  private static final Duration WINDOW = Duration.ofSeconds(70); // the silent are given up in it

  @Override
  public void measure(Workshop workshop, Consumer<Measurement> table)
      throws IOException, InterruptedException {
    try (RunningServer server = workshop.household(DEVICES);
        Crowd crowd = new Crowd(workshop, server)) {
      int all = LISTENERS + DEAF + VANISHING;
      workshop.say("%d clients look for %d s ...".formatted(all, WINDOW.toSeconds()));
      crowd.gather();
      workshop.let(SETTLING);
      crowd.vanish();
      ProcessCost before = server.cost();
      long begun = workshop.time().nanos();
      crowd.watch();
      workshop.let(WINDOW);
      double elapsed = workshop.time().nanos() - begun;
      crowd.requireAll();
      String scene = "%d clients, %d devices".formatted(all, DEVICES);
      table.accept(
          new Measurement(
              "longest wait for a push, " + scene,
              Unit.SECONDS,
              List.of(crowd.longest.get() / 1e9),
              BUDGET));
      ProcessCost after = server.cost();
      double ofCore = 100 * after.since(before).toNanos() / elapsed;
      table.accept(
          new Measurement("CPU in all, " + scene, Unit.PERCENT_OF_A_CORE, List.of(ofCore), null));
      double resident = after.residentBytes() / 1e6;
      table.accept(
          new Measurement("memory (RSS), " + scene, Unit.MEGABYTES, List.of(resident), null));
    }
  }

  /** Those who look. */
  private static final class Crowd implements AutoCloseable {
    private final Workshop workshop;
    private final RunningServer server;
    private final List<LiveClient> quiet = new ArrayList<>();
    private final List<LiveClient> vanishing = new ArrayList<>();
    private final List<LiveClient> listening = new ArrayList<>();
    private final AtomicLong longest = new AtomicLong();
    private volatile boolean watching;
    private volatile boolean closed;
    private volatile @Nullable IOException loss;

    Crowd(Workshop workshop, RunningServer server) {
      this.workshop = workshop;
      this.server = server;
    }

    void gather() throws IOException {
      for (int client = 0; client < DEAF; client++) {
        quiet.add(LiveClient.deaf(server.address()));
      }
      for (int client = 0; client < VANISHING; client++) {
        vanishing.add(LiveClient.connect(server.address()));
      }
      for (int client = 0; client < LISTENERS; client++) {
        LiveClient listener = LiveClient.connect(server.address());
        listening.add(listener);
        Thread.ofVirtual().name("bench-client").start(() -> listen(listener));
      }
    }

    void vanish() throws IOException {
      for (LiveClient client : vanishing) {
        client.vanish();
      }
    }

    /** From now on waits count. */
    void watch() {
      watching = true;
    }

    private void listen(LiveClient client) {
      AtomicLong last = new AtomicLong(workshop.time().nanos());
      try {
        client.listen(
            bytes -> {
              long now = workshop.time().nanos();
              long waited = now - last.getAndSet(now);
              if (watching) {
                longest.accumulateAndGet(waited, Math::max);
              }
            });
      } catch (IOException ended) {
        if (!closed) {
          loss = ended;
        }
      }
    }

    /** Throws when one that listens was lost, or nothing was pushed. */
    void requireAll() throws IOException {
      IOException lost = loss;
      if (lost != null) {
        throw new IOException("a client was lost: " + lost, lost);
      }
      if (longest.get() == 0) {
        throw new IOException("nothing was pushed");
      }
    }

    @Override
    public void close() throws IOException {
      closed = true;
      for (List<LiveClient> clients : List.of(quiet, vanishing, listening)) {
        for (LiveClient client : clients) {
          client.close();
        }
      }
    }
  }
}
