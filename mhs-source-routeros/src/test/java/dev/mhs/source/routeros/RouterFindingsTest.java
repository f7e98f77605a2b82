package dev.mhs.source.routeros;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.Box;
import dev.mhs.api.FailureKind;
import dev.mhs.api.Finding;
import dev.mhs.api.Poll;
import dev.mhs.source.routeros.client.CertificatePin;
import dev.mhs.source.routeros.client.ConnectionTrouble;
import dev.mhs.source.routeros.client.Credentials;
import dev.mhs.source.routeros.client.Endpoint;
import dev.mhs.source.routeros.client.Trust;
import dev.mhs.source.routeros.limit.FastTrack;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RouterFindingsTest {
  private static final Endpoint ENDPOINT = new Endpoint("192.168.88.1", 443, true);
  private static final Trust PINNED =
      new Trust.Pinned(new CertificatePin(Path.of("/var/lib/mhs"), ENDPOINT));

  private final FakeSession session =
      new FakeSession()
          .with("system/resource", "{'uptime':'1d','version':'7.16.2 (stable)'}")
          .withSample("interface", "interface.chr.json")
          .with("ip/arp", "[]");
  private final Router router = new Router(session, new SettableTime(), true);

  @Test
  void aMissingPolicyIsNamedWithTheCommandThatGrantsIt() throws Exception {
    session.failing("ip/dhcp-server/lease", FailureKind.NOT_PERMITTED, "not allowed");
    new RouterDevices(router).devices();

    Finding finding = lacking(Box.Role.ROUTER, "/ip/dhcp-server/lease");

    assertEquals("/user/group/set mhs policy=read,write,rest-api", finding.remedy());
    assertEquals(
        "/user/group/set mhs policy=read,rest-api",
        lacking(Box.Role.SWITCH, "/ip/dhcp-server/lease").remedy());
  }

  @Test
  void aUserWhoMayNotWriteIsToldBeforeALimitIsTried() throws Exception {
    rights("read,rest-api,!write");

    Finding finding = lacking(Box.Role.ROUTER, "may not write");

    assertEquals(
        "/user/group/set [find name=\"watchers\"] policy=read,write,rest-api", finding.remedy());
  }

  @Test
  void aUserWithMoreRightsThanNeededIsTold() throws Exception {
    rights("read,write,rest-api,reboot,sensitive");

    Finding finding = lacking(Box.Role.ROUTER, "more than MHS needs: reboot, sensitive");

    assertTrue(remedy(finding).contains("/user/add name=mhs"), finding.toString());
  }

  @Test
  void justTheRightsThatAreNeededAreGood() throws Exception {
    rights("read,write,rest-api,!reboot");

    assertTrue(
        findings(Box.Role.ROUTER, PINNED).stream()
            .anyMatch(
                finding ->
                    finding.level() == Finding.Level.GOOD && finding.what().contains("no more")));
  }

  @Test
  void aBoxThatDoesNotTellRightsStillTellsItsPorts() throws Exception {
    session.failing("user", FailureKind.REFUSED, "HTTP 418");
    RouterPorts ports = new RouterPorts(router, "mikrotik", Box.Role.ROUTER);

    assertInstanceOf(Poll.Ok.class, ports.ports());
    assertInstanceOf(Poll.Ok.class, ports.ports());

    assertTrue(
        findings(Box.Role.ROUTER, PINNED).stream().noneMatch(one -> one.what().contains("may")));
    assertEquals(1, session.count("user"));
  }

  @Test
  void whatABoxLacksIsNamedOnce() throws Exception {
    session.with("interface/wifi/registration-table", "[]");
    new RouterDevices(router).devices();
    new RouterDevices(router).devices();

    String all = findings(Box.Role.ROUTER, PINNED).toString();

    assertTrue(all.contains("read from /interface/wifi/registration-table"), all);
    assertTrue(all.contains("done without"), all);
    assertTrue(all.contains("/caps-man/registration-table"), all);
    assertEquals(1, session.count("caps-man/registration-table"));
  }

  @Test
  void eachTroubleComesWithWhatMendsIt() throws Exception {
    assertTrue(broken(FailureKind.UNAUTHORIZED, "no").contains("/user/set [find name=\"mhs\"]"));
    assertEquals(
        "rm '/var/lib/mhs/certificate-192.168.88.1_443.sha256'",
        broken(FailureKind.UNTRUSTED, "changed"));
    assertTrue(
        broken(FailureKind.UNREACHABLE, ConnectionTrouble.NO_CIPHER + ": x")
            .contains("subject-alt-name=IP:192.168.88.1 key-usage=digital-signature"));
    assertEquals(
        "/ip/service/print where name=www-ssl",
        broken(FailureKind.UNREACHABLE, ConnectionTrouble.NO_TLS));
    assertEquals(
        "/ip/service/set www-ssl disabled=no port=443",
        broken(FailureKind.UNREACHABLE, "no connection: refused"));
    assertTrue(broken(FailureKind.TIMED_OUT, "late").contains("address=<the host of MHS>/32"));
    assertTrue(broken(FailureKind.NOT_PERMITTED, "no").contains("policy=read,write,rest-api"));
  }

  @Test
  void troubleThatIsOverIsToldNoMore() throws Exception {
    session.failing("system/resource", FailureKind.UNREACHABLE, "gone");
    new RouterDevices(router).devices();
    assertEquals(Finding.Level.BROKEN, findings(Box.Role.ROUTER, PINNED).getFirst().level());

    session.with("system/resource", "{'uptime':'1d','version':'7.16.2 (stable)'}");
    new RouterDevices(router).devices();

    Finding first = findings(Box.Role.ROUTER, PINNED).getFirst();
    assertEquals(Finding.Level.GOOD, first.level());
    assertEquals("RouterOS 7.16.2 answers", first.what());
    assertNull(first.remedy());
  }

  @Test
  void weakTrustIsSaidToBeWeak() {
    assertTrue(
        findings(Box.Role.ROUTER, new Trust.Anybody())
            .toString()
            .contains("anybody could pretend"));
    assertTrue(findings(Box.Role.ROUTER, new Trust.Unencrypted()).toString().contains("readable"));
  }

  private void rights(String policy) throws InterruptedException {
    session.with("user", "[{'name':'mhs','group':'watchers'}]");
    session.with("user/group", "[{'name':'watchers','policy':'" + policy + "'}]");
    new RouterPorts(router, "mikrotik", Box.Role.ROUTER).ports();
  }

  private String broken(FailureKind kind, String detail) throws InterruptedException {
    session.failing("system/resource", kind, detail);
    new RouterDevices(router).devices();
    Finding finding = findings(Box.Role.ROUTER, PINNED).getFirst();
    assertEquals(Finding.Level.BROKEN, finding.level());
    assertTrue(finding.what().contains("192.168.88.1:443"), finding.what());
    assertTrue(finding.what().contains(detail), finding.what());
    return remedy(finding);
  }

  private Finding lacking(Box.Role role, String words) {
    return findings(role, PINNED).stream()
        .filter(one -> one.level() == Finding.Level.LACKING && one.what().contains(words))
        .findFirst()
        .orElseThrow(() -> new AssertionError(findings(role, PINNED).toString()));
  }

  private List<Finding> findings(Box.Role role, Trust trust) {
    RouterOsSettings settings =
        new RouterOsSettings(
            ENDPOINT, new Credentials("mhs", "geheim"), trust, role, true, FastTrack.Mode.EXPLAIN);
    List<Finding> all = new RouterFindings(router, settings).all();
    assertTrue(!all.toString().contains("geheim"));
    return all;
  }

  private static String remedy(Finding finding) {
    return Objects.requireNonNull(finding.remedy(), finding.toString());
  }
}
