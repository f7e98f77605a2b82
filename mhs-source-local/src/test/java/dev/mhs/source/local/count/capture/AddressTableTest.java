package dev.mhs.source.local.count.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AddressTableTest {
  private final AddressTable table = new AddressTable();

  private record Address(long high, long low) {}

  private record Moved(long up, long down) {}

  private Map<Address, Moved> read() {
    Map<Address, Moved> all = new HashMap<>();
    table.read(
        (high, low, up, down) ->
            assertEquals(null, all.put(new Address(high, low), new Moved(up, down))));
    return all;
  }

  @Test
  void itAddsUpWhatEachAddressMoved() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<Address, Moved> expected = new HashMap<>();
    for (int packet = 0; packet < 50_000; packet++) {
      Address one = new Address(random.nextInt(3), random.nextInt(2_000));
      Moved more = new Moved(random.nextInt(1_500), random.nextInt(1_500));
      table.add(one.high(), one.low(), more.up(), more.down());
      expected.merge(one, more, (a, b) -> new Moved(a.up() + b.up(), a.down() + b.down()));
    }

    assertEquals(expected, read(), "seed " + seed);
    assertEquals(expected.size(), table.size());
  }

  @Test
  void whoeverTalksIsKeptWhileStrangersMakeAddressesUp() {
    for (int packet = 0; packet < 1_000; packet++) {
      table.add(0, 7, 100, 10);
    }
    for (long made = 0; made < 500_000; made++) {
      table.add(1, made, 60, 0);
      if (made % 100 == 0) {
        table.add(0, 7, 100, 10);
      }
    }

    assertTrue(table.size() <= AddressTable.MOST, "size: " + table.size());
    assertTrue(table.forgotten() > 400_000, "forgotten: " + table.forgotten());
    assertEquals(new Moved(600_000, 60_000), read().get(new Address(0, 7)));
  }

  @Test
  void readersNeverSeeACounterFall() throws InterruptedException {
    AtomicBoolean fell = new AtomicBoolean();
    Thread adder =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int packet = 0; packet < 3_000_000; packet++) {
                    table.add(0, packet % 200, 1, 2);
                  }
                });
    Map<Address, Moved> before = Map.of();
    while (adder.isAlive()) {
      Map<Address, Moved> now = read();
      before.forEach(
          (address, moved) -> {
            Moved later = now.getOrDefault(address, new Moved(0, 0));
            if (later.up() < moved.up() || later.down() < moved.down()) {
              fell.set(true);
            }
          });
      before = now;
    }
    adder.join();

    assertTrue(!fell.get(), "a counter fell");
    assertEquals(new Moved(15_000, 30_000), read().get(new Address(0, 0)));
  }
}
