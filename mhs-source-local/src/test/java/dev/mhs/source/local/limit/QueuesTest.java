package dev.mhs.source.local.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BitRate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueuesTest {
  /** Printed by iproute2 6.1 on Linux 6.18. */
  private static final String QUEUES =
      """
      qdisc noqueue 0: dev lo root refcnt 2\s
      qdisc htb 4d01: dev lan0 root refcnt 2 r2q 10 default 0 direct_packets_stat 3 direct_qlen 1000
      qdisc bfifo 8001: dev lan0 parent 4d01:10 limit 1250000b
      qdisc tbf 8: dev wan0 root refcnt 2 rate 900Mbit burst 1Mb lat 50ms\s
      qdisc ingress ffff: dev wan0 parent ffff:fff1 ----------------\s
      """;

  /** Likewise. */
  private static final String CLASSES =
      """
      class htb 4d01:11 root prio 0 rate 1Gbit ceil 1Gbit burst 125000b cburst 125000b\s
       Sent 0 bytes 0 pkt (dropped 0, overlimits 0 requeues 0)\s
       backlog 0b 0p requeues 0
       lended: 0 borrowed: 0 giants: 0
       tokens: 15625 ctokens: 15625

      class htb 4d01:1f root leaf 8001: prio 0 rate 12345Kbit ceil 12345Kbit burst 5999b cburst 5999b\s
       Sent 28017541 bytes 20156 pkt (dropped 10, overlimits 1790 requeues 0)\s
       backlog 62Kb 42p requeues 0
       lended: 3505 borrowed: 0 giants: 0
       tokens: 3835 ctokens: 3835

      """;

  @Test
  void theQueueOfEachInterfaceIsKnown() {
    assertEquals(
        Map.of(
            "lo", new Queues.Root("noqueue", "0:"),
            "lan0", new Queues.Root("htb", "4d01:"),
            "wan0", new Queues.Root("tbf", "8:")),
        Queues.roots(QUEUES));
  }

  @Test
  void onlyWhatNobodySetIsTheKernelsOwnChoice() {
    assertTrue(new Queues.Root("fq_codel", "0:").isDefault());
    assertFalse(new Queues.Root("fq_codel", "8001:").isDefault());
    assertTrue(new Queues.Root("htb", "4d02:").isOurs(Direction.UP));
    assertFalse(new Queues.Root("htb", "4d02:").isOurs(Direction.DOWN));
  }

  @Test
  void eachClassTellsItsRateWhatItSentAndWhatWaits() {
    assertEquals(
        Map.of(
            0x11, new Queues.Line(BitRate.ofMegabits(1_000), new Passage(0, 0)),
            0x1f, new Queues.Line(new BitRate(12_345_000), new Passage(28_017_541, 62 * 1024))),
        Queues.lines(Direction.DOWN, CLASSES));
    assertEquals(Map.of(), Queues.lines(Direction.UP, CLASSES));
  }

  @Test
  void whatTcRoundsIsStillTheRateThatWasWished() {
    Queues.Line line = new Queues.Line(new BitRate(12_345_000), new Passage(0, 0));

    assertTrue(line.isAsFastAs(new BitRate(12_345_678)));
    assertFalse(line.isAsFastAs(new BitRate(12_400_000)));
  }
}
