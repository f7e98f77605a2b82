package dev.mhs.server.rest;

import dev.mhs.api.BitRate;
import dev.mhs.api.Box;
import dev.mhs.api.BoxState;
import dev.mhs.api.Capability;
import dev.mhs.api.CapabilityStatus;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.PortRates;
import dev.mhs.api.Presence;
import dev.mhs.api.Snapshot;
import dev.mhs.api.SourceId;
import dev.mhs.api.SourceStatus;
import dev.mhs.api.Throughput;
import dev.mhs.core.engine.Engine;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.server.content.Representation;
import dev.mhs.server.live.Frame;
import dev.mhs.server.live.LatestState;
import dev.mhs.server.wire.JsonFields;
import dev.mhs.server.wire.PortsJson;
import dev.mhs.server.wire.SnapshotJson;
import dev.mhs.server.wire.SourcesJson;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is now: devices, ports, sources, totals, and looking anew. Any thread. */
public final class LiveApi implements HttpService {
  private final Engine engine;
  private final LatestState latest;
  private final TimeSource time;
  private final About about;

  /**
   * What the server says of itself.
   *
   * @param version the version of MHS
   * @param presets the limits that the dashboard offers, in Mbit/s
   * @param addresses where the boxes are that were configured, by the names of their sources
   * @param started when it was started, on the monotonic clock
   * @param databaseBytes how much room the history takes
   * @param historyTrouble what is wrong with the history in a sentence; null when nothing is
   * @param demo where the played household of a demo is steered, or null when this is none
   */
  public record About(
      String version,
      List<Integer> presets,
      Map<SourceId, String> addresses,
      long started,
      LongSupplier databaseBytes,
      Supplier<@Nullable String> historyTrouble,
      @Nullable String demo) {}

  /**
   * Makes the service.
   *
   * @param engine what it reads
   * @param latest the newest message
   * @param time the clocks
   * @param about what the server says of itself
   */
  public LiveApi(Engine engine, LatestState latest, TimeSource time, About about) {
    this.engine = engine;
    this.latest = latest;
    this.time = time;
    this.about = about;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/devices", this::devices);
    rules.get("/device/{device}", this::device);
    rules.get("/ports", (request, response) -> Json.send(response, PortsJson.ports(now())));
    rules.get(
        "/sources",
        (request, response) -> Json.send(response, SourcesJson.sources(now(), about.addresses())));
    rules.get("/stats", (request, response) -> Json.send(response, stats(now())));
    rules.get("/health", (request, response) -> Json.send(response, health(now())));
    rules.get(
        "/presets", (request, response) -> Json.send(response, JsonFields.array(about.presets())));
    rules.post("/scan", this::scan);
  }

  private Snapshot now() {
    engine.audience().requested();
    return engine.latest();
  }

  private void devices(ServerRequest request, ServerResponse response) {
    engine.audience().requested();
    Frame newest = latest.get();
    new Representation(
            Json.TYPE, about.started() + "-" + newest.seq(), newest::bytes, newest::zipped)
        .send(request, response);
  }

  private void device(ServerRequest request, ServerResponse response) {
    DeviceKey key = DevicePath.key(request, "device");
    byte[] device =
        DevicePath.find(now(), key)
            .map(SnapshotJson::device)
            .orElseThrow(() -> new Problem(404, "No device has the address " + key + "."));
    Json.send(response, device);
  }

  private void scan(ServerRequest request, ServerResponse response) {
    Optional<Duration> wait = engine.commands().rescan();
    if (wait.isEmpty()) {
      response.status(Status.ACCEPTED_202);
      Json.send(response, JsonFields.object(json -> json.flag("ok", true)));
      return;
    }
    long seconds = wait.get().plusMillis(999).toSeconds();
    response.header(HeaderNames.RETRY_AFTER, Long.toString(seconds));
    Problem.send(response, 429, "The last scan is too short ago: wait " + seconds + " s.");
  }

  private byte[] stats(Snapshot snapshot) {
    return JsonFields.object(
        json -> {
          json.textOf("source", snapshot.source(Capability.DEVICES));
          json.object("total", total -> total(total, snapshot.wan()));
          json.object("interface_rates", rates -> interfaceRates(rates, snapshot.boxes()));
          json.number("device_count", snapshot.devices().size());
          json.object("devices", counts -> counts(counts, snapshot));
          json.time("last_scan", snapshot.lastScan());
        });
  }

  private static void total(JsonFields json, @Nullable Throughput moved) {
    json.number("download_bps", moved == null ? null : (Long) moved.download().bitsPerSecond());
    json.number("upload_bps", moved == null ? null : (Long) moved.upload().bitsPerSecond());
  }

  /** A switch's ports are named after it, since those of the router have such names too. */
  private static void interfaceRates(JsonFields json, List<BoxState> boxes) {
    for (BoxState state : boxes) {
      String prefix = state.box().role() == Box.Role.SWITCH ? state.box().id() + "/" : "";
      state.box().ports().stream()
          .filter(port -> state.rates().containsKey(port.name()))
          .forEach(
              port -> {
                PortRates rates = state.rates().get(port.name());
                if (rates != null) {
                  json.object(
                      prefix + port.name(),
                      one ->
                          one.number("rx_bps", bps(rates.rx())).number("tx_bps", bps(rates.tx())));
                }
              });
    }
  }

  private static long bps(BitRate rate) {
    return rate.bitsPerSecond();
  }

  private static void counts(JsonFields json, Snapshot snapshot) {
    for (Presence presence : Presence.values()) {
      long count =
          snapshot.devices().stream()
              .filter(state -> state.device().presence() == presence)
              .count();
      json.number(presence.name().toLowerCase(Locale.ROOT), count);
    }
  }

  private byte[] health(Snapshot snapshot) {
    Duration age = Duration.between(snapshot.at(), time.instant()).abs();
    boolean fresh = age.compareTo(engine.pushInterval().multipliedBy(5)) < 0;
    Instant lastScan = snapshot.lastScan();
    return JsonFields.object(
        json -> {
          json.flag("ok", fresh && snapshot.source(Capability.DEVICES) != null);
          json.text("version", about.version());
          json.seconds("uptime_seconds", Duration.ofNanos(time.nanos() - about.started()));
          json.flag("mikrotik_connected", isRouterConnected(snapshot));
          json.number("device_count", snapshot.devices().size());
          json.time("last_scan", lastScan);
          json.number("db_size_bytes", about.databaseBytes().getAsLong());
          json.text("history_trouble", about.historyTrouble().get());
          json.text("demo", about.demo());
        });
  }

  private static boolean isRouterConnected(Snapshot snapshot) {
    return snapshot.sources().stream()
        .filter(source -> source.type().equals("routeros"))
        .map(SourceStatus::capabilities)
        .flatMap(List::stream)
        .anyMatch(status -> status.state() == CapabilityStatus.State.UP);
  }
}
