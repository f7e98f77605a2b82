package dev.mhs.source.local.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.IpLiteral;
import dev.mhs.source.local.FakeTime;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweeperTest {
  private static final InetAddress OWN = IpLiteral.of("10.0.0.1");

  /** Writes down what was sent; refuses what it is told to. */
  private static final class FakeSocket implements ProbeSocket {
    final List<Probe> sent = new CopyOnWriteArrayList<>();
    final AtomicInteger refused = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    volatile Set<String> refusing = Set.of();

    @Override
    public void send(Probe probe) throws IOException {
      if (refusing.contains(probe.interfaceName())) {
        refused.incrementAndGet();
        throw new IOException("Operation not permitted");
      }
      sent.add(probe);
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private final FakeTime time = new FakeTime();
  private final FakeSocket socket = new FakeSocket();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final Sweeper sweeper = new Sweeper(socket, time, time::pass, this::thread);

  private Thread thread(Runnable work) {
    Thread thread = Thread.ofPlatform().daemon().unstarted(work);
    threads.add(thread);
    return thread;
  }

  private void awaitEnd() throws InterruptedException {
    for (Thread each : threads) {
      assertTrue(each.join(Duration.ofSeconds(20)), "the sending thread does not end");
    }
  }

  private static List<Probe> probes(String interfaceName, int count, boolean known) {
    List<Probe> probes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String target = (known ? "10.0." : "10.1.") + (i / 250) + "." + (1 + i % 250);
      probes.add(new Probe(OWN, IpLiteral.of(target), interfaceName, known));
    }
    return probes;
  }

  @AfterEach
  void close() {
    sweeper.close();
  }

  @Test
  void everybodyIsAskedOnceAtTheAllowedPace() throws InterruptedException {
    sweeper.ask(probes("eth0", 1256, false));
    awaitEnd();

    assertEquals(1256, Set.copyOf(socket.sent).size());
    assertEquals(1256, socket.sent.size());
    assertEquals(20.0, Duration.between(FakeTime.START, time.instant()).toMillis() / 1e3, 0.1);
    assertEquals(1, socket.closed.get());
  }

  @Test
  void theThreadEndsAndAnotherTakesUpNewWork() throws InterruptedException {
    sweeper.ask(probes("eth0", 3, false));
    awaitEnd();
    sweeper.ask(probes("eth0", 3, false));
    awaitEnd();

    assertEquals(6, socket.sent.size());
    assertEquals(2, threads.size());
  }

  @Test
  void knownNeighborsGoFirst() throws InterruptedException {
    List<Probe> both = new ArrayList<>(probes("eth0", 50, false));
    both.addAll(probes("eth0", 5, true));

    sweeper.ask(both);
    awaitEnd();

    assertTrue(socket.sent.subList(0, 5).stream().allMatch(Probe::known));
  }

  @Test
  void whenAKnownNeighborWasAskedIsRemembered() throws InterruptedException {
    List<Probe> known = probes("eth0", 1, true);
    sweeper.ask(known);
    awaitEnd();

    assertEquals(FakeTime.START, sweeper.askedAt(known.getFirst().target()));
    sweeper.retain(Set.of());
    assertNull(sweeper.askedAt(known.getFirst().target()));
  }

  @Test
  void aRefusalIsToldAndTheInterfaceGivenUpForThisTime() throws InterruptedException {
    socket.refusing = Set.of("eth1");
    List<Probe> both = new ArrayList<>(probes("eth1", 100, true));
    both.addAll(probes("eth0", 100, false));

    sweeper.ask(both);
    awaitEnd();

    assertEquals(Map.of("eth1", "Operation not permitted"), sweeper.refusals());
    assertEquals(16, socket.refused.get());
    assertEquals(100, socket.sent.size());
    assertNull(sweeper.askedAt(IpLiteral.of("10.0.0.1")));
  }

  @Test
  void aRefusalThatIsOverIsForgotten() throws InterruptedException {
    socket.refusing = Set.of("eth0");
    sweeper.ask(probes("eth0", 20, false));
    awaitEnd();
    socket.refusing = Set.of();
    sweeper.ask(probes("eth0", 20, false));
    awaitEnd();

    assertEquals(Map.of(), sweeper.refusals());
  }

  @Test
  void closingEndsAPauseAndForgetsTheRest() throws InterruptedException {
    CountDownLatch pausing = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Pause endless =
        wait -> {
          pausing.countDown();
          never.await();
        };
    Sweeper stuck = new Sweeper(socket, time, endless, this::thread);
    stuck.ask(probes("eth0", 500, false));
    assertTrue(pausing.await(20, TimeUnit.SECONDS));

    stuck.close();
    stuck.close();
    awaitEnd();

    assertEquals(256, socket.sent.size());
    assertEquals(1, socket.closed.get());
  }

  @Test
  void afterClosingNothingIsSent() throws InterruptedException {
    sweeper.close();
    sweeper.ask(probes("eth0", 5, false));
    awaitEnd();

    assertTrue(socket.sent.isEmpty());
    assertFalse(threads.stream().anyMatch(Thread::isAlive));
  }
}
