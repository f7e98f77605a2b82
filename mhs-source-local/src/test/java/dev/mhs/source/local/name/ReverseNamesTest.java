package dev.mhs.source.local.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.IpLiteral;
import dev.mhs.source.local.FakeTime;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReverseNamesTest {
  private static final InetAddress NAS = IpLiteral.of("10.0.0.7");

  private final FakeTime time = new FakeTime();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final Map<InetAddress, String> dns = new HashMap<>(Map.of(NAS, "nas.lan"));
  private final List<InetAddress> asked = new ArrayList<>();
  private final ReverseNames names =
      new ReverseNames(this::resolve, time, waiting::add, () -> List.of("lan"));

  private String resolve(InetAddress address) {
    asked.add(address);
    return dns.getOrDefault(address, address.getHostAddress());
  }

  private void runAll() {
    while (!waiting.isEmpty()) {
      Objects.requireNonNull(waiting.poll()).run();
    }
  }

  @Test
  void nobodyWaitsForAName() {
    assertNull(names.nameOf(NAS));
    runAll();
    assertEquals("nas", names.nameOf(NAS));
  }

  @Test
  void oneQuestionIsEnough() {
    names.nameOf(NAS);
    names.nameOf(NAS);
    runAll();
    time.pass(Duration.ofSeconds(599));
    names.nameOf(NAS);
    runAll();

    assertEquals(List.of(NAS), asked);
  }

  @Test
  void afterTenMinutesTheNameIsAskedAnewAndTheOldOneStands() {
    names.nameOf(NAS);
    runAll();
    dns.put(NAS, "backup.lan");
    time.pass(Duration.ofMinutes(10));

    assertEquals("nas", names.nameOf(NAS));
    runAll();
    assertEquals("backup", names.nameOf(NAS));
  }

  @Test
  void thatThereIsNoNameIsRememberedForFiveMinutes() {
    InetAddress nameless = IpLiteral.of("10.0.0.8");
    names.nameOf(nameless);
    runAll();
    time.pass(Duration.ofSeconds(299));
    names.nameOf(nameless);
    runAll();
    assertEquals(1, asked.size());

    time.pass(Duration.ofSeconds(1));
    names.nameOf(nameless);
    runAll();
    assertEquals(2, asked.size());
  }

  @Test
  void aResolverThatBreaksIsAskedAgainLater() {
    ReverseNames broken =
        new ReverseNames(
            address -> {
              throw new IllegalStateException("broken");
            },
            time,
            waiting::add,
            List::of);
    broken.nameOf(NAS);
    assertThrows(IllegalStateException.class, this::runAll);
    assertNull(broken.nameOf(NAS));
    assertTrue(waiting.isEmpty());

    time.pass(Duration.ofMinutes(5));
    broken.nameOf(NAS);
    assertEquals(1, waiting.size());
  }

  @Test
  void noMoreAddressesAreRememberedThanThereIsRoomFor() {
    for (int i = 0; i < 5000; i++) {
      names.nameOf(IpLiteral.of("10.9." + i / 250 + "." + i % 250));
    }
    assertEquals(ReverseNames.MOST, waiting.size());

    runAll();
    time.pass(Duration.ofMinutes(11));
    names.nameOf(NAS);
    runAll();
    assertEquals("nas", names.nameOf(NAS));
  }

  @Test
  void theThreadsAreDaemonsAndEndWithTheSource() throws InterruptedException {
    CountDownLatch asking = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    NameThreads threads = new NameThreads();
    threads.execute(
        () -> {
          asking.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException interrupted) {
            ended.countDown();
          }
        });
    assertTrue(asking.await(20, TimeUnit.SECONDS));

    threads.close();
    threads.close();
    threads.execute(asking::countDown);

    assertTrue(ended.await(20, TimeUnit.SECONDS));
  }
}
