package dev.mhs.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.core.engine.Engine;
import dev.mhs.core.engine.EngineSettings;
import dev.mhs.core.merge.PresenceRules;
import dev.mhs.core.plugin.Providers;
import dev.mhs.server.LiveCrowd.Client;
import dev.mhs.server.LiveCrowd.Push;
import dev.mhs.server.connect.Opening;
import dev.mhs.server.connect.Proxies;
import dev.mhs.server.live.LatestState;
import dev.mhs.server.live.LiveHub;
import dev.mhs.server.live.LiveRoute;
import dev.mhs.server.live.Snapshots;
import dev.mhs.server.wire.SnapshotJson;
import dev.mhs.tck.MutableClock;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand look, of whom a hundred never read and a hundred vanish: nobody else notices. The test
 * pushes by hand, the next as soon as all who listen have the last: whoever missed one would never
 * get it. How long a push takes is measured in {@code bench}.
 */
class LiveCrowdTest {
  private static final String PAGE = "/ws?mode=delta&compress=gzip"; // as the dashboard asks
  private static final String SCRIPT = "/ws";
  private static final int LISTENERS = 800;
  private static final int DEAF = 100;
  private static final int VANISHING = 100;
  private static final int PUSHES = 8;
  private static final int WAY = 32 * 1024; // bytes on the way to one that does not read
  private static final Duration PUSH = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int FEW_THREADS = 10;
  private static final long LITTLE_MEMORY = 2_000_000; // bytes: 2 kB of each client

  private final MutableClock clock = new MutableClock();
  private final AtomicLong seq = new AtomicLong(1);
  @TempDir private Path folder;
  private Engine engine;
  private LiveHub hub;
  private WebServer server;

  @SuppressWarnings("NullAway.Init") // made before each test
  LiveCrowdTest() {}

  @BeforeEach
  void serve() {
    EngineSettings settings =
        new EngineSettings(PUSH, PresenceRules.DEFAULT, ZoneOffset.UTC, folder);
    engine =
        new Engine(settings, clock, List.of(), Set.of(), Providers.of(), (devices, line) -> {});
    hub =
        new LiveHub(
            new LatestState(() -> Snapshots.of(seq.get()), new SnapshotJson("test", PUSH)),
            engine.audience(),
            PUSH,
            clock);
    int connections = 3 * (LISTENERS + DEAF + VANISHING); // all have the same address
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .connectionOptions(options -> options.socketSendBufferSize(WAY))
            .protocolsDiscoverServices(false)
            .addProtocol(LiveRoute.protocol())
            .addConnectionSelector(
                Http1.reception(connections, new Proxies(List.of()), Opening.plain(), clock))
            .addRouting(LiveRoute.of("/ws", hub, (prologue, headers) -> () -> true, clock))
            .build()
            .start();
  }

  @AfterEach
  void end() {
    hub.close();
    server.stop();
    engine.close();
  }

  @Test
  void theOthersGetEveryPushAndWhatTheyTookComesBack() throws Exception {
    look(100); // what is made once and kept is there from now on
    Footprint before = settled(Footprint.now(folder));

    Footprint during = look(LISTENERS);

    assertTrue(during.threads() > before.threads() + LISTENERS, during + " after " + before);
    Footprint after = settled(before);
    assertTrue(isLike(after, before), after + " after " + during + " after " + before);
  }

  /** Returns what there was when all were there. */
  private Footprint look(int listeners) throws IOException {
    try (LiveCrowd crowd = new LiveCrowd(server.port())) {
      List<Client> pages = connect(crowd, PAGE, listeners * 3 / 4);
      List<Client> scripts = connect(crowd, SCRIPT, listeners / 4);
      List<Client> deaf = new ArrayList<>();
      for (int i = 0; i < DEAF; i++) {
        deaf.add(crowd.deaf(SCRIPT));
      }
      List<Client> vanishing = connect(crowd, PAGE, VANISHING);
      List<Client> listening = new ArrayList<>(pages);
      listening.addAll(scripts);
      List<Client> reading = new ArrayList<>(listening);
      reading.addAll(vanishing);
      long first = seq.get();
      crowd.await("all have the whole state", reading, client -> client.knows(first));
      await("all are there", () -> hub.size() == listeners + DEAF + VANISHING);
      Footprint all = Footprint.now(folder);
      push(crowd, reading);

      vanish(crowd, vanishing);
      for (int push = 1; push < PUSHES; push++) {
        push(crowd, listening);
      }

      await("who was cut off is let go of", () -> hub.size() <= listeners + DEAF + VANISHING / 2);
      giveUpTheSilent(crowd, listening, deaf);
      assertEquals(listeners, hub.size());
      push(crowd, listening);
      assertToldAll(pages, first, "delta");
      assertToldAll(scripts, first, "update");
      return all;
    }
  }

  private static List<Client> connect(LiveCrowd crowd, String path, int count) throws IOException {
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(crowd.listener(path));
    }
    return clients;
  }

  /** Publishes the next snapshot and reads until each of these has it. */
  private void push(LiveCrowd crowd, List<Client> to) throws IOException {
    long next = seq.incrementAndGet();
    hub.publish(Snapshots.of(next));
    crowd.await("push " + next + " comes to all", to, client -> client.knows(next));
  }

  /** Half are cut off, the others take and say nothing any more. */
  private static void vanish(LiveCrowd crowd, List<Client> vanishing) throws IOException {
    for (int i = 0; i < vanishing.size(); i++) {
      if (i % 2 == 0) {
        vanishing.get(i).vanish();
      } else {
        crowd.silence(vanishing.get(i));
      }
    }
  }

  /** Lets the time pass after which somebody who takes and says nothing is given up. */
  private void giveUpTheSilent(LiveCrowd crowd, List<Client> listening, List<Client> deaf)
      throws IOException {
    for (int step = 0; step < 4; step++) {
      clock.advance(Duration.ofSeconds(15));
      crowd.greet(listening);
    }
    await("the silent ones are given up", () -> hub.size() == listening.size());
    for (Client client : deaf) {
      crowd.listen(client);
    }
    crowd.await("their connections are ended", deaf, Client::ended);
    LiveCrowd.assertThere(listening);
  }

  /** Nothing is missing, nothing comes twice, and nobody was too slow for a delta. */
  private void assertToldAll(List<Client> listening, long first, String later) {
    List<Push> expected =
        LongStream.rangeClosed(first, seq.get())
            .mapToObj(number -> new Push(number == first ? "update" : later, number))
            .toList();
    listening.forEach(client -> assertEquals(expected, client.pushes()));
  }

  private static boolean isLike(Footprint now, Footprint before) {
    return now.threads() <= before.threads() + FEW_THREADS
        && now.heapBytes() <= before.heapBytes() + LITTLE_MEMORY;
  }

  /** Waits until nobody looks and no more is held than before, or too long has passed. */
  private Footprint settled(Footprint before) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Footprint now;
    do {
      hub.publish(Snapshots.of(seq.incrementAndGet())); // whoever left without a word is found out
      now = Footprint.now(folder);
    } while (!(hub.size() == 0 && isLike(now, before)) && System.nanoTime() < end);
    assertEquals(0, hub.size(), "nobody is there any more");
    return now;
  }

  private static void await(String what, BooleanSupplier wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!wanted.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, what);
      Thread.onSpinWait();
    }
  }
}
