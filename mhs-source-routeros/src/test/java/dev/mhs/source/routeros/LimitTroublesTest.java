package dev.mhs.source.routeros;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.mhs.api.BitRate;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.FailureKind;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.LimitOutcome;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Poll;
import dev.mhs.core.spi.LimitController;
import dev.mhs.core.spi.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits on a box over HTTPS that answers writes oddly: only what is read back counts. */
@Timeout(60)
class LimitTroublesTest {
  private static final String QUEUES = "queue/simple";
  private static final String QUEUE = "queue/simple/*1";
  private static final String BEGIN = HttpsBox.BEGIN;
  private static final String MADE = "made";
  private static final DeviceKey DEVICE =
      new DeviceKey.ByMac(MacAddress.parse("00:00:5E:00:53:0A").orElseThrow());

  @TempDir Path storage;
  private final SettableTime time = new SettableTime();
  private final HttpsBox box = HttpsBox.start("a", 0);

  /** What a box may answer to a write, whether it carries it out or not. */
  enum Odd {
    REFUSAL,
    CREATED,
    NOTHING,
    NO_CONTENT,
    AN_EMPTY_LIST,
    CUT_OFF,
    RESET,
    BAD_CHUNK,
    PAGE,
    ERROR;

    ResponseDefinitionBuilder response() {
      return switch (this) {
        case REFUSAL ->
            aResponse().withStatus(400).withBody(Samples.bytes("error-400-timeout.json"));
        case CREATED -> aResponse().withStatus(201).withBody(Samples.bytes("put-created.json"));
        case NOTHING -> aResponse().withStatus(200);
        case NO_CONTENT -> aResponse().withStatus(204);
        case AN_EMPTY_LIST -> aResponse().withBody("[]");
        case CUT_OFF ->
            aResponse().withStatus(201).withHeader("Content-Length", "9999").withBody("{");
        case RESET -> aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER);
        case BAD_CHUNK -> aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK);
        case PAGE ->
            aResponse().withHeader("Content-Type", "text/html").withBody("<html>Login</html>");
        case ERROR -> aResponse().withStatus(503);
      };
    }
  }

  @BeforeEach
  void whole() {
    whole(box);
    box.at(MADE, "DELETE", QUEUE, aResponse().withStatus(204), BEGIN);
  }

  private static void whole(HttpsBox box) {
    box.with("system/resource", "{'uptime':'1d','version':'7.16.2 (stable)','board-name':'hAP'}")
        .with("interface", "[{'.id':'*2','name':'bridge','type':'bridge','running':'true'}]")
        .with("ip/address", "[{'address':'192.168.88.1/24','interface':'bridge'}]")
        .with(
            "ip/arp",
            "[{'address':'192.168.88.10','mac-address':'00:00:5E:00:53:0A','interface':'bridge',"
                + "'status':'reachable'}]")
        .at(BEGIN, "GET", QUEUES, aResponse().withBody("[]"), BEGIN)
        .at(MADE, "GET", QUEUES, queue(5), MADE);
  }

  @AfterEach
  void stop() {
    box.close();
  }

  @ParameterizedTest
  @EnumSource(Odd.class)
  void whateverIsAnsweredALimitThatStandsThereIsApplied(Odd odd) throws Exception {
    box.at(BEGIN, "PUT", QUEUES, odd.response(), MADE);
    try (Source source = open(box)) {
      LimitInForce made = applied(limits(source).apply(limit(5)));

      assertEquals(BitRate.ofMegabits(5), made.limit().download());
      assertEquals(List.of(made), read(source));
      assertEquals(1, box.requestsBy("PUT"));
      assertEquals(0, box.requestsBy("DELETE"));
    }
  }

  @ParameterizedTest
  @EnumSource(Odd.class)
  void whateverIsAnsweredALimitThatDoesNotStandThereIsNotApplied(Odd odd) throws Exception {
    box.at(BEGIN, "PUT", QUEUES, odd.response(), BEGIN);
    try (Source source = open(box)) {
      LimitOutcome outcome = limits(source).apply(limit(5));

      String detail =
          switch (outcome) {
            case LimitOutcome.Refused refused -> refused.detail();
            case LimitOutcome.Failed failed -> failed.detail();
            case LimitOutcome.Applied applied -> throw new AssertionError(applied);
            case LimitOutcome.Incomplete half -> throw new AssertionError(half);
          };
      assertTrue(!detail.isBlank() && !detail.contains("Exception"), detail);
      if (odd == Odd.NOTHING || odd == Odd.NO_CONTENT) {
        assertEquals("the router did not keep the limit as it was asked for", detail);
      }
      assertEquals(List.of(), read(source));
      assertTrue(box.requestsBy("PUT") <= 2, "it is not written again and again");
      assertEquals(0, box.requestsBy("DELETE"));
    }
  }

  @ParameterizedTest
  @EnumSource(Odd.class)
  void whateverIsAnsweredARemovalIsWhatIsReadBack(Odd odd) throws Exception {
    box.at(BEGIN, "PUT", QUEUES, aResponse().withStatus(201), MADE);
    try (Source source = open(box)) {
      applied(limits(source).apply(limit(5)));

      box.at(MADE, "DELETE", QUEUE, odd.response(), MADE);
      LimitOutcome kept = limits(source).apply(none());
      assertTrue(
          kept instanceof LimitOutcome.Refused || kept instanceof LimitOutcome.Failed,
          kept.toString());
      assertEquals(1, read(source).size());

      box.at(MADE, "DELETE", QUEUE, odd.response(), BEGIN);
      assertEquals(new LimitOutcome.Applied(null), limits(source).apply(none()));
    }
  }

  @Test
  void aBoxThatKeepsAnotherLimitThanItWasToldIsTakenBack() throws Exception {
    box.at(BEGIN, "PUT", QUEUES, aResponse().withStatus(201), MADE)
        .at(MADE, "GET", QUEUES, queue(1), MADE)
        .at(MADE, "PATCH", QUEUE, aResponse().withBody("{}"), MADE);
    try (Source source = open(box)) {
      LimitOutcome.Refused refused =
          assertInstanceOf(LimitOutcome.Refused.class, limits(source).apply(limit(5)));

      assertEquals("the router did not keep the limit as it was asked for", refused.detail());
      assertEquals(List.of(), read(source));
      assertEquals(1, box.requestsBy("DELETE"));
    }
  }

  @Test
  void aLoginThatIsRefusedMidwayIsToldAndTakenBackOnceItIsLetInAgain() throws Exception {
    ResponseDefinitionBuilder out =
        aResponse().withStatus(401).withBody(Samples.bytes("error-401.json"));
    box.at(BEGIN, "PUT", QUEUES, aResponse().withStatus(201), MADE)
        .at(MADE, "GET", QUEUES, out, MADE);
    try (Source source = open(box)) {
      LimitOutcome.Incomplete half =
          assertInstanceOf(LimitOutcome.Incomplete.class, limits(source).apply(limit(5)));
      assertEquals(FailureKind.UNAUTHORIZED, half.kind());
      assertEquals(
          List.of("perhaps the queue \"nb-192.168.88.10\" (5000000/5000000)"), half.left());

      int asked = box.requests();
      assertInstanceOf(LimitOutcome.Failed.class, limits(source).apply(limit(5)));
      assertEquals(asked, box.requests(), "the router logs each attempt");

      box.at(MADE, "GET", QUEUES, queue(5), MADE);
      time.advance(Duration.ofMinutes(3));
      assertEquals(List.of(), read(source));
      assertEquals(1, box.requestsBy("DELETE"));
    }
  }

  @Test
  void twoRoutersAtOnceHaveEachTheirOwnLimits() throws Exception {
    try (HttpsBox second = HttpsBox.start("b", 0);
        Source one = open(box);
        Source other = second.open(storage.resolve("b"), time, Duration.ofSeconds(10), Map.of());
        ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
      whole(second);
      second.at(MADE, "GET", QUEUES, queue(9), MADE);
      box.at(BEGIN, "PUT", QUEUES, aResponse().withStatus(201), MADE);
      second.at(BEGIN, "PUT", QUEUES, aResponse().withStatus(201), MADE);

      Future<LimitOutcome> five = both.submit(applying(one, 5));
      Future<LimitOutcome> nine = both.submit(applying(other, 9));

      assertEquals(BitRate.ofMegabits(5), applied(five.get()).limit().download());
      assertEquals(BitRate.ofMegabits(9), applied(nine.get()).limit().download());
      assertEquals(new LimitOutcome.Applied(null), limits(one).apply(none()));
      assertEquals(List.of(), read(one));
      assertEquals(BitRate.ofMegabits(9), read(other).getFirst().limit().download());
      assertEquals(0, second.requestsBy("DELETE"));
      assertEquals(1, box.requestsBy("PUT"));
      assertEquals(1, second.requestsBy("PUT"));
    }
  }

  private static Callable<LimitOutcome> applying(Source source, int megabits) {
    return () -> limits(source).apply(limit(megabits));
  }

  private Source open(HttpsBox which) {
    return which.open(storage, time, Duration.ofSeconds(10), Map.of());
  }

  private static LimitController limits(Source source) {
    return source.limits().orElseThrow();
  }

  private static List<LimitInForce> read(Source source) throws InterruptedException {
    if (limits(source).limits() instanceof Poll.Ok<List<LimitInForce>>(List<LimitInForce> all)) {
      return all;
    }
    throw new AssertionError("no limits were read");
  }

  private static LimitInForce applied(LimitOutcome outcome) {
    return Objects.requireNonNull(
        assertInstanceOf(LimitOutcome.Applied.class, outcome).inForce(), "nothing is in force");
  }

  private static ResponseDefinitionBuilder queue(int megabits) {
    String rates = megabits + "000000/" + megabits + "000000";
    return aResponse()
        .withBody(
            ("[{'.id':'*1','name':'nb-192.168.88.10','target':'192.168.88.10/32','max-limit':'"
                    + rates
                    + "','comment':'mhs: 00:00:5e:00:53:0a'}]")
                .replace('\'', '"'));
  }

  private static Limit limit(int megabits) {
    BitRate rate = BitRate.ofMegabits(megabits);
    return new Limit(DEVICE, List.of(IpLiteral.of("192.168.88.10")), rate, rate);
  }

  private static Limit none() {
    return new Limit(DEVICE, List.of(), null, null);
  }
}
