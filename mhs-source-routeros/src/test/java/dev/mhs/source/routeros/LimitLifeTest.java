package dev.mhs.source.routeros;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BitRate;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.FailureKind;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.LimitOutcome;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Poll;
import dev.mhs.source.routeros.limit.FastTrack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits on a router with FastTrack, where MHS may keep limited devices out of it. */
class LimitLifeTest {
  private static final MacAddress MAC = MacAddress.of("00:00:5e:00:53:42");
  private static final MacAddress OTHER_MAC = MacAddress.of("00:00:5e:00:53:43");
  private static final DeviceKey NAS = new DeviceKey.ByMac(MAC);
  private static final DeviceKey TV = new DeviceKey.ByMac(OTHER_MAC);
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(3);

  private Duration uptime = Duration.ofDays(1);
  private String nas = "";
  private String tv = "";
  private final SettableTime time = new SettableTime();
  private final FakeSession rest =
      new FakeSession()
          .with("system/resource", "{'uptime':'1d','version':'7.20.1 (stable)'}")
          .with("interface", "[{'name':'bridge','type':'bridge','running':'true'}]")
          .with("ip/address", "[{'address':'192.168.88.1/24','interface':'bridge'}]")
          .with("ipv6/address", "[{'address':'2001:db8::1/64','interface':'bridge'}]");
  private final FakeBox box = new FakeBox(rest);
  private final RouterLimits limits = limits(FastTrack.Mode.EXEMPT);

  LimitLifeTest() {
    at("192.168.88.42", "192.168.88.43");
    box.add(FakeBox.values("name=office", "target=10.1.0.0/16", "max-limit=50M/50M"));
    box.add(FakeBox.FILTER, FakeBox.values("chain=input", "action=accept", "comment=mine"));
    for (String menu : List.of(FakeBox.FILTER, FakeBox.FILTER6)) {
      box.add(
          menu,
          FakeBox.values(
              "chain=forward",
              "action=fasttrack-connection",
              "connection-state=established,related",
              "comment=defconf: fasttrack"));
      box.add(menu, FakeBox.values("chain=forward", "action=accept", "comment=defconf: accept"));
    }
    box.add(FakeBox.LIST, FakeBox.values("list=banned", "address=203.0.113.9"));
  }

  @Test
  void aLimitThatFastTrackWouldPassByIsExemptedAndEverythingIsAsBeforeInTheEnd() throws Exception {
    var before = box.everything();
    box.add(
        FakeBox.CONNECTION,
        FakeBox.values(
            "src-address=192.168.88.42:5000", "dst-address=198.51.100.1:443", "fasttrack=true"));
    box.add(FakeBox.CONNECTION, FakeBox.values("src-address=192.168.88.42:5001", "protocol=tcp"));
    box.add(FakeBox.CONNECTION, FakeBox.values("src-address=192.168.88.43:1", "fasttrack=true"));

    LimitInForce made = applied(limits.apply(limit(NAS, 5, "192.168.88.42", "2001:db8::42")));

    assertTrue(made.enforced(), () -> String.valueOf(made.reason()));
    assertEquals(2, box.table(FakeBox.CONNECTION).size());
    List<Map<String, String>> rules = box.state(FakeBox.FILTER);
    assertEquals("mhs-limited", rules.get(1).get("src-address-list"));
    assertEquals("mhs-limited", rules.get(2).get("dst-address-list"));
    assertEquals("fasttrack-connection", rules.get(3).get("action"));
    assertEquals(5, rules.size());
    assertEquals(4, box.state(FakeBox.FILTER6).size());
    assertEquals("2001:db8::42/128", box.state(FakeBox.LIST6).getFirst().get("address"));
    assertEquals("mhs: " + MAC, box.state(FakeBox.LIST).getLast().get("comment"));

    applied(limits.apply(limit(TV, 8, "192.168.88.43")));
    assertEquals(5, box.state(FakeBox.FILTER).size());
    assertEquals(new LimitOutcome.Applied(null), limits.apply(none(NAS)));
    assertEquals(5, box.state(FakeBox.FILTER).size());
    assertEquals(new LimitOutcome.Applied(null), limits.apply(none(TV)));

    assertEquals(before, box.everything());
  }

  @Test
  void connectionsThatTheRouterDoesNotEndAreToldAndTriedAgainOnceAMinute() throws Exception {
    box.add(FakeBox.CONNECTION, FakeBox.values("src-address=192.168.88.42:5000", "fasttrack=true"));
    box.keepConnections(true);
    LimitInForce made = applied(limits.apply(limit(NAS, 5, "192.168.88.42")));
    assertTrue(String.valueOf(made.reason()).contains("still are"), made::toString);
    int once = box.askedAboutConnections();

    for (int look = 0; look < 5; look++) {
      passing(Duration.ofSeconds(10));
      assertFalse(read(limits).getFirst().enforced());
    }
    assertEquals(once, box.askedAboutConnections(), "the table may have thousands of rows");

    box.keepConnections(false);
    passing(Duration.ofSeconds(11));
    read(limits);
    passing(Duration.ofSeconds(10));
    assertTrue(read(limits).getFirst().enforced(), "told at the look after the one that mends");
  }

  @Test
  void whoDidNotOptInIsToldWhyALimitDoesNotHoldAndNothingButTheQueueIsWritten() throws Exception {
    var before = box.everything();

    LimitInForce made =
        applied(limits(FastTrack.Mode.EXPLAIN).apply(limit(NAS, 5, "192.168.88.42")));

    assertFalse(made.enforced());
    String reason = Objects.requireNonNull(made.reason());
    assertTrue(reason.contains("\"defconf: fasttrack\""), reason);
    assertTrue(reason.contains("limits.fasttrack: exempt"), reason);
    assertEquals(before.get(FakeBox.FILTER), box.state(FakeBox.FILTER));
    assertEquals(before.get(FakeBox.LIST), box.state(FakeBox.LIST));
  }

  @Test
  void rulesThatSomebodyMovedOrSwitchedOffAreMendedAndWhereNotWishedTold() throws Exception {
    applied(limits.apply(limit(NAS, 5, "192.168.88.42")));
    List<Map<String, String>> rules = box.table(FakeBox.FILTER);
    rules.add(rules.remove(1));
    rules.get(1).put("disabled", "true");
    passing(LONG_ENOUGH);

    LimitInForce told = read(limits(FastTrack.Mode.EXPLAIN)).getFirst();
    assertFalse(told.enforced());
    assertTrue(Objects.requireNonNull(told.reason()).contains("do not stand before it"));

    assertTrue(read(limits).getFirst().enforced());
    assertEquals(5, box.state(FakeBox.FILTER).size());
  }

  @Test
  void aQueueFollowsItsDeviceAndLeavesTheOldAddressToItsNewOwner() throws Exception {
    applied(limits.apply(limit(NAS, 5, "192.168.88.42")));
    at("192.168.88.77", "192.168.88.42");
    passing(LONG_ENOUGH);

    LimitInForce moved = read(limits).getFirst();

    assertTrue(moved.enforced(), () -> String.valueOf(moved.reason()));
    assertEquals("192.168.88.77/32", box.state().getLast().get("target"));
    assertEquals("nb-192.168.88.77", box.state().getLast().get("name"));
    assertEquals("192.168.88.77", box.state(FakeBox.LIST).getLast().get("address"));
    assertEquals(2, box.state(FakeBox.LIST).size());
    box.fates(write -> FakeBox.Fate.DONE);
    passing(LONG_ENOUGH);
    read(limits);
    assertEquals(0, box.writes());
  }

  @Test
  void aDeviceThatIsAwayDoesNotLimitWhoGotItsAddress() throws Exception {
    applied(limits.apply(limit(NAS, 5, "192.168.88.42")));
    rest.with(
        "ip/arp",
        "[{'address':'192.168.88.42','mac-address':'00:00:5E:00:53:43','interface':'bridge','status':'reachable'}]");
    passing(LONG_ENOUGH);

    assertFalse(read(limits).getFirst().enforced());
    assertEquals("true", box.state().getLast().get("disabled"));

    at("192.168.88.77", "192.168.88.42");
    passing(LONG_ENOUGH);
    assertTrue(read(limits).getFirst().enforced());
    assertEquals("mhs: 00:00:5e:00:53:42", box.state().getLast().get("comment"));
  }

  @Test
  void aQueueThatSomebodySwitchedOffStaysSo() throws Exception {
    applied(limits.apply(limit(NAS, 5, "192.168.88.42")));
    box.table(FakeBox.QUEUE).getLast().put("disabled", "true");
    passing(LONG_ENOUGH);

    assertFalse(read(limits).getFirst().enforced());
    assertEquals("true", box.state().getLast().get("disabled"));
  }

  @Test
  void aQueueIsPlacedBeforeOneThatWouldTakeItsTrafficAndForeignOnesStay() throws Exception {
    box.add(FakeBox.values("name=all", "target=192.168.88.0/24", "max-limit=100M/100M"));

    assertTrue(applied(limits.apply(limit(NAS, 5, "192.168.88.42"))).enforced());
    assertEquals(List.of("office", "nb-192.168.88.42", "all"), names());

    List<Map<String, String>> queues = box.table(FakeBox.QUEUE);
    queues.add(queues.remove(1));
    LimitInForce shadowed = read(limits).getFirst();
    assertTrue(Objects.requireNonNull(read(limits).get(0).reason()).contains("\"all\""));
    assertFalse(shadowed.enforced());
    assertTrue(applied(limits.apply(limit(NAS, 5, "192.168.88.42"))).enforced());
    assertEquals(List.of("office", "nb-192.168.88.42", "all"), names());
  }

  @Test
  void whereADynamicQueueLetsNobodyBeforeItThatIsTold() throws Exception {
    box.add(FakeBox.values("name=hs", "target=192.168.88.0/24", "max-limit=9M/9M", "dynamic=true"));

    LimitInForce made = applied(limits.apply(limit(NAS, 5, "192.168.88.42")));

    assertFalse(made.enforced());
    assertTrue(Objects.requireNonNull(made.reason()).contains("by itself"));
  }

  @Test
  void anAddressBehindNoNetworkOfTheRouterIsRefused() throws Exception {
    var before = box.everything();

    assertInstanceOf(LimitOutcome.Refused.class, limits.apply(limit(NAS, 5, "10.9.9.9")));
    assertInstanceOf(LimitOutcome.Refused.class, limits.apply(limit(NAS, 5, "192.168.88.1")));
    assertEquals(before, box.everything());
  }

  @Test
  void whatMayNotBeWrittenIsRefusedInTheRoutersWordsAndNotTriedInALoop() throws Exception {
    var before = box.everything();
    box.refuse(FailureKind.NOT_PERMITTED, "std failure: not allowed (9)", false);

    LimitOutcome.Refused refused =
        assertInstanceOf(LimitOutcome.Refused.class, limits.apply(limit(NAS, 5, "192.168.88.42")));
    assertEquals("std failure: not allowed (9)", refused.detail());
    assertEquals(before, box.everything());
  }

  /** Every write of setting, of changing and of removing fails once, in every way. */
  @ParameterizedTest
  @EnumSource(
      value = FakeBox.Fate.class,
      names = {"DONE"},
      mode = EnumSource.Mode.EXCLUDE)
  void aWriteThatFailsLeavesAllAsItWasOrAsWished(FakeBox.Fate fate) throws Exception {
    for (int write = 0; write < 8; write++) {
      int failing = write;
      LimitLifeTest home = new LimitLifeTest();
      home.fails(n -> n == failing ? fate : FakeBox.Fate.DONE, home.wish(5));
      home.fails(n -> n == failing ? fate : FakeBox.Fate.DONE, home.wish(9));
      home.fails(n -> n == failing ? fate : FakeBox.Fate.DONE, none(NAS));
    }
  }

  /** From some write on the router refuses, or is gone, and comes back later. */
  @ParameterizedTest
  @EnumSource(
      value = FakeBox.Fate.class,
      names = {"DONE"},
      mode = EnumSource.Mode.EXCLUDE)
  void whatIsLeftIsToldAndHealedOnceTheRouterLetsIt(FakeBox.Fate fate) throws Exception {
    for (int write = 0; write < 8; write++) {
      int failing = write;
      LimitLifeTest home = new LimitLifeTest();
      var before = home.box.everything();
      home.box.fates(n -> n >= failing ? fate : FakeBox.Fate.DONE);

      LimitOutcome outcome = home.limits.apply(home.wish(5));
      home.check(outcome, before);
      home.heal();

      boolean isSet = outcome instanceof LimitOutcome.Applied;
      assertEquals(isSet ? 2 : 1, home.box.state().size(), fate + " at " + write);
      home.limits.apply(none(NAS));
      assertEquals(before, home.box.everything(), fate + " at " + write);
    }
  }

  @Test
  void aRouterThatIsGoneInTheMiddleIsTidiedWhenItIsBack() throws Exception {
    for (int write = 0; write < 8; write++) {
      int last = write;
      LimitLifeTest home = new LimitLifeTest();
      var before = home.box.everything();
      home.box.fates(
          n -> {
            if (n >= last) {
              home.box.dead(true);
            }
            return FakeBox.Fate.DONE_BUT_LOST;
          });

      LimitOutcome outcome = home.limits.apply(home.wish(5));
      if (outcome instanceof LimitOutcome.Applied) {
        continue; // it took fewer writes
      }
      LimitOutcome.Incomplete incomplete = assertInstanceOf(LimitOutcome.Incomplete.class, outcome);
      assertFalse(incomplete.left().isEmpty());
      home.box.dead(false);
      home.heal();
      assertEquals(before, home.box.everything(), "after write " + write);
    }
  }

  @Test
  void aRemovalThatWasDoneInPartIsEndedLater() throws Exception {
    twoQueuesOfWhichOneCannotBeRemoved();

    heal();

    assertEquals(List.of("office"), names());
  }

  @Test
  void aRemovalThatWasDoneInPartIsEndedAfterARestartToo() throws Exception {
    twoQueuesOfWhichOneCannotBeRemoved();
    Map<String, String> left = box.table(FakeBox.QUEUE).removeLast();
    box.add(left);

    uptime = Duration.ofMinutes(2);
    heal();

    assertEquals(List.of("office"), names());
  }

  @Test
  void whatSomebodyElseGaveAnotherLimitIsNoLongerRemoved() throws Exception {
    twoQueuesOfWhichOneCannotBeRemoved();
    box.table(FakeBox.QUEUE).getLast().put("max-limit", "2000000/2000000");

    heal();

    assertEquals(List.of("office", "nb-192.168.88.42-old"), names());
  }

  @Test
  void aNewWishReplacesARemovalThatWasDoneInPart() throws Exception {
    twoQueuesOfWhichOneCannotBeRemoved();
    box.fates(write -> FakeBox.Fate.DONE);

    applied(limits.apply(wish(9)));
    heal();

    assertEquals(BitRate.ofMegabits(9), read(limits).getFirst().limit().download());
    assertEquals(2, box.state().size());
  }

  private void twoQueuesOfWhichOneCannotBeRemoved() throws Exception {
    applied(limits(FastTrack.Mode.EXPLAIN).apply(limit(NAS, 5, "192.168.88.42")));
    box.add(
        FakeBox.values(
            "name=nb-192.168.88.42-old",
            "target=192.168.88.42/32",
            "max-limit=9000000/9000000",
            "comment=mhs: " + MAC));
    box.fates(write -> write == 0 ? FakeBox.Fate.DONE : FakeBox.Fate.REFUSED);

    LimitOutcome.Incomplete half =
        assertInstanceOf(LimitOutcome.Incomplete.class, limits.apply(none(NAS)));

    assertEquals("failure: not today", half.detail());
    assertEquals(1, half.left().size());
    assertTrue(half.left().getFirst().contains("nb-192.168.88.42-old"), half.left().toString());
  }

  @Test
  void aRestartInTheMiddleOfAChangeIsNoReasonToForgetIt() throws Exception {
    var before = box.everything();
    box.fates(write -> write == 0 ? FakeBox.Fate.DONE : FakeBox.Fate.REFUSED);
    assertInstanceOf(LimitOutcome.Incomplete.class, limits.apply(wish(5)));

    uptime = Duration.ofMinutes(2);
    heal();

    assertEquals(before, box.everything());
  }

  /** Our wishes, failures and foreign edits in any order: nothing foreign changes, all heals. */
  @Test
  void whateverHappensNothingForeignIsTouchedAndAllEndsAsItBegan() throws Exception {
    for (long seed = 1; seed <= 150; seed++) {
      new LimitLifeTest().play(new Random(seed * 0x9E3779B97F4A7C15L), "seed " + seed);
    }
  }

  private void play(Random random, String seed) throws Exception {
    var begin = box.everything();
    for (int move = 0; move < 25; move++) {
      box.fates(write -> random.nextInt(4) == 0 ? anyFate(random) : FakeBox.Fate.DONE);
      DeviceKey device = random.nextBoolean() ? NAS : TV;
      switch (random.nextInt(6)) {
        case 0, 1 -> {
          String address = device.equals(NAS) ? nas : tv;
          check(limits.apply(limit(device, 1 + random.nextInt(9), address)), null);
        }
        case 2 -> limits.apply(none(device));
        case 3 -> {
          boolean isSwapped = random.nextBoolean();
          at(
              isSwapped ? "192.168.88.43" : "192.168.88.42",
              isSwapped ? "192.168.88.42" : "192.168.88.77");
        }
        case 4 -> foreign(random);
        default -> limits.limits();
      }
      assertEquals(theirs(begin), theirs(box.everything()), seed + ", move " + move);
      passing(Duration.ofSeconds(random.nextInt(120)));
    }
    heal();
    read(limits).forEach(one -> assertTrue(one.enforced(), () -> seed + ": " + one.reason()));
    assertInstanceOf(LimitOutcome.Applied.class, limits.apply(none(NAS)), seed);
    assertInstanceOf(LimitOutcome.Applied.class, limits.apply(none(TV)), seed);
    assertEquals(begin, box.everything(), seed);
  }

  /** Somebody edits what is ours: moves our rules, removes an entry or a queue. */
  private void foreign(Random random) {
    List<String> menus = List.of(FakeBox.FILTER, FakeBox.LIST, FakeBox.QUEUE);
    List<Map<String, String>> table = box.table(menus.get(random.nextInt(menus.size())));
    List<Map<String, String>> ours = table.stream().filter(LimitLifeTest::isOurs).toList();
    if (ours.isEmpty()) {
      return;
    }
    Map<String, String> one = ours.get(random.nextInt(ours.size()));
    table.remove(one);
    if (random.nextBoolean()) {
      table.add(one);
    }
  }

  private void fails(Function<Integer, FakeBox.Fate> fates, Limit wish) throws Exception {
    var before = box.everything();
    box.fates(fates);
    check(limits.apply(wish), before);
    heal();
    if (!wish.isUnlimited()) {
      applied(limits.apply(wish));
    }
  }

  /** Either as wished; or as before; or it is said what is left. */
  private void check(LimitOutcome outcome, @Nullable Map<?, ?> before) {
    switch (outcome) {
      case LimitOutcome.Applied applied -> {}
      case LimitOutcome.Incomplete incomplete -> assertFalse(incomplete.left().isEmpty());
      case LimitOutcome.Refused refused -> asBefore(before);
      case LimitOutcome.Failed failed -> asBefore(before);
    }
  }

  private void asBefore(@Nullable Map<?, ?> before) {
    if (before != null) {
      assertEquals(before, box.everything());
    }
  }

  private void heal() throws Exception {
    box.fates(write -> FakeBox.Fate.DONE);
    for (int reading = 0; reading < 3; reading++) {
      passing(LONG_ENOUGH);
      limits.limits();
    }
  }

  private static FakeBox.Fate anyFate(Random random) {
    List<FakeBox.Fate> all = List.of(FakeBox.Fate.values());
    return all.get(random.nextInt(all.size()));
  }

  private static Set<Map<String, String>> theirs(Map<String, List<Map<String, String>>> all) {
    Set<Map<String, String>> theirs = new HashSet<>();
    all.values().forEach(rows -> rows.stream().filter(row -> !isOurs(row)).forEach(theirs::add));
    return theirs;
  }

  private static boolean isOurs(Map<String, String> row) {
    return row.getOrDefault("comment", "").startsWith("mhs: ");
  }

  private void passing(Duration passed) {
    time.advance(passed);
    uptime = uptime.plus(passed);
    rest.with(
        "system/resource",
        "{'uptime':'%ds','version':'7.20.1 (stable)'}".formatted(uptime.toSeconds()));
  }

  private void at(String nasAddress, String tvAddress) {
    nas = nasAddress;
    tv = tvAddress;
    rest.with(
        "ip/arp",
        "[{'address':'%s','mac-address':'%s','interface':'bridge','status':'reachable'},{'address':'%s','mac-address':'%s','interface':'bridge','status':'reachable'}]"
            .formatted(nasAddress, MAC, tvAddress, OTHER_MAC));
  }

  private List<String> names() {
    return new ArrayList<>(box.state().stream().map(queue -> queue.get("name")).toList());
  }

  private RouterLimits limits(FastTrack.Mode mode) {
    return new RouterLimits(new Router(box, time, true), mode, System.getLogger("test"));
  }

  private Limit wish(int megabits) {
    return limit(NAS, megabits, "192.168.88.42", "2001:db8::42");
  }

  private static Limit limit(DeviceKey device, int megabits, String... addresses) {
    return new Limit(
        device,
        List.of(addresses).stream().map(IpLiteral::of).toList(),
        BitRate.ofMegabits(megabits),
        BitRate.ofMegabits(megabits));
  }

  private static Limit none(DeviceKey device) {
    return new Limit(device, List.of(), null, null);
  }

  private static List<LimitInForce> read(RouterLimits limits) throws InterruptedException {
    return limits.limits() instanceof Poll.Ok<List<LimitInForce>>(List<LimitInForce> found)
        ? found
        : List.of();
  }

  private static LimitInForce applied(LimitOutcome outcome) {
    return Objects.requireNonNull(
        assertInstanceOf(LimitOutcome.Applied.class, outcome).inForce(), "nothing is in force");
  }
}
