package dev.mhs.source.routeros;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.mhs.api.SourceId;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.core.spi.SourceSettings;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.source.routeros.client.RestSession;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A box that speaks HTTPS on loopback and answers what it is told to; what it is not told about is
 * a menu that it lacks.
 */
final class HttpsBox implements AutoCloseable {
  /** Where a story begins. */
  static final String BEGIN = Scenario.STARTED;

  private final WireMockServer server;

  private HttpsBox(WireMockServer server) {
    this.server = server;
  }

  /** Starts a box with one of the two certificates, {@code a} or {@code b}, at a port or any. */
  static HttpsBox start(String certificate, int port) {
    try {
      String keys = "tls/router-" + certificate + ".p12";
      Path file = Path.of(Objects.requireNonNull(HttpsBox.class.getResource(keys)).toURI());
      WireMockServer server =
          new WireMockServer(
              wireMockConfig()
                  .bindAddress("127.0.0.1")
                  .dynamicPort()
                  .httpsPort(port)
                  .keystorePath(file.toString())
                  .keystoreType("PKCS12")
                  .keystorePassword("password")
                  .keyManagerPassword("password")
                  .stubRequestLoggingDisabled(true));
      server.start();
      HttpsBox box = new HttpsBox(server);
      box.lacksEverything();
      return box;
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Answers everything alike from now on. */
  HttpsBox answersAll(ResponseDefinitionBuilder response) {
    server.stubFor(any(anyUrl()).atPriority(1).willReturn(response));
    return this;
  }

  /** Forgets all that it was told. */
  HttpsBox lacksEverything() {
    server.resetMappings();
    server.stubFor(
        any(anyUrl())
            .atPriority(10)
            .willReturn(
                aResponse()
                    .withStatus(400)
                    .withBody(Samples.bytes("error-400-unknown-menu.json"))));
    return this;
  }

  /** Lets a menu or command answer with rows; apostrophes stand for quotation marks. */
  HttpsBox with(String path, String json) {
    return with(path, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  /** Lets a menu or command answer with a recorded sample. */
  HttpsBox withSample(String path, String sample) {
    return with(path, Samples.bytes(sample));
  }

  /** Lets a menu or command answer with some bytes. */
  HttpsBox with(String path, byte[] body) {
    return with(path, aResponse().withBody(body));
  }

  /** Lets a menu or command answer so. */
  HttpsBox with(String path, ResponseDefinitionBuilder response) {
    server.stubFor(any(urlPathEqualTo("/rest/" + path)).atPriority(5).willReturn(response));
    return this;
  }

  /**
   * Lets one verb on a path be answered so while the story of this box stands at some point, from
   * which it then goes on to another. A story begins at {@link #BEGIN}.
   */
  HttpsBox at(
      String point, String verb, String path, ResponseDefinitionBuilder response, String next) {
    server.stubFor(
        WireMock.request(verb, urlPathEqualTo("/rest/" + path))
            .atPriority(3)
            .inScenario("story")
            .whenScenarioStateIs(point)
            .willReturn(response)
            .willSetStateTo(next));
    return this;
  }

  int port() {
    return server.httpsPort();
  }

  /** Returns how many requests came in, all of which carried the login. */
  int requests() {
    return server.getAllServeEvents().size();
  }

  /** Returns how many requests came in for a path. */
  int requests(String path) {
    return server.findAll(WireMock.anyRequestedFor(urlPathEqualTo("/rest/" + path))).size();
  }

  /** Returns how many requests of a verb came in, whatever for. */
  int requestsBy(String verb) {
    return server
        .findAll(
            RequestPatternBuilder.newRequestPattern(
                RequestMethod.fromString(verb), WireMock.anyUrl()))
        .size();
  }

  /** Opens a source that asks this box. */
  Source open(Path storage, TimeSource time, Duration limit, Map<String, String> more) {
    Map<String, String> values = new HashMap<>(more);
    values.put("host", "127.0.0.1:" + port());
    values.put("user", "mhs");
    values.put("pass", "geheim");
    SourceContext context = new Context(new SourceSettings(values), time, storage);
    RouterOsSettings settings = RouterOsSettings.of(context.settings(), storage);
    return new RouterOsSource(
        context,
        settings,
        new RestSession(
            settings.endpoint(), settings.credentials(), settings.trust(), time, limit));
  }

  @Override
  public void close() {
    server.stop();
  }

  private record Context(SourceSettings settings, TimeSource time, Path storage)
      implements SourceContext {
    @Override
    public SourceId id() {
      return new SourceId("mikrotik");
    }

    @Override
    public System.Logger logger() {
      return System.getLogger("test");
    }
  }
}
