package dev.mhs.source.routeros;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BitRate;
import dev.mhs.api.Box;
import dev.mhs.api.DeviceField;
import dev.mhs.api.FailureKind;
import dev.mhs.api.Poll;
import dev.mhs.api.Port;
import dev.mhs.api.Sighting;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RouterTest {
  private final SettableTime time = new SettableTime();
  private final FakeSession session =
      new FakeSession()
          .with("system/resource", "{'uptime':'1d','version':'7.16.2 (stable)','board-name':'hAP'}")
          .with("system/identity", "{'name':'attic'}")
          .withSample("interface", "interface.chr.json")
          .with("interface/list/member", "[{'list':'WAN','interface':'ether1'}]")
          .withSample("ip/arp", "ip-arp.json")
          .withSample("ip/dhcp-server/lease", "ip-dhcp-server-lease.mixed.json")
          .with(
              "interface/ethernet/monitor",
              "[{'name':'ether2','status':'link-ok','rate':'1Gbps'}]");
  private final Router router = new Router(session, time, true);
  private final RouterDevices devices = new RouterDevices(router);
  private final RouterPorts ports = new RouterPorts(router, "mikrotik", Box.Role.ROUTER);

  @Test
  void devicesComeFromAllMenusThatTheBoxHas() throws Exception {
    assertEquals(4, ok(devices.devices()).size());
  }

  @Test
  void aMenuThatIsLackingIsNotAskedForEachTime() throws Exception {
    for (int poll = 0; poll < 20; poll++) {
      ok(devices.devices());
      pass(Duration.ofSeconds(10));
    }

    assertEquals(1, session.count("caps-man/registration-table"));
    assertEquals(20, session.count("ip/arp"));
    assertTrue(session.count("ip/dhcp-server/lease") <= 7);
    assertTrue(session.count() < 70, "requests in 200 s: " + session.count());
    assertEquals(List.of(), session.writes());
  }

  @Test
  void aMissingRightFailsTheAnswerWhereTheMenuIsNeededOnly() throws Exception {
    session.failing("ip/dhcp-server/lease", FailureKind.NOT_PERMITTED, "lacks the policy \"read\"");
    assertEquals(2, ok(devices.devices()).size());

    session.failing("ip/arp", FailureKind.NOT_PERMITTED, "lacks the policy \"read\"");
    Poll.Failed<List<Sighting>> failed = (Poll.Failed<List<Sighting>>) devices.devices();
    assertEquals(FailureKind.NOT_PERMITTED, failed.kind());
    assertTrue(failed.detail().contains("/ip/arp"), failed.detail());
  }

  @Test
  void halfAnAnswerIsAFailure() throws Exception {
    session.failing("ip/dhcp-server/lease", FailureKind.TIMED_OUT, "slow");

    assertInstanceOf(Poll.Failed.class, devices.devices());
  }

  @Test
  void portsCarrySpeedAndNameAndLine() throws Exception {
    Box box = ok(ports.ports()).getFirst();

    assertEquals("mikrotik", box.id());
    assertEquals("attic", box.name());
    assertEquals("hAP", box.model());
    assertEquals(Box.Role.ROUTER, box.role());
    Port first = box.ports().get(0);
    assertTrue(first.wan());
    assertNull(first.linkSpeed());
    assertEquals(BitRate.ofMegabits(1_000), box.ports().get(1).linkSpeed());
  }

  @Test
  void speedsAreAskedForSeldomAndTheirRefusalIsNoFailure() throws Exception {
    for (int poll = 0; poll < 10; poll++) {
      ok(ports.ports());
      pass(Duration.ofSeconds(2));
    }
    assertEquals(1, session.count("interface/ethernet/monitor"));

    session.failing("interface/ethernet/monitor", FailureKind.NOT_PERMITTED, "no");
    pass(Duration.ofMinutes(6));
    assertNull(ok(ports.ports()).getFirst().ports().get(1).linkSpeed());
  }

  @Test
  void aRestartBeginsANewEpochAndForgetsWhatWasLacking() throws Exception {
    long before = epoch(ok(ports.ports()).getFirst());
    ok(devices.devices());

    session.with("system/resource", "{'uptime':'20s','version':'7.20 (stable)'}");
    session.with("caps-man/registration-table", "[]");
    time.advance(Duration.ofSeconds(70));

    assertFalse(before == epoch(ok(ports.ports()).getFirst()));
    ok(devices.devices());
    assertEquals(2, session.count("caps-man/registration-table"));
  }

  @Test
  void afterAFailureTheUptimeIsAskedForFirst() throws Exception {
    ok(ports.ports());
    session.failing("interface", FailureKind.UNREACHABLE, "gone");
    pass(Duration.ofSeconds(2));
    assertInstanceOf(Poll.Failed.class, ports.ports());
    long before = session.count("system/resource");

    session.withSample("interface", "interface.chr.json");
    pass(Duration.ofSeconds(2));
    ok(ports.ports());

    assertEquals(before + 1, session.count("system/resource"));
  }

  @Test
  void aLinkThatWasAgreedUponAnewHasItsSpeedAskedFor() throws Exception {
    String rows =
        "[{'name':'ether1','type':'ether','running':'true','link-downs':'%d','rx-byte':'1','tx-byte':'1'}]";
    session.with("interface", rows.formatted(3));
    ok(ports.ports());
    pass(Duration.ofSeconds(2));
    ok(ports.ports());
    assertEquals(1, session.count("interface/ethernet/monitor"));

    session.with("interface", rows.formatted(4));
    pass(Duration.ofSeconds(2));
    ok(ports.ports());

    assertEquals(2, session.count("interface/ethernet/monitor"));
  }

  @Test
  void anInterfaceThatComesUpMakesWhatDependsOnItBeReadAnew() throws Exception {
    String up = "[{'name':'ether1','type':'ether','running':'%s'}]";
    session.with("interface", up.formatted("false"));
    ok(ports.ports());
    pass(Duration.ofSeconds(2));
    ok(ports.ports());
    assertEquals(1, session.count("interface/list/member"));

    session.with("interface", up.formatted("true"));
    for (int poll = 0; poll < 3; poll++) {
      pass(Duration.ofSeconds(2));
      ok(ports.ports());
    }

    assertEquals(2, session.count("interface/list/member"));
  }

  @Test
  void aStrangerIsLookedUpEverywhereAtOnce() throws Exception {
    ok(devices.devices());
    pass(Duration.ofSeconds(5));
    ok(devices.devices());
    assertEquals(1, session.count("ip/dhcp-server/lease"));

    session.with(
        "ip/arp",
        "[{'address':'192.0.2.9','mac-address':'00:00:5E:00:53:99','interface':'bridge','status':'reachable'}]");
    pass(Duration.ofSeconds(5));
    ok(devices.devices());

    assertEquals(2, session.count("ip/dhcp-server/lease"));
  }

  @Test
  void aRouterWithTheListIsNotAskedForItsRoutes() throws Exception {
    ok(ports.ports());
    assertEquals(0, session.count("ip/route"));

    session.with("interface/list/member", "[]");
    router.forgetWhatIsSettled();
    pass(Duration.ofSeconds(2));
    ok(ports.ports());

    assertEquals(1, session.count("ip/route"));
  }

  @Test
  void aClientOfTheOldWirelessGetsTheNameOfItsRadiosNetwork() throws Exception {
    assertEquals(0, session.count("interface/wireless"));
    session
        .with(
            "interface/wireless/registration-table",
            "[{'mac-address':'00:00:5E:00:53:77','interface':'wlan1','ap':'false'}]")
        .with("interface/wireless", "[{'name':'wlan1','ssid':'home'},{'name':'wlan2'}]");

    Sighting client =
        ok(devices.devices()).stream()
            .filter(one -> String.valueOf(one.mac()).endsWith("77"))
            .findFirst()
            .orElseThrow();

    assertEquals("home", client.fields().get(DeviceField.SSID));
    assertEquals("wlan1", client.fields().get(DeviceField.PORT));
  }

  @Test
  void aPortWhoseInterfaceTellsLittleIsCountedAtItsSocket() throws Exception {
    session.with("interface/ethernet", "[{'name':'ether2','rx-bytes':'1000','tx-bytes':'1000'}]");
    long before = epoch(ok(ports.ports()).getFirst(), 1);

    session.with(
        "interface/ethernet", "[{'name':'ether2','rx-bytes':'900000000','tx-bytes':'1000'}]");
    pass(Duration.ofMinutes(6));
    Box box = ok(ports.ports()).getFirst();

    assertEquals(900_000_000L, Objects.requireNonNull(box.ports().get(1).counters()).rxBytes());
    assertFalse(before == epoch(box, 1));
    assertTrue(ports.findings().toString().contains("counted at the socket"));
    assertTrue(ports.findings().toString().contains("ether2"));
  }

  @Test
  void whatIsCountedAtTheSocketIsOfTheMomentThatIsTold() throws Exception {
    session.with("interface/ethernet", "[{'name':'ether2','rx-bytes':'1000','tx-bytes':'1000'}]");
    ok(ports.ports());
    session.with(
        "interface/ethernet", "[{'name':'ether2','rx-bytes':'900000000','tx-bytes':'1000'}]");
    pass(Duration.ofMinutes(6));
    ok(ports.ports());

    pass(Duration.ofMillis(200));
    router.interfaces(router.gather(), Duration.ZERO); // as those do who read the line
    pass(Duration.ofMillis(1_800));

    assertEquals(time.moment(), ok(ports.ports()).getFirst().at());
  }

  @Test
  void aSwitchHasPortsAndNoLine() throws Exception {
    Router box = new Router(session, time, false);

    Box found = ok(new RouterPorts(box, "attic", Box.Role.SWITCH).ports()).getFirst();

    assertTrue(found.ports().stream().noneMatch(Port::wan));
    assertEquals(0, session.count("ip/route"));
  }

  private void pass(Duration by) {
    time.advance(by);
    long up =
        Duration.ofDays(1).plus(Duration.between(SettableTime.START, time.instant())).toSeconds();
    session.with("system/resource", "{'uptime':'" + up + "s','version':'7.16.2 (stable)'}");
  }

  private static long epoch(Box box) {
    return epoch(box, 0);
  }

  private static long epoch(Box box, int port) {
    return Objects.requireNonNull(box.ports().get(port).counters()).epoch();
  }

  private static <T> T ok(Poll<T> poll) {
    if (poll instanceof Poll.Ok<T>(T value)) {
      return value;
    }
    throw new AssertionError(poll.toString());
  }
}
