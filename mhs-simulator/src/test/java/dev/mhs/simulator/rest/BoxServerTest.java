package dev.mhs.simulator.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.simulator.Simulator;
import dev.mhs.simulator.SteppedClock;
import dev.mhs.simulator.world.Release;
import dev.mhs.simulator.world.Scenario;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Asks a played router over HTTPS what a real one was asked (see the samples of the source). */
@Timeout(60)
class BoxServerTest {
  private final SteppedClock clock = new SteppedClock();
  private Simulator simulator = Simulator.start(clock);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(trusting()).build();
  private Duration patience = Duration.ofSeconds(10);
  private String login = "mhs:simulated";

  private record Reply(int status, String body) {
    JsonObject object() {
      return value().asJsonObject();
    }

    JsonArray array() {
      return value().asJsonArray();
    }

    JsonValue value() {
      try (JsonReader reader = Json.createReader(new StringReader(body))) {
        return reader.readValue();
      }
    }

    String detail() {
      return object().getString("detail", "");
    }
  }

  @BeforeEach
  void letTheHouseholdWakeUp() {
    clock.advance(Duration.ofSeconds(30));
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    simulator.close();
  }

  @Test
  void everyValueIsATextAndPropertiesAreNarrowed() throws Exception {
    JsonArray all = ask("GET", "ip/arp", "").array();
    assertTrue(all.size() > 20, "a family and the provider");
    for (JsonValue row : all) {
      row.asJsonObject()
          .values()
          .forEach(value -> assertEquals(JsonValue.ValueType.STRING, value.getValueType()));
    }
    JsonObject narrowed =
        ask("GET", "ip/arp?address=192.168.88.10&.proplist=address,mac-address,nonsense", "")
            .array()
            .getJsonObject(0);
    assertEquals(
        "{\"address\":\"192.168.88.10\",\"mac-address\":\"00:11:32:5A:10:01\"}",
        narrowed.toString());
  }

  @Test
  void singletonsAreObjectsOrArraysByVersion() throws Exception {
    assertEquals(
        "7.20.8 (long-term)", ask("GET", "system/resource", "").object().getString("version"));
    play(Scenario.usual().with(Release.V7_10));
    assertEquals(
        "7.10.2 (stable)",
        ask("GET", "system/resource", "").array().getJsonObject(0).getString("version"));
  }

  @Test
  void refusalsHaveTheRoutersStatusesAndWords() throws Exception {
    assertEquals(
        new Reply(
            400,
            "{\"error\":400,\"message\":\"Bad Request\",\"detail\":\"no such command or directory"
                + " (accounting)\"}"),
        ask("GET", "ip/accounting", ""));
    assertEquals(
        new Reply(404, "{\"error\":404,\"message\":\"Not Found\"}"),
        ask("GET", "ip/arp/*FFFF", ""));
    assertEquals("no such command", ask("GET", "ip/firewall/filter/print", "").detail());
    assertEquals(
        "missing or invalid resource identifier",
        ask("PATCH", "system/identity", "{'name':'x'}").detail());
    assertEquals(
        "unknown parameter speed", ask("PUT", "queue/simple", "{'name':'q','speed':'1'}").detail());
    assertEquals(
        "input does not match any value of max-limit",
        ask("PUT", "queue/simple", "{'name':'q','max-limit':'much'}").detail());
    assertEquals(400, ask("PUT", "queue/simple", "{'name'").status());

    login = "mhs:wrong";
    assertEquals(
        new Reply(401, "{\"error\":401,\"message\":\"Unauthorized\"}"), ask("GET", "ip/arp", ""));
    login = "mhs:simulated";
    simulator.router().users(List.of(User.reader("mhs", "simulated")));
    assertEquals(200, ask("GET", "ip/arp", "").status());
    Reply denied = ask("PUT", "queue/simple", "{'name':'q'}");
    assertEquals(500, denied.status());
    assertEquals("std failure: not allowed (9)", denied.detail());
  }

  @Test
  void aQueueIsAddedChangedMovedAndRemoved() throws Exception {
    String body = "{'name':'nb-192.168.88.20','target':'192.168.88.20','max-limit':'1M/30M'}";
    Reply added = ask("PUT", "queue/simple", body);
    assertEquals(201, added.status());
    String id = added.object().getString(".id");
    assertEquals("192.168.88.20/32", added.object().getString("target"));
    assertEquals("1000000/30000000", added.object().getString("max-limit"));
    assertFalse(added.object().containsKey("comment"));
    assertEquals("failure: already have such name", ask("PUT", "queue/simple", body).detail());

    Reply changed = ask("PATCH", "queue/simple/" + id, "{'max-limit':'2M/3M','comment':'c'}");
    assertEquals("2000000/3000000", changed.object().getString("max-limit"));
    assertEquals(
        1, ask("GET", "queue/simple?target=192.168.88.20%2F32&disabled=no", "").array().size());
    assertEquals(
        "missing or invalid resource identifier",
        ask("PATCH", "queue/simple/" + id.replace("*", "%2A"), "{'comment':'d'}").detail());

    String first =
        ask("PUT", "queue/simple", "{'name':'first','place-before':'" + id + "'}")
            .object()
            .getString(".id");
    assertEquals("first", nameOfQueue(0));
    String move = "{'numbers':'" + id + "','destination':'" + first + "'}";
    assertEquals(new Reply(200, "[]"), ask("POST", "queue/simple/move", move));
    assertEquals("nb-192.168.88.20", nameOfQueue(0));

    assertEquals(204, ask("DELETE", "queue/simple/" + id, "").status());
    assertEquals(404, ask("DELETE", "queue/simple/" + id, "").status());
    assertEquals(
        new Reply(200, "[]"), ask("POST", "queue/simple/remove", "{'.id':'" + first + "'}"));
    assertEquals(new Reply(200, "[]"), ask("GET", "queue/simple", ""));
  }

  @Test
  void someVersionsWantIdsInBodies() throws Exception {
    simulator.router().wantIdsInBodies(true);
    String id = ask("PUT", "queue/simple", "{'name':'q'}").object().getString(".id");
    assertEquals(
        "missing or invalid resource identifier", ask("DELETE", "queue/simple/" + id, "").detail());
    assertEquals(200, ask("POST", "queue/simple/remove", "{'.id':'" + id + "'}").status());
    assertEquals(0, simulator.world().tables().queues().items().size());
  }

  @Test
  void whatTheRouterMadeItselfCannotBeChanged() throws Exception {
    String id = simulator.world().tables().queues().addDynamic(Map.of("name", "hs"), 0).id();
    assertEquals("true", ask("GET", "queue/simple/" + id, "").object().getString("dynamic"));
    assertEquals(400, ask("DELETE", "queue/simple/" + id, "").status());
  }

  @Test
  void printTakesQueriesAndCounts() throws Exception {
    String query =
        "{'.proplist':['name','type'],'.query':['type=bridge','name=ether1','#|','!disabled']}";
    assertEquals(400, ask("POST", "interface/print", query.replace("'#|'", "'#?'")).status());
    JsonArray found = ask("POST", "interface/print", query.replace(",'!disabled'", "")).array();
    assertEquals(2, found.size());
    String many =
        ask("POST", "ip/firewall/connection/print", "{'count-only':''}").object().getString("ret");
    assertTrue(Integer.parseInt(many) > 10, many);
    JsonArray big =
        ask("POST", "interface/print", "{'.query':['>rx-byte=0'],'.proplist':'name'}").array();
    assertTrue(big.size() > 3, big.toString());
  }

  @Test
  void monitorsAnswerOnce() throws Exception {
    JsonArray speeds =
        ask("POST", "interface/ethernet/monitor", "{'numbers':'ether1,ether3','once':''}").array();
    assertEquals("2.5Gbps", speeds.getJsonObject(0).getString("rate"));
    JsonArray rates =
        ask("POST", "interface/monitor-traffic", "{'interface':'ether1','once':''}").array();
    assertTrue(Long.parseLong(rates.getJsonObject(0).getString("rx-bits-per-second")) > 0);
  }

  @ParameterizedTest
  @EnumSource(Release.class)
  void connectionsHaveTheShapesOfTheVersion(Release release) throws Exception {
    play(Scenario.usual().with(release));
    JsonArray four = ask("GET", "ip/firewall/connection?protocol=tcp", "").array();
    JsonObject row = four.getJsonObject(0);
    assertEquals(release.joinsPorts(), row.getString("src-address").contains(":"));
    assertEquals(!release.joinsPorts(), row.containsKey("src-port"));
    assertTrue(row.containsKey("orig-fasttrack-bytes"));
    JsonObject six = ask("GET", "ipv6/firewall/connection", "").array().getJsonObject(0);
    assertEquals(release.countsSix(), six.containsKey("orig-bytes"));
    assertEquals(release.joinsPorts(), six.getString("src-address").startsWith("["));
    String wireless = "interface/wireless/registration-table";
    assertEquals(release.hasWireless() ? 200 : 400, ask("GET", wireless, "").status());
    String arp = ask("GET", "ip/arp", "").body();
    assertEquals(release.shoutsDhcp(), arp.contains("\"DHCP\""));
  }

  @Test
  void theTwoWaysOfCountingDifferByTheFastPath() throws Exception {
    long inclusive = fastest();
    play(Scenario.usual().with(Scenario.Counting.EXCLUSIVE));
    long exclusive = fastest();
    assertTrue(inclusive > 0, "bytes include those of the fast path");
    assertTrue(exclusive < 0, "they do not");
  }

  @Test
  void faultsAreSwitchedOnAndOff() throws Exception {
    assertEquals(200, ask("GET", "ip/arp", "").status());
    int port = simulator.router().port();
    simulator.router().fault(new Fault.Refuses());
    assertInstanceOf(ConnectException.class, assertThrows(IOException.class, this::arp));
    simulator.router().fault(new Fault.None());
    assertEquals(port, simulator.router().port());
    assertEquals(200, arp().status());

    patience = Duration.ofMillis(500);
    simulator.router().fault(new Fault.Hangs());
    assertThrows(HttpTimeoutException.class, this::arp);
    patience = Duration.ofSeconds(10);
    simulator.router().fault(new Fault.Fails());
    assertEquals(500, arp().status());
    simulator.router().fault(new Fault.TalksNonsense());
    assertEquals(200, arp().status());
    simulator.router().fault(new Fault.CutsShort());
    assertThrows(IOException.class, this::arp);
    simulator.router().fault(new Fault.IsSlow(Duration.ofMillis(200)));
    assertEquals(200, arp().status());
    simulator.router().fault(new Fault.None());
    assertEquals(200, arp().status());
  }

  @Test
  void aNewCertificateIsAnotherOne() throws Exception {
    String before = simulator.router().fingerprint();
    assertEquals(95, before.length());
    simulator.router().changeCertificate();
    assertNotEquals(before, simulator.router().fingerprint());
    assertEquals(200, arp().status());
  }

  @Test
  void theSwitchHasItsOwnMenus() throws Exception {
    URI uri = uri(simulator.switchBox().port(), "interface");
    JsonArray ports = send("GET", uri, "").array();
    assertTrue(ports.toString().contains("sfp-sfpplus1"));
    JsonArray hosts =
        send("GET", uri(simulator.switchBox().port(), "interface/bridge/host"), "").array();
    assertTrue(hosts.toString().contains("00:11:32:5A:10:01"));
  }

  @Test
  void aRebootAnswersAndBeginsAnew() throws Exception {
    assertEquals(new Reply(200, "[]"), ask("POST", "system/reboot", "{}"));
    assertEquals("0s", ask("GET", "system/resource", "").object().getString("uptime"));
  }

  private Reply arp() throws IOException, InterruptedException {
    return ask("GET", "ip/arp", "");
  }

  private void play(Scenario scenario) {
    simulator.close();
    simulator = Simulator.start(scenario, clock);
    clock.advance(Duration.ofSeconds(30));
  }

  private String nameOfQueue(int place) throws Exception {
    return ask("GET", "queue/simple", "").array().getJsonObject(place).getString("name");
  }

  /** What the bytes of the connection with the most fast ones exceed those by. */
  private long fastest() throws Exception {
    long most = -1;
    long excess = 0;
    for (JsonValue value : ask("GET", "ip/firewall/connection?fasttrack=true", "").array()) {
      JsonObject row = value.asJsonObject();
      long fast = Long.parseLong(row.getString("repl-fasttrack-bytes"));
      if (fast > most) {
        most = fast;
        excess = Long.parseLong(row.getString("repl-bytes")) - fast;
      }
    }
    return excess;
  }

  private Reply ask(String verb, String path, String body)
      throws IOException, InterruptedException {
    return send(verb, uri(simulator.router().port(), path), body);
  }

  private Reply send(String verb, URI uri, String body) throws IOException, InterruptedException {
    String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(patience)
            .header("Authorization", "Basic " + basic)
            .method(verb, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    return new Reply(response.statusCode(), response.body());
  }

  private static URI uri(int port, String path) {
    return URI.create("https://127.0.0.1:" + port + "/rest/" + path);
  }

  private static SSLContext trusting() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustsAnybody()}, null);
      return context;
    } catch (java.security.GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The certificate is not what is tested here. */
  private static final class TrustsAnybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
