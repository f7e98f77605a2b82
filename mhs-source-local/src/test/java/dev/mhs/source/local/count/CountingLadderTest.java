package dev.mhs.source.local.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.source.local.count.KernelCounting.Look;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CountingLadderTest {
  private static final CountingPlan PLAN =
      new CountingPlan(
          Set.of("lan0"),
          Set.of("lan0"),
          Set.of(),
          Set.of(),
          Set.of(),
          CountingPlan.Sight.ALL,
          Set.of(2));

  private final Rung nft = new Rung(Way.NFTABLES);
  private final Rung conntrack = new Rung(Way.CONNTRACK);
  private final Rung pcap = new Rung(Way.PCAP);
  private final CountingLadder ladder = new CountingLadder(List.of(nft, conntrack, pcap));

  private static final class Rung implements KernelCounting {
    private final Way way;
    boolean works = true;
    boolean counts;
    int looks;

    Rung(Way way) {
      this.way = way;
    }

    @Override
    public Look look(CountingPlan plan) {
      looks++;
      if (!works) {
        counts = false;
        return new Look.Unavailable(way.word() + " may not", "mend " + way.word());
      }
      boolean begins = !counts;
      counts = true;
      return new Look.Counted(Map.of(), begins, way, 0, null);
    }

    @Override
    public void rest() {
      counts = false;
    }

    @Override
    public void close() {
      counts = false;
    }
  }

  private Look.Counted look() throws InterruptedException {
    return assertInstanceOf(Look.Counted.class, ladder.look(PLAN));
  }

  @Test
  void theBestWayIsTakenAlone() throws InterruptedException {
    assertEquals(Way.NFTABLES, look().way());
    assertNull(look().passedOver());
    assertEquals(0, conntrack.looks + pcap.looks);
  }

  @Test
  void theNextBestSaysWhyNotTheBest() throws InterruptedException {
    nft.works = false;
    conntrack.works = false;

    Look.Counted first = look();
    Look.Counted second = look();

    assertEquals(Way.PCAP, first.way());
    assertTrue(first.began());
    assertFalse(second.began());
    Look.Unavailable passedOver = second.passedOver();
    assertNotNull(passedOver);
    assertEquals("nftables may not", passedOver.why());
    assertEquals("mend nftables", passedOver.remedy());
  }

  @Test
  void aBetterWayIsTriedNowAndThenAndBeginsAnew() throws InterruptedException {
    nft.works = false;
    look();
    look();
    assertEquals(1, nft.looks, "not at each look");
    nft.works = true;

    Look.Counted found = look();
    for (int looks = 0; looks < 60 && found.way() != Way.NFTABLES; looks++) {
      found = look();
    }

    assertEquals(Way.NFTABLES, found.way());
    assertTrue(found.began());
    assertFalse(conntrack.counts, "the lesser way goes on");
  }

  @Test
  void aWayThatFailsIsReplacedAtOnce() throws InterruptedException {
    nft.works = false;
    look();
    conntrack.works = false;

    Look.Counted found = look();

    assertEquals(Way.PCAP, found.way());
    assertTrue(found.began());
  }

  @Test
  void whenNoneIsLeftAllSayWhy() throws InterruptedException {
    nft.works = false;
    conntrack.works = false;
    pcap.works = false;

    Look.Unavailable no = assertInstanceOf(Look.Unavailable.class, ladder.look(PLAN));

    assertEquals("nftables may not; conntrack may not; pcap may not", no.why());
    assertEquals("mend nftables", no.remedy());
  }

  @Test
  void closingEndsAll() throws InterruptedException {
    nft.works = false;
    look();

    ladder.close();

    assertFalse(conntrack.counts);
  }
}
