package dev.mhs.server;

import dev.mhs.api.SourceId;
import dev.mhs.core.engine.Engine;
import dev.mhs.core.engine.Subscription;
import dev.mhs.core.history.History;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.server.config.Settings;
import dev.mhs.server.connect.Opening;
import dev.mhs.server.connect.Proxies;
import dev.mhs.server.connect.Upgrades;
import dev.mhs.server.live.LatestState;
import dev.mhs.server.live.LiveHub;
import dev.mhs.server.live.LiveRoute;
import dev.mhs.server.live.UpgradeCheck;
import dev.mhs.server.metrics.CountedBytes;
import dev.mhs.server.metrics.MetricsApi;
import dev.mhs.server.rest.AlertsApi;
import dev.mhs.server.rest.AliasApi;
import dev.mhs.server.rest.ApiErrors;
import dev.mhs.server.rest.EventsApi;
import dev.mhs.server.rest.HistoryApi;
import dev.mhs.server.rest.LimitsApi;
import dev.mhs.server.rest.LiveApi;
import dev.mhs.server.rest.NoWebSocket;
import dev.mhs.server.rest.OpenApi;
import dev.mhs.server.rest.Problem;
import dev.mhs.server.rest.SessionsApi;
import dev.mhs.server.rest.TransportErrors;
import dev.mhs.server.rest.UsageApi;
import dev.mhs.server.rest.WatchApi;
import dev.mhs.server.security.Door;
import dev.mhs.server.security.OwnNames;
import dev.mhs.server.security.Password;
import dev.mhs.server.security.Sessions;
import dev.mhs.server.web.Assets;
import dev.mhs.server.wire.SnapshotJson;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.observe.ObserveFeature;
import io.helidon.webserver.observe.health.HealthObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The web server: the dashboard, the REST API, the live view and what watches over them. */
final class MhsServer implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 2000;
  private static final long LARGEST_BODY = 64 * 1024;

  /** One that does not end what it has begun must not keep its place. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(60);

  private static final double BEFORE_THE_PAGES = 200; // Helidon's routing has 100

  private final WebServer server;
  private final LiveHub hub;
  private final Subscription subscription;
  private final Door door;
  private final Consumer<HttpRouting.Builder> routes;

  /**
   * What the server shows and how.
   *
   * @param settings the configuration
   * @param engine what is shown
   * @param history what was, or null when nothing is kept
   * @param telling what happened, and whom it is told
   * @param counted the bytes that were moved since the start
   * @param version the version of MHS
   * @param hostname the name of this machine
   */
  record Parts(
      Settings settings,
      Engine engine,
      @Nullable History history,
      Telling telling,
      CountedBytes counted,
      String version,
      String hostname) {}

  private MhsServer(
      WebServer server,
      LiveHub hub,
      Subscription subscription,
      Door door,
      Consumer<HttpRouting.Builder> routes) {
    this.server = server;
    this.hub = hub;
    this.subscription = subscription;
    this.door = door;
    this.routes = routes;
  }

  /** Starts to serve; throws what the web server throws when it cannot listen. */
  static MhsServer start(Parts parts, TimeSource time) {
    Settings settings = parts.settings();
    Engine engine = parts.engine();
    SnapshotJson json =
        new SnapshotJson(
            parts.version(), settings.server().pushInterval(), settings.server().demo());
    LatestState latest = new LatestState(engine::latest, json);
    Proxies proxies = new Proxies(settings.door().proxies());
    OwnNames names = new OwnNames(parts.hostname(), settings.server().allowedHosts());
    Opening opening = HttpsOpening.of(settings, names, time);
    Door door = door(settings, names, proxies, time);
    LiveHub hub = new LiveHub(latest, engine.audience(), settings.server().pushInterval(), time);
    String base = settings.server().basePath();
    Consumer<HttpRouting.Builder> routes = into -> register(into, parts, time, latest, door, hub);
    HttpRouting.Builder routing = HttpRouting.builder();
    routes.accept(routing);
    WebServer server =
        WebServer.builder()
            .host(settings.server().host())
            .port(settings.server().port())
            .shutdownHook(false)
            .maxTcpConnections(MOST_CONNECTIONS)
            .connectionOptions(options -> options.readTimeout(LONGEST_SILENCE))
            .idleConnectionTimeout(LONGEST_REQUEST)
            .idleConnectionPeriod(LONGEST_REQUEST.dividedBy(6))
            .directHandlers(TransportErrors.handlers())
            .maxPayloadSize(LARGEST_BODY)
            .shutdownGracePeriod(Duration.ofMillis(500))
            .featuresDiscoverServices(false)
            .addFeature(observe(base, engine, time))
            .protocolsDiscoverServices(false)
            .addProtocol(LiveRoute.protocol())
            .addConnectionSelector(
                Http1.reception(settings.door().connectionsPerAddress(), proxies, opening, time))
            .addRouting(routing)
            .addRouting(LiveRoute.of(base + "/ws", hub, check(door), time))
            .build();
    try {
      requireFree(settings.server());
      server.start();
      if (!server.isRunning()) {
        throw new IllegalStateException("the web server did not start; its log says why");
      }
    } catch (RuntimeException cannotListen) {
      hub.close();
      throw cannotListen;
    }
    return new MhsServer(server, hub, engine.subscribe(hub::publish), door, routes);
  }

  /**
   * Throws what keeps us from listening. Helidon 4.1.7 would log it with its stack, and return from
   * its start as if nothing had happened ({@code LoomServer.startIt}).
   */
  private static void requireFree(Settings.Server wanted) {
    try (ServerSocket trial = new ServerSocket()) {
      // As the web server does: connections of the last run that linger are no hindrance.
      trial.setReuseAddress(true);
      InetAddress address = InetAddress.getAllByName(wanted.host())[0];
      trial.bind(new InetSocketAddress(address, wanted.port()));
    } catch (IOException cannotListen) {
      throw new UncheckedIOException(cannotListen);
    }
  }

  private static Map<SourceId, String> addresses(Settings settings) {
    Map<SourceId, String> addresses = new HashMap<>();
    settings
        .sources()
        .forEach(
            source ->
                source.settings().text("host").ifPresent(at -> addresses.put(source.id(), at)));
    return Map.copyOf(addresses);
  }

  /** Registers everything that is served, the WebSocket excepted. */
  private static void register(
      HttpRouting.Builder routing,
      Parts parts,
      TimeSource time,
      LatestState latest,
      Door door,
      LiveHub hub) {
    Settings settings = parts.settings();
    History history = parts.history();
    LiveApi.About about =
        new LiveApi.About(
            parts.version(),
            settings.presets(),
            addresses(settings),
            time.nanos(),
            () -> history == null ? 0 : history.store().sizeBytes(),
            () -> history == null ? null : history.store().state().trouble(),
            settings.server().demo());
    String base = settings.server().basePath();
    ApiErrors.register(routing);
    routing
        .addFilter(door.filter())
        .addFilter(new HealthHeaders(base + "/observe/health"))
        .register(base + "/api", new LiveApi(parts.engine(), latest, time, about))
        .register(
            base + "/api/history",
            new HistoryApi(parts.engine(), history, time, settings.history().retention()))
        .register(
            base + "/api", new UsageApi(parts.engine(), history, time, ZoneId.systemDefault()))
        .register(base + "/api", new SessionsApi(parts.engine(), history, time))
        .register(base + "/api/limits", new LimitsApi(parts.engine()))
        .register(base + "/api", happenings(parts))
        .register(base + "/api/session", door.api())
        .register(base + "/observe/metrics", metrics(parts, hub))
        .register(base + "/openapi", new OpenApi(base))
        .any(
            base + "/api/{+rest}",
            (request, response) -> Problem.send(response, 404, "The API has no such path."))
        .any(base + "/ws", new NoWebSocket(hub));
    if (base.isEmpty()) {
      routing.register(new Assets());
    } else {
      page(base, routing);
    }
  }

  /** Addresses in the page are relative, hence its own must end with a slash. */
  private static void page(String base, HttpRouting.Builder routing) {
    Handler toPage =
        (request, response) -> {
          if (request.path().path().equals(base + "/")) {
            response.next();
          } else {
            response.status(Status.FOUND_302).header(HeaderNames.LOCATION, base + "/").send();
          }
        };
    routing.get("/", toPage).get(base, toPage).register(base, new Assets());
  }

  private static MetricsApi metrics(Parts parts, LiveHub hub) {
    History history = parts.history();
    return new MetricsApi(
        new MetricsApi.Sights(
            parts.engine()::latest,
            parts.counted(),
            hub::size,
            () -> history == null ? null : history.store().lastWrite(),
            parts.version()));
  }

  private static HttpService[] happenings(Parts parts) {
    Telling telling = parts.telling();
    return new HttpService[] {
      new AliasApi(parts.engine(), telling.journal()),
      new WatchApi(parts.engine(), telling.watches(), telling.chronicle(), telling.journal()),
      new EventsApi(parts.engine(), telling.journal()),
      new AlertsApi(telling.settings(), telling.desk(), telling.chronicle())
    };
  }

  private static ObserveFeature observe(String base, Engine engine, TimeSource time) {
    return ObserveFeature.builder()
        .endpoint(base + "/observe")
        .weight(BEFORE_THE_PAGES)
        .observersDiscoverServices(false)
        .addObserver(
            HealthObserver.builder()
                .details(true)
                .useSystemServices(false)
                .addCheck(new PushCheck(engine, time))
                .build())
        .build();
  }

  private static Door door(Settings settings, OwnNames names, Proxies proxies, TimeSource time) {
    Settings.Credentials given = settings.dashboard();
    return Door.of(
        new Door.Plan(
            names,
            given == null ? null : new Password(given.user(), given.pass().reveal()),
            new Sessions.Span(settings.door().sessionIdle(), settings.door().sessionLongest()),
            settings.dataFolder(),
            proxies,
            settings.server().basePath() + "/"),
        time);
  }

  private static UpgradeCheck check(Door door) {
    return (prologue, headers) -> door.filter().check(Upgrades.client(headers), prologue, headers);
  }

  /** Returns the port on which it listens. */
  int port() {
    return server.port();
  }

  /** Registers all that is served with another routing, for whoever wants to know what that is. */
  void register(HttpRouting.Builder routing) {
    routes.accept(routing);
  }

  /** Says goodbye to those who look, and listens no more. */
  @Override
  public void close() {
    subscription.close();
    hub.close();
    server.stop();
    door.close();
  }
}
