package dev.mhs.source.local.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.mhs.api.IpLiteral;
import dev.mhs.api.Moment;
import dev.mhs.source.local.count.KernelCounting.Look.Counted;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountLedgerTest {
  private static final InetAddress NAS = IpLiteral.of("192.168.7.2");
  private static final InetAddress TV = IpLiteral.of("192.168.7.3");

  private final CountLedger ledger = new CountLedger();

  private static Moment at(long seconds) {
    return new Moment(
        Instant.ofEpochSecond(1_000 + seconds), Duration.ofSeconds(seconds).toNanos());
  }

  private CountLedger.Moved enter(long seconds, Map<InetAddress, Counts> counts) {
    CountLedger.Moved moved = ledger.enter(new Counted(counts, false), at(seconds));
    assertNotNull(moved);
    return moved;
  }

  private void begin(long seconds) {
    assertNull(ledger.enter(new Counted(Map.of(), true), at(seconds)));
  }

  @Test
  void whatIsMovedSinceTheBeginningCounts() {
    begin(0);

    CountLedger.Moved moved = enter(2, Map.of(NAS, new Counts(100, 10)));

    assertEquals(new Counts(100, 10), moved.counts().get(NAS));
    assertEquals(Duration.ofSeconds(2), moved.over());
  }

  @Test
  void onlyTheGrowthCountsAndANewAddressCountsInFull() {
    begin(0);
    enter(2, Map.of(NAS, new Counts(100, 10)));

    CountLedger.Moved moved = enter(4, Map.of(NAS, new Counts(130, 10), TV, new Counts(7, 8)));

    assertEquals(Map.of(NAS, new Counts(30, 0), TV, new Counts(7, 8)), moved.counts());
    assertEquals(new Counts(37, 8), moved.total());
  }

  @Test
  void aCounterThatBeganAnewCountsInFull() {
    begin(0);
    enter(2, Map.of(NAS, new Counts(100, 10)));

    assertEquals(new Counts(3, 2), enter(4, Map.of(NAS, new Counts(3, 2))).counts().get(NAS));
  }

  @Test
  void aTableThatBeganAnewIsABeginning() {
    begin(0);
    enter(2, Map.of(NAS, new Counts(100, 10)));
    begin(4);

    assertEquals(new Counts(5, 5), enter(6, Map.of(NAS, new Counts(5, 5))).counts().get(NAS));
  }

  @Test
  void countersOfUnknownAgeAreABeginningToo() {
    assertNull(ledger.enter(new Counted(Map.of(NAS, new Counts(9, 9)), false), at(0)));

    assertEquals(new Counts(1, 0), enter(2, Map.of(NAS, new Counts(10, 9))).counts().get(NAS));
  }
}
