package dev.mhs.server.live;

import dev.mhs.api.Snapshot;
import dev.mhs.core.engine.Audience;
import dev.mhs.core.spi.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * All WebSocket clients. Publishing never blocks: each client has a writer of its own, and one that
 * cannot keep up gets the newest state. Thread-safe.
 */
public final class LiveHub implements AutoCloseable {
  /** More than a household has pages open; each costs a thread and a buffer. */
  public static final int MOST_CLIENTS = 1200;

  private static final Duration CHECK_EVERY = Duration.ofSeconds(1);
  private static final System.Logger LOG = System.getLogger(LiveHub.class.getName());

  private final Set<LiveClient> clients = ConcurrentHashMap.newKeySet();
  private final LatestState latest;
  private final Audience audience;
  private final Duration pushInterval;
  private final TimeSource time;
  private final ScheduledExecutorService watchdog =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("mhs-live").unstarted(task));
  private final Future<?> checking;
  private volatile boolean closed;

  /**
   * Makes a hub without clients.
   *
   * @param latest the newest message
   * @param audience hears of every client
   * @param pushInterval how often a snapshot is published
   * @param time the clocks
   */
  public LiveHub(LatestState latest, Audience audience, Duration pushInterval, TimeSource time) {
    this.pushInterval = pushInterval;
    this.latest = latest;
    this.audience = audience;
    this.time = time;
    checking =
        watchdog.scheduleWithFixedDelay(
            this::check, CHECK_EVERY.toMillis(), CHECK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Sends a snapshot to every client. Does not block. */
  public void publish(Snapshot snapshot) {
    if (clients.isEmpty()) {
      return;
    }
    Frame frame = latest.of(snapshot);
    clients.forEach(client -> client.offer(frame));
  }

  /** Returns how many clients there are. */
  public int size() {
    return clients.size();
  }

  /** Tells why no further client is taken, or empty when one is. */
  public Optional<String> refusal() {
    if (closed) {
      return Optional.of("MHS is being stopped");
    }
    return clients.size() >= MOST_CLIENTS
        ? Optional.of("there are " + MOST_CLIENTS + " clients already")
        : Optional.empty();
  }

  /** Returns the newest frame. */
  Frame latest() {
    return latest.get();
  }

  /** Returns how often there is a new one. */
  Duration pushInterval() {
    return pushInterval;
  }

  /** Takes a client in: it gets the newest state at once. */
  void add(LiveClient client) {
    clients.add(client);
    client.start(audience.watch());
  }

  /** Lets go of a client; a second time does nothing. */
  void remove(LiveClient client) {
    clients.remove(client);
  }

  private void check() {
    try {
      long now = time.nanos();
      clients.forEach(client -> client.check(now));
    } catch (RuntimeException bug) { // or the watchdog would never run again
      LOG.log(System.Logger.Level.ERROR, "checking WebSocket clients failed", bug);
    }
  }

  /** Says goodbye to every client (1001) and takes no more. */
  @Override
  public void close() {
    closed = true;
    checking.cancel(false);
    watchdog.shutdown();
    clients.forEach(LiveClient::goAway);
    clients.forEach(client -> client.awaitEnd(Duration.ofMillis(500)));
  }
}
