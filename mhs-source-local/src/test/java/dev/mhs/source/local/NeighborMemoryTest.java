package dev.mhs.source.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.Evidence;
import dev.mhs.api.Evidence.Kind;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.source.local.parse.Neighbor;
import dev.mhs.source.local.parse.NeighborState;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NeighborMemoryTest {
  private static final InetAddress ADDRESS = IpLiteral.of("10.77.0.2");
  private static final MacAddress ONE = MacAddress.of("8a:73:47:65:5d:01");
  private static final MacAddress OTHER = MacAddress.of("8a:73:47:65:5d:02");
  private static final Instant START = FakeTime.START;

  private final NeighborMemory memory = new NeighborMemory();
  private final Map<InetAddress, Instant> asked = new HashMap<>();

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  private static Neighbor entry(NeighborState state, @Nullable MacAddress mac) {
    return new Neighbor(ADDRESS, "eth0", mac, state, null);
  }

  private static Neighbor aged(
      NeighborState state, @Nullable MacAddress mac, int confirmed, int updated) {
    var ages = new Neighbor.Ages(Duration.ofSeconds(confirmed), Duration.ofSeconds(updated));
    return new Neighbor(ADDRESS, "eth0", mac, state, ages);
  }

  private Observation read(int second, Neighbor entry) {
    return memory.observe(List.of(entry), at(second), asked::get).getFirst();
  }

  private static List<Evidence> one(Kind kind, int second) {
    return List.of(new Evidence(kind, at(second)));
  }

  @Test
  void aReachableNeighborIsProvenWhenTheKernelConfirmedIt() {
    var seen = read(100, aged(NeighborState.REACHABLE, ONE, 12, 12));

    assertEquals(one(Kind.NEIGHBOR_REACHABLE, 88), seen.evidence());
  }

  @Test
  void withoutAgesAReachableNeighborIsProvenByTheReading() {
    assertEquals(
        one(Kind.NEIGHBOR_REACHABLE, 100),
        read(100, entry(NeighborState.REACHABLE, ONE)).evidence());
  }

  @Test
  void beingAskedIsNoFreshProof() {
    var delay = read(7200, aged(NeighborState.DELAY, ONE, 3600, 1));
    var probe = read(7206, aged(NeighborState.PROBE, ONE, 3606, 1));

    assertEquals(one(Kind.NEIGHBOR_REACHABLE, 3600), delay.evidence());
    assertEquals(one(Kind.NEIGHBOR_REACHABLE, 3600), probe.evidence());
  }

  @Test
  void withoutAgesBeingAskedIsAHint() {
    read(0, entry(NeighborState.STALE, ONE));

    assertEquals(one(Kind.NEIGHBOR_STALE, 5), read(5, entry(NeighborState.DELAY, ONE)).evidence());
  }

  @Test
  void aStaleNeighborIsAHintOfTheFirstReadingThatSaidSo() {
    read(0, entry(NeighborState.REACHABLE, ONE));
    read(5, entry(NeighborState.STALE, ONE));

    assertEquals(one(Kind.NEIGHBOR_STALE, 5), read(10, entry(NeighborState.STALE, ONE)).evidence());
  }

  @Test
  void aTypedInNeighborIsAHint() {
    assertEquals(
        one(Kind.NEIGHBOR_STALE, 3), read(3, entry(NeighborState.PERMANENT, ONE)).evidence());
  }

  @Test
  void aFailedEntryDeniesItsFormerOwner() {
    read(0, entry(NeighborState.STALE, ONE));

    var seen = read(20, aged(NeighborState.FAILED, null, 80, 7));

    assertEquals(ONE, seen.mac());
    assertEquals(one(Kind.NEIGHBOR_FAILED, 13), seen.evidence());
  }

  @Test
  void aFailedEntryThatNobodyEverOwnedNamesNobody() {
    assertNull(read(0, entry(NeighborState.FAILED, null)).mac());
  }

  @Test
  void whileAskedAnewTheFormerOwnerIsNeitherProvenNorDenied() {
    read(0, entry(NeighborState.STALE, ONE));

    var seen = read(5, entry(NeighborState.INCOMPLETE, null));

    assertEquals(ONE, seen.mac());
    assertEquals(List.of(), seen.evidence());
  }

  @Test
  void entriesThatNeedNoResolutionSayNothing() {
    assertEquals(List.of(), read(0, entry(NeighborState.NOARP, ONE)).evidence());
  }

  @Test
  void aGroupAddressIsNobody() {
    assertNull(read(0, entry(NeighborState.STALE, MacAddress.of("01:00:5e:00:00:01"))).mac());
  }

  @Test
  void aCompleteEntryOfTheFirstReadingIsAHint() {
    assertEquals(
        one(Kind.NEIGHBOR_STALE, 0), read(0, entry(NeighborState.COMPLETE, ONE)).evidence());
  }

  @Test
  void anEntryThatBecameCompleteHasAnswered() {
    read(0, entry(NeighborState.UNRESOLVED, null));

    var seen = read(5, entry(NeighborState.COMPLETE, ONE));

    assertTrue(seen.evidence().contains(new Evidence(Kind.ANSWERED, at(5))), seen::toString);
  }

  @Test
  void anEntryThatIsNewSinceTheLastReadingHasAnswered() {
    memory.observe(List.of(), at(0), asked::get);

    var seen = read(5, entry(NeighborState.COMPLETE, ONE));

    assertTrue(seen.evidence().contains(new Evidence(Kind.ANSWERED, at(5))), seen::toString);
  }

  @Test
  void anEntryWithANewOwnerHasAnswered() {
    read(0, entry(NeighborState.COMPLETE, ONE));

    var seen = read(5, entry(NeighborState.COMPLETE, OTHER));

    assertEquals(OTHER, seen.mac());
    assertTrue(seen.evidence().contains(new Evidence(Kind.ANSWERED, at(5))), seen::toString);
  }

  @Test
  void anAnswerIsNotNewsForEver() {
    memory.observe(List.of(), at(0), asked::get);
    read(5, entry(NeighborState.COMPLETE, ONE));

    var later = read(500, entry(NeighborState.COMPLETE, ONE));

    assertTrue(later.evidence().contains(new Evidence(Kind.ANSWERED, at(5))), later::toString);
    assertTrue(later.evidence().stream().noneMatch(each -> each.at().isAfter(at(5))));
  }

  @Test
  void anEntryThatStaysCompleteAfterAProbeHasAnsweredIt() {
    read(0, entry(NeighborState.COMPLETE, ONE));
    asked.put(ADDRESS, at(30));

    var tooEarly = read(39, entry(NeighborState.COMPLETE, ONE));
    var surely = read(40, entry(NeighborState.COMPLETE, ONE));

    assertEquals(one(Kind.NEIGHBOR_STALE, 0), tooEarly.evidence());
    assertTrue(surely.evidence().contains(new Evidence(Kind.ANSWERED, at(30))), surely::toString);
  }

  @Test
  void anEntryThatWasCompleteAndIsNotAnyMoreIsDenied() {
    read(0, entry(NeighborState.COMPLETE, ONE));
    asked.put(ADDRESS, at(1));

    var perhapsAskedAnew = read(10, entry(NeighborState.UNRESOLVED, ONE));
    var failed = read(15, entry(NeighborState.UNRESOLVED, ONE));

    assertEquals(List.of(), perhapsAskedAnew.evidence());
    assertEquals(one(Kind.NEIGHBOR_FAILED, 14), failed.evidence());
    assertEquals(ONE, failed.mac());
  }

  @Test
  void anEntryThatNeverWasCompleteDeniesNobody() {
    read(0, entry(NeighborState.UNRESOLVED, null));

    var later = read(60, entry(NeighborState.UNRESOLVED, null));

    assertNull(later.mac());
    assertEquals(List.of(), later.evidence());
  }

  @Test
  void theSameAddressOnTwoInterfacesIsTwoEntries() {
    InetAddress local = IpLiteral.of("fe80::1");
    var first = new Neighbor(local, "eth0", ONE, NeighborState.STALE, null);
    var second = new Neighbor(local, "eth1", OTHER, NeighborState.STALE, null);

    memory.observe(List.of(first, second), at(0), asked::get);
    var again = memory.observe(List.of(first, second), at(5), asked::get);

    assertEquals(List.of(ONE, OTHER), again.stream().map(Observation::mac).toList());
    assertEquals(one(Kind.NEIGHBOR_STALE, 0), again.getLast().evidence());
  }

  @Test
  void memoryIsBoundedHoweverManyNeighborsCome() {
    for (int block = 0; block < 30; block++) {
      List<Neighbor> many = new ArrayList<>();
      for (int host = 1; host < 255; host++) {
        var address = IpLiteral.of("10.1." + block + "." + host);
        many.add(
            new Neighbor(
                address,
                "eth0",
                new MacAddress(0x020000000000L + block * 256L + host),
                NeighborState.REACHABLE,
                null));
      }
      memory.observe(many, at(block), asked::get);
    }

    assertEquals(4096, memory.aliveSince(START).size());
  }

  @Test
  void whoWasNotSeenForADayIsForgotten() {
    read(0, entry(NeighborState.STALE, ONE));
    memory.observe(List.of(), at(90_000), asked::get);

    assertNull(read(90_005, entry(NeighborState.FAILED, null)).mac());
  }

  @Test
  void aClockThatIsSetBackPutsNoEvidenceIntoTheFuture() {
    memory.observe(List.of(), at(900), asked::get);
    read(1000, entry(NeighborState.COMPLETE, ONE));

    var seen = read(10, entry(NeighborState.COMPLETE, ONE));

    assertEquals(2, seen.evidence().size());
    assertTrue(seen.evidence().stream().noneMatch(each -> each.at().isAfter(at(10))));
  }
}
