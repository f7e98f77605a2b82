package dev.mhs.source.routeros;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.mhs.api.BandwidthReading;
import dev.mhs.api.BitRate;
import dev.mhs.api.Box;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.FailureKind;
import dev.mhs.api.Finding;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitOutcome;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Poll;
import dev.mhs.api.Usage;
import dev.mhs.core.spi.BandwidthSource;
import dev.mhs.core.spi.PortSource;
import dev.mhs.core.spi.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole source against a box over HTTPS that is in trouble, or that is not what it should be.
 */
@Timeout(60)
class RouterTroublesTest {
  private static final Duration PATIENT = Duration.ofSeconds(10);
  private static final Limit LIMIT =
      new Limit(
          new DeviceKey.ByMac(MacAddress.parse("00:00:5E:00:53:0A").orElseThrow()),
          List.of(IpLiteral.of("192.168.88.10")),
          BitRate.ofMegabits(5),
          BitRate.ofMegabits(5));

  @TempDir Path storage;
  private final SettableTime time = new SettableTime();
  private HttpsBox box = HttpsBox.start("a", 0);

  @BeforeEach
  void whole() {
    box.with("system/resource", "{'uptime':'1d','version':'7.16.2 (stable)','board-name':'hAP'}")
        .with(
            "interface",
            "[{'.id':'*1','name':'ether1','type':'ether','running':'true','rx-byte':'5000','tx-byte':'700'},"
                + "{'.id':'*2','name':'bridge','type':'bridge','running':'true'}]")
        .with("interface/list/member", "[{'list':'WAN','interface':'ether1'}]")
        .with("ip/address", "[{'address':'192.168.88.1/24','interface':'bridge'}]")
        .with(
            "ip/arp",
            "[{'address':'192.168.88.10','mac-address':'00:00:5E:00:53:0A','interface':'bridge',"
                + "'status':'reachable'}]")
        .with("ip/firewall/connection", connection(1_000, 9_000))
        .with("queue/simple", "[]");
  }

  @AfterEach
  void stop() {
    box.close();
  }

  @Test
  void aRefusedLoginIsTriedOnceForAllCapabilitiesTogether() throws Exception {
    box.answersAll(aResponse().withStatus(401).withBody(Samples.bytes("error-401.json")));
    try (Source source = open()) {
      for (int round = 0; round < 3; round++) {
        for (Poll<?> poll : all(source)) {
          assertTrue(failed(FailureKind.UNAUTHORIZED, poll).contains("none follows for 1 min"));
        }
      }
      assertEquals(1, box.requests());
      Finding first = source.findings().getFirst();
      assertEquals(Finding.Level.BROKEN, first.level());
      assertTrue(Objects.requireNonNull(first.remedy()).contains("/user/set"), first.toString());
    }
  }

  @Test
  void aMissingPolicyIsToldInTheRoutersWords() throws Exception {
    ResponseDefinitionBuilder denied =
        aResponse().withStatus(500).withBody(Samples.bytes("error-500-no-policy.json"));
    box.answersAll(denied);
    try (Source source = open()) {
      for (Poll<?> poll : all(source)) {
        String detail = failed(FailureKind.NOT_PERMITTED, poll);
        assertTrue(detail.contains("\"read\"") && detail.contains("not allowed (9)"), detail);
      }
    }
  }

  @Test
  void aMenuThatIsNeededAndLackingFailsWhatNeedsIt() throws Exception {
    for (ResponseDefinitionBuilder lacking :
        List.of(
            aResponse().withStatus(400).withBody(Samples.bytes("error-400-unknown-menu.json")),
            aResponse().withStatus(404).withBody(Samples.bytes("error-404-unknown-id.json")))) {
      box.lacksEverything();
      whole();
      box.with("ip/arp", lacking);
      try (Source source = open()) {
        assertTrue(
            failed(FailureKind.REFUSED, source.devices().orElseThrow().devices())
                .contains("/ip/arp does not exist"));
        ok(source.ports().orElseThrow().ports());
      }
    }
  }

  @Test
  void aSlowBoxIsLeftAtTheDeadline() throws Exception {
    box.answersAll(aResponse().withBody("[]").withFixedDelay(20_000));
    try (Source source = open(Duration.ofMillis(300), Map.of())) {
      for (Poll<?> poll : all(source)) {
        failed(FailureKind.TIMED_OUT, poll);
      }
      assertTrue(
          source.findings().getFirst().what().contains("does not answer"),
          source.findings().toString());
    }
  }

  @Test
  void halfAnAnswerIsNone() throws Exception {
    byte[] arp = Samples.bytes("ip-arp.json");
    for (ResponseDefinitionBuilder cut :
        List.of(
            aResponse().withBody(Arrays.copyOf(arp, arp.length / 2)),
            aResponse().withHeader("Content-Length", "99999").withBody(arp),
            aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK),
            aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
            aResponse().withFault(Fault.EMPTY_RESPONSE))) {
      box.with("ip/arp", cut);
      try (Source source = open(Duration.ofSeconds(2), Map.of())) {
        Poll<?> poll = source.devices().orElseThrow().devices();
        assertTrue(poll instanceof Poll.Failed<?>, poll.toString());
        ok(source.ports().orElseThrow().ports());
      }
    }
  }

  @Test
  void garbageAndLoginPagesAreNoAnswer() throws Exception {
    for (ResponseDefinitionBuilder garbage :
        List.of(
            aResponse().withBody("\u0000\u0001garbage"),
            aResponse().withBody("\"a text\""),
            aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE),
            aResponse()
                .withHeader("Content-Type", "text/html; charset=utf-8")
                .withBody("<html><form>Login</form></html>"))) {
      box.lacksEverything().answersAll(garbage);
      try (Source source = open()) {
        for (Poll<?> poll : all(source)) {
          failed(FailureKind.MALFORMED, poll);
        }
      }
    }
  }

  @Test
  void anotherCertificateIsRefusedLoudlyAndNothingIsSentToIt() throws Exception {
    try (Source source = open()) {
      ok(source.devices().orElseThrow().devices());
      assertTrue(source.findings().toString().contains("pinned: SHA-256"));

      int port = box.port();
      box.close();
      box = HttpsBox.start("b", port);
      whole();

      for (Poll<?> poll : all(source)) {
        assertTrue(failed(FailureKind.UNTRUSTED, poll).contains("the certificate changed"));
      }
      assertEquals(0, box.requests());
      Finding loud = source.findings().getFirst();
      assertEquals(Finding.Level.BROKEN, loud.level());
      String remedy = Objects.requireNonNull(loud.remedy());
      assertTrue(remedy.startsWith("rm '" + storage), remedy);

      Files.delete(Path.of(remedy.substring("rm '".length(), remedy.length() - 1)));

      ok(source.devices().orElseThrow().devices());
      assertEquals(Finding.Level.GOOD, source.findings().getFirst().level());
    }
  }

  @Test
  void aPinThatCannotBeKeptIsSaidToBeLost() throws Exception {
    try (Source source = open(storage.resolve("gone"))) {
      ok(source.devices().orElseThrow().devices());
      assertTrue(
          source.findings().stream()
              .anyMatch(
                  one ->
                      one.level() == Finding.Level.LACKING
                          && one.what().contains("only until MHS ends")),
          source.findings().toString());
    }
  }

  @Test
  void aRedirectToAnotherHostIsNotFollowedByAnyVerb() throws Exception {
    try (HttpsBox stranger = HttpsBox.start("b", 0);
        Source source = open()) {
      for (int status : List.of(301, 302, 303, 307, 308)) {
        box.lacksEverything();
        whole();
        String elsewhere = "https://127.0.0.1:" + stranger.port() + "/rest/";
        ResponseDefinitionBuilder away =
            aResponse().withStatus(status).withHeader("Location", elsewhere + "queue/simple");
        box.with("ip/arp", away).with("interface/ethernet/monitor", away);
        assertTrue(
            failed(FailureKind.REFUSED, source.devices().orElseThrow().devices())
                .contains("redirects elsewhere"));
        ok(source.ports().orElseThrow().ports()); // its POST is sent away, and ends there
        box.with("queue/simple", away);
        LimitOutcome outcome = source.limits().orElseThrow().apply(LIMIT);
        assertFalse(outcome instanceof LimitOutcome.Applied, outcome.toString());
      }
      assertEquals(0, stranger.requests());
    }
  }

  @Test
  void aBoxThatRestartsBeginsItsCountersAnew() throws Exception {
    try (Source source = open()) {
      PortSource ports = source.ports().orElseThrow();
      BandwidthSource bandwidth = source.bandwidth().orElseThrow();
      long before = epoch(ok(ports.ports()).getFirst());
      ok(bandwidth.bandwidth());
      long lineBefore = lineEpoch(ok(bandwidth.bandwidth()));
      assertEquals(1, box.requests("caps-man/registration-table") + box.requests("user"));

      time.advance(Duration.ofSeconds(60));
      box.with("system/resource", "{'uptime':'20s','version':'7.20 (stable)'}")
          .with(
              "interface",
              "[{'.id':'*1','name':'ether1','type':'ether','running':'true','rx-byte':'50','tx-byte':'7'}]")
          .with("ip/firewall/connection", connection(10, 90));

      Box after = ok(ports.ports()).getFirst();
      BandwidthReading reading = ok(bandwidth.bandwidth());

      assertNotEquals(before, epoch(after));
      assertNotEquals(lineBefore, lineEpoch(reading));
      assertEquals(Map.of(), reading.devices(), "the first look after a restart is a baseline");
      assertTrue(source.findings().getFirst().what().contains("7.20"), "the version is read anew");
    }
  }

  private Source open() {
    return open(storage);
  }

  private Source open(Path folder) {
    return box.open(folder, time, PATIENT, Map.of());
  }

  private Source open(Duration limit, Map<String, String> settings) {
    return box.open(storage, time, limit, settings);
  }

  private static List<Poll<?>> all(Source source) throws InterruptedException {
    List<Poll<?>> all = new ArrayList<>();
    all.add(source.devices().orElseThrow().devices());
    all.add(source.bandwidth().orElseThrow().bandwidth());
    all.add(source.ports().orElseThrow().ports());
    all.add(source.limits().orElseThrow().limits());
    return all;
  }

  private static String connection(long up, long down) {
    return "[{'.id':'*1','protocol':'tcp','src-address':'192.168.88.10','src-port':'5000',"
        + "'dst-address':'192.0.2.7','dst-port':'443','reply-src-address':'192.0.2.7',"
        + "'orig-bytes':'"
        + up
        + "','repl-bytes':'"
        + down
        + "'}]";
  }

  private static long epoch(Box box) {
    return Objects.requireNonNull(box.ports().getFirst().counters()).epoch();
  }

  private static long lineEpoch(BandwidthReading reading) {
    return ((Usage.Totals) Objects.requireNonNull(reading.wan())).epoch();
  }

  private static <T> T ok(Poll<T> poll) {
    if (poll instanceof Poll.Ok<T>(T value)) {
      return value;
    }
    throw new AssertionError(poll.toString());
  }

  private static String failed(FailureKind kind, Poll<?> poll) {
    if (poll instanceof Poll.Failed<?> failed) {
      assertEquals(kind, failed.kind(), failed.detail());
      return failed.detail();
    }
    throw new AssertionError(poll.toString());
  }
}
