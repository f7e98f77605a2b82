package dev.mhs.source.routeros;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.mhs.api.BandwidthReading;
import dev.mhs.api.Finding;
import dev.mhs.api.Poll;
import dev.mhs.api.Sighting;
import dev.mhs.api.SourceId;
import dev.mhs.core.spi.DeviceSource;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.core.spi.SourceSettings;
import dev.mhs.core.spi.TimeSource;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole source against HTTPS, as the engine uses it. */
@Timeout(60)
class RouterOsSourceTest {
  @TempDir Path storage;
  private final WireMockServer box = server();

  @BeforeEach
  void start() {
    box.start();
    box.stubFor(
        any(anyUrl())
            .atPriority(10)
            .willReturn(
                aResponse()
                    .withStatus(400)
                    .withBody(Samples.bytes("error-400-unknown-menu.json"))));
    answer("system/resource", Samples.bytes("system-resource.array.json"));
    answer("interface", Samples.bytes("interface.chr.json"));
    answer("interface/list/member", "[{\"list\":\"WAN\",\"interface\":\"ether1\"}]");
    answer("ip/address", "[{\"address\":\"192.0.2.1/24\",\"interface\":\"bridge\"}]");
    answer("ip/arp", Samples.bytes("ip-arp.json"));
    answer("ip/dhcp-server/lease", Samples.bytes("ip-dhcp-server-lease.mixed.json"));
    answer("ip/firewall/connection", Samples.bytes("ip-firewall-connection.derived.json"));
    answer("queue/simple", Samples.bytes("queue-simple.json"));
    answer("ip/firewall/filter", Samples.bytes("ip-firewall-filter.fasttrack.json"));
  }

  @AfterEach
  void stop() {
    box.stop();
  }

  @Test
  void aRouterOffersAllFourAndAnswersThem() throws Exception {
    try (Source source = open(Map.of())) {
      Poll<List<Sighting>> devices = source.devices().orElseThrow().devices();
      Poll<BandwidthReading> bandwidth = source.bandwidth().orElseThrow().bandwidth();

      assertInstanceOf(Poll.Ok.class, devices);
      assertInstanceOf(Poll.Ok.class, bandwidth);
      assertInstanceOf(Poll.Ok.class, source.ports().orElseThrow().ports());
      assertInstanceOf(Poll.Ok.class, source.limits().orElseThrow().limits());
      assertTrue(source.cost().requests() > 10);
      assertTrue(source.cost().bytes() > 5_000);
      String findings = source.findings().toString();
      assertTrue(findings.contains("pinned"), findings);
      assertTrue(findings.contains("RouterOS 7.1 answers"), findings);
      assertTrue(findings.contains("FastTrack is on"), findings);
      assertFalse(findings.contains("geheim"), findings);
    }
  }

  @Test
  void aSwitchOffersItsPortsAndWhoIsBehindEach() throws Exception {
    answer(
        "interface/bridge/host",
        "[{\"mac-address\":\"00:00:5E:00:53:01\",\"on-interface\":\"ether3\"}]");
    try (Source source = open(Map.of("role", "switch"))) {
      DeviceSource places = source.devices().orElseThrow();
      assertTrue(places.knowsPlacesOnly());
      assertInstanceOf(Poll.Ok.class, places.devices());
      assertTrue(places.devices().toString().contains("ether3"));
      assertTrue(source.bandwidth().isEmpty());
      assertTrue(source.limits().isEmpty());
      assertInstanceOf(Poll.Ok.class, source.ports().orElseThrow().ports());
    }
    try (Source source = open(Map.of("role", "switch", "devices", "false"))) {
      assertTrue(source.devices().isEmpty());
    }
  }

  @Test
  void aMenuThatIsDeniedIsNamedWithItsRemedy() throws Exception {
    box.stubFor(
        get(urlPathEqualTo("/rest/ip/dhcp-server/lease"))
            .atPriority(1)
            .willReturn(
                aResponse().withStatus(500).withBody(Samples.bytes("error-500-no-policy.json"))));
    try (Source source = open(Map.of())) {
      assertInstanceOf(Poll.Ok.class, source.devices().orElseThrow().devices());
      assertTrue(
          source.findings().stream()
              .anyMatch(
                  finding ->
                      finding.level() == Finding.Level.LACKING
                          && finding.what().contains("/ip/dhcp-server/lease")));
    }
  }

  @Test
  void anUnverifiedBoxIsSaidToBeOne() {
    try (Source source = open(Map.of("tls", "insecure"))) {
      assertTrue(source.findings().toString().contains("not verified"));
    }
    Source twice = open(Map.of());
    twice.close();
    twice.close();
    assertEquals(0, box.getAllServeEvents().size(), "opening asks nothing");
  }

  private Source open(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("host", "127.0.0.1:" + box.httpsPort());
    settings.put("pass", "geheim");
    SettableTime time = new SettableTime();
    return new RouterOsProvider()
        .open(
            new SourceContext() {
              @Override
              public SourceId id() {
                return new SourceId("mikrotik");
              }

              @Override
              public SourceSettings settings() {
                return new SourceSettings(settings);
              }

              @Override
              public TimeSource time() {
                return time;
              }

              @Override
              public Path storage() {
                return storage;
              }

              @Override
              public System.Logger logger() {
                return System.getLogger("test");
              }
            });
  }

  private void answer(String menu, String json) {
    answer(menu, json.getBytes(StandardCharsets.UTF_8));
  }

  private void answer(String menu, byte[] json) {
    box.stubFor(
        get(urlPathEqualTo("/rest/" + menu)).atPriority(5).willReturn(aResponse().withBody(json)));
  }

  private static WireMockServer server() {
    try {
      Path keys =
          Path.of(Objects.requireNonNull(Samples.class.getResource("tls/router-a.p12")).toURI());
      return new WireMockServer(
          wireMockConfig()
              .bindAddress("127.0.0.1")
              .dynamicPort()
              .dynamicHttpsPort()
              .keystorePath(keys.toString())
              .keystoreType("PKCS12")
              .keystorePassword("password")
              .keyManagerPassword("password"));
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
