package dev.mhs.source.routeros;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouterLimitsTest {
  private static final DeviceKey NAS = new DeviceKey.ByMac(MacAddress.of("00:00:5e:00:53:42"));
  private static final InetAddress ADDRESS = IpLiteral.of("192.168.88.42");
  private static final Map<String, String> FOREIGN =
      Map.of("name", "office", "target", "10.1.0.0/16", "max-limit", "50M/50M", "comment", "mine");

  private final FakeSession rest =
      new FakeSession()
          .with("system/resource", "{'uptime':'1d','version':'7.16.2 (stable)'}")
          .with("interface", "[{'name':'bridge','type':'bridge','running':'true'}]")
          .with("ip/address", "[{'address':'192.168.88.1/24','interface':'bridge'}]")
          .with("ipv6/address", "[{'address':'2001:db8::1/64','interface':'bridge'}]")
          .with(
              "ip/arp",
              "[{'address':'192.168.88.42','mac-address':'00:00:5E:00:53:42','interface':'bridge','status':'reachable'}]");
  private final FakeBox queues = new FakeBox(rest);
  private final RouterLimits limits =
      new RouterLimits(
          new Router(queues, new SettableTime(), true),
          FastTrack.Mode.EXPLAIN,
          System.getLogger("test"));

  @BeforeEach
  void somebodyElsesQueue() {
    queues.add(FOREIGN);
  }

  @Test
  void aLimitIsMadeReadBackChangedAndRemovedAndNothingElseIsTouched() throws Exception {
    LimitInForce made = applied(limits.apply(limit(30, 10)));
    assertTrue(made.enforced());
    assertTrue(made.ours());
    assertEquals(BitRate.ofMegabits(30), made.limit().download());
    assertEquals(
        Map.of(
            "name", "nb-192.168.88.42",
            "target", "192.168.88.42/32",
            "max-limit", "10000000/30000000",
            "comment", "mhs: 00:00:5e:00:53:42",
            "disabled", "false"),
        queues.state().get(1));

    assertEquals(BitRate.ofMegabits(5), applied(limits.apply(limit(5, 5))).limit().download());
    assertEquals(2, queues.state().size());

    assertEquals(new LimitOutcome.Applied(null), limits.apply(unlimited()));
    assertEquals(List.of(FOREIGN), queues.state());
    assertEquals(new LimitOutcome.Applied(null), limits.apply(unlimited()));
  }

  @Test
  void theQueueOfThePredecessorIsAdopted() throws Exception {
    queues.add(
        Map.of("name", "nb-192.168.88.42", "target", "192.168.88.42/32", "max-limit", "1000/1000"));

    applied(limits.apply(limit(30, 30)));

    assertEquals(2, queues.state().size());
    assertEquals("mhs: 00:00:5e:00:53:42", queues.state().get(1).get("comment"));
    assertEquals("30000000/30000000", queues.state().get(1).get("max-limit"));
  }

  @Test
  void aLimitFollowsItsDeviceToANewAddress() throws Exception {
    applied(limits.apply(limit(30, 30)));
    InetAddress moved = IpLiteral.of("192.168.88.77");

    Limit there = new Limit(NAS, List.of(moved), BitRate.ofMegabits(30), BitRate.ofMegabits(30));
    limits.apply(there);

    assertEquals(2, queues.state().size());
    assertEquals("nb-192.168.88.77", queues.state().get(1).get("name"));
    assertEquals("192.168.88.77/32", queues.state().get(1).get("target"));
  }

  @Test
  void aNameThatAnotherDevicesQueueHasIsLeftToIt() throws Exception {
    Map<String, String> other =
        Map.of(
            "name", "nb-192.168.88.42",
            "target", "192.168.88.99/32",
            "max-limit", "1000/1000",
            "comment", "mhs: 00:00:5e:00:53:99");
    queues.add(other);

    applied(limits.apply(limit(30, 30)));

    assertEquals(other, queues.state().get(1));
    assertEquals("nb-192.168.88.42-00005e005342", queues.state().get(2).get("name"));
  }

  @Test
  void bothFamiliesOfAddressesAreNamed() throws Exception {
    InetAddress six = IpLiteral.of("2001:db8::42");

    applied(limits.apply(new Limit(NAS, List.of(six, ADDRESS), BitRate.ofMegabits(1), null)));

    assertEquals("nb-192.168.88.42", queues.state().get(1).get("name"));
    assertEquals("0/1000000", queues.state().get(1).get("max-limit"));
    assertEquals("192.168.88.42/32,2001:db8::42/128", queues.state().get(1).get("target"));
  }

  @Test
  void whereFastTrackIsOnTheLimitSaysThatItDoesNotBite() throws Exception {
    Samples.rows("ip-firewall-filter.fasttrack.json")
        .forEach(row -> queues.add(FakeBox.FILTER, row.values()));

    LimitInForce made = applied(limits.apply(limit(5, 5)));

    assertEquals(false, made.enforced());
    assertTrue(Objects.requireNonNull(made.reason()).contains("FastTrack"));
  }

  @Test
  void aRefusalCarriesTheRoutersWordsAndLeavesNothing() throws Exception {
    queues.refuse(FailureKind.NOT_PERMITTED, "lacks the policy \"write\"", false);

    LimitOutcome.Refused refused =
        assertInstanceOf(LimitOutcome.Refused.class, limits.apply(limit(5, 5)));

    assertTrue(refused.detail().contains("write"));
    assertEquals(List.of(FOREIGN), queues.state());
  }

  @Test
  void anErrorAfterWhichTheLimitStandsIsNone() throws Exception {
    queues.refuse(FailureKind.REFUSED, "failure: strange", true);

    assertEquals(BitRate.ofMegabits(5), applied(limits.apply(limit(5, 5))).limit().download());
  }

  @Test
  void aLimitThatTheRouterKeptOtherwiseIsTakenBack() throws Exception {
    queues.keepOtherLimit();

    assertInstanceOf(LimitOutcome.Refused.class, limits.apply(limit(5, 5)));
    assertEquals(List.of(FOREIGN), queues.state());
  }

  @Test
  void versionsThatWantTheIdInTheBodyAreServed() throws Exception {
    queues.refuseIdsInPaths();

    applied(limits.apply(limit(5, 5)));
    applied(limits.apply(limit(6, 6)));
    assertEquals("6000000/6000000", queues.state().get(1).get("max-limit"));
    limits.apply(unlimited());

    assertEquals(List.of(FOREIGN), queues.state());
  }

  @Test
  void aDeviceWithoutAnAddressCannotBeLimited() throws Exception {
    assertInstanceOf(
        LimitOutcome.Refused.class,
        limits.apply(new Limit(NAS, List.of(), BitRate.ofMegabits(1), null)));
  }

  @Test
  void aRouterThatDoesNotAnswerIsAFailureAndNothingIsWritten() throws Exception {
    rest.failing("system/resource", FailureKind.TIMED_OUT, "slow");

    assertEquals(new LimitOutcome.Failed(FailureKind.TIMED_OUT, "slow"), limits.apply(limit(5, 5)));
    assertEquals(List.of(FOREIGN), queues.state());
  }

  @Test
  void aChangeMadeElsewhereIsSeenAtTheNextReading() throws Exception {
    queues.add(Map.of("name", "kids", "target", "192.168.88.42/32", "max-limit", "20M/100M"));

    if (!(limits.limits() instanceof Poll.Ok<List<LimitInForce>>(List<LimitInForce> found))) {
      throw new AssertionError("no answer");
    }

    assertEquals(1, found.size());
    assertEquals(false, found.getFirst().ours());
    assertEquals(BitRate.ofMegabits(100), found.getFirst().limit().download());
  }

  private static Limit limit(int down, int up) {
    return new Limit(NAS, List.of(ADDRESS), BitRate.ofMegabits(down), BitRate.ofMegabits(up));
  }

  private static Limit unlimited() {
    return new Limit(NAS, List.of(), null, null);
  }

  private static LimitInForce applied(LimitOutcome outcome) {
    @Nullable LimitInForce inForce =
        assertInstanceOf(LimitOutcome.Applied.class, outcome).inForce();
    return Objects.requireNonNull(inForce, "nothing is in force");
  }
}
