package dev.mhs.source.local.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BitRate;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.FailureKind;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.source.local.count.Network;
import dev.mhs.source.local.limit.KernelShaping.Change;
import dev.mhs.source.local.limit.KernelShaping.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelShapingTest {
  private static final DeviceKey TV = new DeviceKey.ByMac(MacAddress.of("02:00:00:00:00:07"));
  private static final DeviceKey NAS = new DeviceKey.ByMac(MacAddress.of("02:00:00:00:00:08"));
  private static final DeviceKey FAR = new DeviceKey.ByAddress(IpLiteral.of("10.0.0.9"));
  private static final Shape SLOW = new Shape(BitRate.ofMegabits(5), BitRate.ofMegabits(2));
  private static final Shape QUICK = new Shape(BitRate.ofMegabits(50), BitRate.ofMegabits(20));
  private static final ShapingPlace PLACE = place("lan0");

  private final Path folder;
  private PlayedKernel kernel;

  KernelShapingTest(@TempDir Path folder) {
    this.folder = folder;
    kernel = new PlayedKernel(folder);
  }

  @BeforeEach
  void aBridgeAndALine() {
    kernel.roots.put("lan0", "noqueue 0:");
    kernel.roots.put("lan1", "fq_codel 0:");
    kernel.roots.put("wan0", "cake 8001:");
  }

  private static ShapingPlace place(String... sides) {
    return new ShapingPlace(
        Set.of(sides), Set.of(), Set.of(Network.of(IpLiteral.of("10.0.0.1"), 24)));
  }

  private Change apply(DeviceKey key, Shape shape) throws InterruptedException {
    return kernel.shaping().apply(PLACE, key, shape);
  }

  private Map<DeviceKey, Standing> look(ShapingPlace place) throws InterruptedException {
    return assertInstanceOf(Look.Standings.class, kernel.shaping().look(place)).limits();
  }

  private static void assertWhole(Shape shape, @Nullable Standing standing) {
    assertNotNull(standing);
    assertEquals(shape, standing.shape());
    assertNull(standing.trouble());
  }

  @Test
  void whatIsSetIsInForceForWhoeverLooksNext() throws InterruptedException {
    assertInstanceOf(Change.Done.class, apply(TV, SLOW));
    assertInstanceOf(Change.Done.class, apply(FAR, QUICK));

    Map<DeviceKey, Standing> limits = look(PLACE);
    assertEquals(Set.of(TV, FAR), limits.keySet());
    assertWhole(SLOW, limits.get(TV));
    assertWhole(QUICK, limits.get(FAR));
    assertEquals("cake 8001:", kernel.roots.get("wan0"));
    assertEquals("fq_codel 0:", kernel.roots.get("lan1"));
  }

  @Test
  void lookingChangesNothingWhereAllIsWhole() throws InterruptedException {
    look(PLACE);
    assertEquals(List.of(), kernel.writes);
    apply(TV, SLOW);
    kernel.writes.clear();

    look(PLACE);

    assertEquals(List.of(), kernel.writes);
  }

  @Test
  void theLastLimitTakesEverythingWithIt() throws InterruptedException {
    String before = kernel.state();
    apply(TV, SLOW);
    apply(NAS, QUICK);

    assertNull(assertInstanceOf(Change.Done.class, apply(TV, Shape.FREE)).standing());
    assertEquals(Set.of(NAS), look(PLACE).keySet());
    assertInstanceOf(Change.Done.class, apply(NAS, Shape.FREE));

    assertEquals(before, kernel.state());
  }

  @Test
  void oneDirectionTouchesNothingOfTheOther() throws InterruptedException {
    apply(TV, new Shape(null, BitRate.ofMegabits(2)));
    assertEquals("noqueue 0:", kernel.roots.get("lan0"));

    apply(TV, new Shape(BitRate.ofMegabits(2), null));
    assertEquals("htb 4d01:", kernel.roots.get("lan0"));
    assertNull(kernel.roots.get("mhs-up"));
  }

  @Test
  void aQueueOfOthersIsNamedAndLeftAlone() throws InterruptedException {
    kernel.roots.put("lan0", "cake 8001:");
    String before = kernel.state();

    Change.NotDone refused = assertInstanceOf(Change.NotDone.class, apply(TV, SLOW));

    assertTrue(refused.why().startsWith("lan0 has a queue of its own (cake 8001:)"), refused.why());
    assertEquals(before, kernel.state());
    // Uploads wait elsewhere.
    assertInstanceOf(Change.Done.class, apply(TV, new Shape(null, BitRate.ofMegabits(2))));
  }

  @Test
  void aQueueThatTookThePlaceOfOursIsTold() throws InterruptedException {
    apply(TV, SLOW);
    kernel.roots.put("lan0", "cake 8001:");
    kernel.classes.keySet().removeIf(each -> each.startsWith("lan0"));

    Standing standing = look(PLACE).get(TV);

    assertNotNull(standing);
    String trouble = standing.trouble();
    assertNotNull(trouble);
    assertTrue(trouble.startsWith("lan0 has a queue of its own (cake 8001:)"), trouble);
    assertEquals("cake 8001:", kernel.roots.get("lan0"));
    assertInstanceOf(Change.Done.class, apply(TV, Shape.FREE));
    assertEquals("cake 8001:", kernel.roots.get("lan0"));
  }

  @Test
  void theMissingPieceIsNamedAndNothingIsLeft() throws InterruptedException {
    Map<String, String> pieces =
        Map.of(
            "type ifb", "Error: Unknown device type.",
            "root handle", "Error: Specified qdisc kind is unknown.",
            "nft table", "Error: Could not process rule: No such file or directory");
    Map<String, String> names =
        Map.of("type ifb", "ifb", "root handle", "sch_htb", "nft table", "nft_fwd_netdev");
    for (String words : pieces.keySet()) {
      kernel.refusals.clear();
      String before = kernel.state();
      kernel.refusals.put(words, pieces.get(words));

      Change.NotDone refused = assertInstanceOf(Change.NotDone.class, apply(TV, SLOW));

      assertTrue(refused.why().contains(names.get(words)), refused.why());
      assertEquals(before, kernel.state());
    }
  }

  @Test
  void withoutFairQueuesPacketsWaitInShortOnes() throws InterruptedException {
    kernel.refusals.put("fq_codel", "Error: Specified qdisc kind is unknown.");

    assertInstanceOf(Change.Done.class, apply(TV, QUICK));

    assertEquals("bfifo limit 1250000", kernel.leaves.get("lan0 4d01:10"));
    assertEquals("bfifo limit 500000", kernel.leaves.get("mhs-up 4d02:10"));
  }

  @Test
  void whoeverMayNotIsToldWhatItTakes() throws InterruptedException {
    kernel.refusals.put("nft", "Operation not permitted (you must be root)");

    Look.Unavailable look = assertInstanceOf(Look.Unavailable.class, kernel.shaping().look(PLACE));

    assertEquals(FailureKind.NOT_PERMITTED, look.kind());
    assertTrue(look.why().contains("CAP_NET_ADMIN"), look.why());
    assertInstanceOf(Change.NotDone.class, apply(TV, SLOW));
  }

  @Test
  void withoutTheProgramsTheirPackagesAreNamed() throws InterruptedException, IOException {
    Files.delete(kernel.programs.resolve("tc"));
    Files.delete(kernel.programs.resolve("nft"));

    Look.Unavailable look = assertInstanceOf(Look.Unavailable.class, kernel.shaping().look(PLACE));

    assertEquals("apt install nftables iproute2", look.remedy());
  }

  @Test
  void aHouseholdThatGrowsIsFollowed() throws InterruptedException {
    apply(TV, SLOW);

    assertWhole(SLOW, look(place("lan0", "lan1")).get(TV));
    assertEquals("htb 4d01:", kernel.roots.get("lan1"));

    assertWhole(SLOW, look(PLACE).get(TV));
    assertEquals("noqueue 0:", kernel.roots.get("lan1"));
  }

  @Test
  void whatOthersThrewAwayIsMended() throws InterruptedException {
    apply(TV, SLOW);
    kernel.run(List.of("tc", "qdisc", "del", "dev", "lan0", "root"));
    kernel.classes.put("mhs-up 4d02:10", "999Kbit");

    assertWhole(SLOW, look(PLACE).get(TV));
  }

  @Test
  void aKillAtAnyMomentLeavesTheOldLimitOrTheNewOneWhole() throws Exception {
    List<List<Shape>> changes =
        List.of(
            List.of(Shape.FREE, SLOW),
            List.of(SLOW, QUICK),
            List.of(SLOW, new Shape(null, BitRate.ofMegabits(2))),
            List.of(QUICK, Shape.FREE));
    int kills = 0;
    for (List<Shape> change : changes) {
      for (int at = 0; isKilled(change.getFirst(), change.getLast(), at); at++) {
        Map<DeviceKey, Standing> limits = look(PLACE);
        Standing found = limits.get(TV);
        Shape shape = found == null ? Shape.FREE : found.shape();
        assertTrue(change.contains(shape), () -> "neither of " + change + ": " + shape);
        if (found != null) {
          assertWhole(shape, found);
        }
        assertWhole(QUICK, limits.get(NAS));
        kernel.writes.clear();
        look(PLACE);
        assertEquals(List.of(), kernel.writes, "something was left to be mended");
        kills++;
      }
    }
    assertTrue(kills > 15, "kills: " + kills);
  }

  /**
   * Changes a limit beside another one, and is killed before a step; returns false past the end.
   */
  private boolean isKilled(Shape before, Shape after, int at) throws Exception {
    kernel = new PlayedKernel(Files.createTempDirectory(folder, "kernel"));
    aBridgeAndALine();
    apply(NAS, QUICK);
    apply(TV, before);
    kernel.writes.clear();
    kernel.killedAt = at;
    try {
      apply(TV, after);
      return false;
    } catch (InterruptedException killed) {
      kernel.killedAt = -1;
      return true;
    }
  }

  @Test
  void aRefusalAtAnyMomentLeavesAllAsItWas() throws Exception {
    int refusals = 0;
    for (int at = 0; ; at++) {
      kernel = new PlayedKernel(Files.createTempDirectory(folder, "kernel"));
      aBridgeAndALine();
      kernel.refusals.put("fq_codel", "Error: Specified qdisc kind is unknown.");
      apply(NAS, new Shape(BitRate.ofMegabits(9), null));
      String before = kernel.state();
      kernel.writes.clear();
      kernel.refusedAt = at;
      Change change = apply(TV, SLOW);
      if (kernel.refusedAt == at) {
        break;
      }
      assertInstanceOf(Change.NotDone.class, change);
      assertEquals(before, kernel.state());
      refusals++;
    }
    assertTrue(refusals > 6, "refusals: " + refusals);
  }
}
