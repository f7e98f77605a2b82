package dev.mhs.server.metrics;

import dev.mhs.api.BitRate;
import dev.mhs.api.BoxState;
import dev.mhs.api.CapabilityStatus;
import dev.mhs.api.Device;
import dev.mhs.api.DeviceField;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.DeviceState;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.Port;
import dev.mhs.api.Presence;
import dev.mhs.api.Snapshot;
import dev.mhs.api.SourceStatus;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers Prometheus from the newest snapshot. What is not known has no sample. So many devices and
 * ports have one, and no more: labels must not grow without end. Any thread.
 */
public final class MetricsApi implements HttpService {
  private static final int MOST_DEVICES = 2000;
  private static final int MOST_PORTS = 1000;
  private static final Header TYPE =
      HeaderValues.createCached(
          HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
  private static final Header FRESH =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");

  private final Sights sights;

  /**
   * Where what is told comes from.
   *
   * @param snapshot the newest snapshot
   * @param bytes the sums
   * @param clients how many WebSocket clients there are
   * @param lastWrite how long the history's last write took, null when none was made
   * @param version of MHS
   */
  public record Sights(
      Supplier<Snapshot> snapshot,
      CountedBytes bytes,
      IntSupplier clients,
      Supplier<@Nullable Duration> lastWrite,
      String version) {}

  /** One port on its box. */
  private record Placed(String box, Port port) {}

  /**
   * Makes the service.
   *
   * @param sights where what is told comes from
   */
  public MetricsApi(Sights sights) {
    this.sights = sights;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get(
        "/",
        (request, response) -> {
          response.header(TYPE);
          response.header(FRESH);
          response.send(text());
        });
  }

  private byte[] text() {
    Exposition out = new Exposition();
    Snapshot snapshot = sights.snapshot().get();
    devices(out, snapshot.devices().stream().limit(MOST_DEVICES).toList());
    line(out, snapshot);
    ports(out, snapshot.boxes());
    sources(out, snapshot.sources());
    self(out);
    return out.utf8();
  }

  private void devices(Exposition out, List<DeviceState> devices) {
    Function<DeviceState, @Nullable Bytes> moved = state -> sights.bytes().device(key(state));
    out.family(
        "mhs_device_receive_bytes_total",
        "counter",
        "Bytes that the device received since MHS was started.");
    devices.forEach(state -> out.sample(received(moved.apply(state)), labels(state)));
    out.family(
        "mhs_device_transmit_bytes_total",
        "counter",
        "Bytes that the device sent since MHS was started.");
    devices.forEach(state -> out.sample(transmitted(moved.apply(state)), labels(state)));
    out.family(
        "mhs_device_up",
        "gauge",
        "1 while the device is online, 0 while it is idle or offline, absent while nobody can look.");
    devices.forEach(state -> out.sample(up(state.device().presence()), labels(state)));
    out.family(
        "mhs_limit_bits_per_second", "gauge", "The limit that the device has, bits per second.");
    devices.forEach(
        state -> {
          LimitInForce limit = state.limit();
          if (limit != null) {
            out.sample(bps(limit.limit().download()), limit(state, "download"));
            out.sample(bps(limit.limit().upload()), limit(state, "upload"));
          }
        });
  }

  private void line(Exposition out, Snapshot snapshot) {
    Bytes line = sights.bytes().line();
    out.family(
        "mhs_wan_receive_bytes_total",
        "counter",
        "Bytes that the household received over its line since MHS was started.");
    out.sample(received(line));
    out.family(
        "mhs_wan_transmit_bytes_total",
        "counter",
        "Bytes that the household sent over its line since MHS was started.");
    out.sample(transmitted(line));
    out.family(
        "mhs_attribution_ratio",
        "gauge",
        "The share of the line's bytes of the last minute that belong to known devices.");
    out.sample(snapshot.attributedRatio());
  }

  private void ports(Exposition out, List<BoxState> boxes) {
    List<Placed> ports =
        boxes.stream()
            .flatMap(
                state ->
                    state.box().ports().stream().map(port -> new Placed(state.box().id(), port)))
            .limit(MOST_PORTS)
            .toList();
    Function<Placed, @Nullable Bytes> moved =
        placed -> sights.bytes().port(placed.box(), placed.port().name());
    out.family(
        "mhs_port_receive_bytes_total",
        "counter",
        "Bytes that the port received since MHS was started.");
    ports.forEach(port -> out.sample(received(moved.apply(port)), labels(port)));
    out.family(
        "mhs_port_transmit_bytes_total",
        "counter",
        "Bytes that the port sent since MHS was started.");
    ports.forEach(port -> out.sample(transmitted(moved.apply(port)), labels(port)));
  }

  private static void sources(Exposition out, List<SourceStatus> sources) {
    out.family(
        "mhs_source_up", "gauge", "1 while the source answers for anything that it can, else 0.");
    sources.forEach(source -> out.sample(isUp(source) ? 1 : 0, "source", source.id().toString()));
    out.family(
        "mhs_source_poll_seconds", "gauge", "How long the last question to the source took.");
    for (SourceStatus source : sources) {
      for (CapabilityStatus status : source.capabilities()) {
        out.sample(
            seconds(status.lastPoll()),
            "source",
            source.id().toString(),
            "capability",
            status.capability().name().toLowerCase(Locale.ROOT));
      }
    }
    out.family("mhs_router_requests_total", "counter", "Requests that were sent to the box.");
    sources.forEach(
        source -> out.sample(source.cost().requests(), "source", source.id().toString()));
    out.family("mhs_router_bytes_total", "counter", "Bytes of answers that the box sent.");
    sources.forEach(source -> out.sample(source.cost().bytes(), "source", source.id().toString()));
  }

  private void self(Exposition out) {
    out.family("mhs_ws_clients", "gauge", "WebSocket clients that are connected.");
    out.sample(sights.clients().getAsInt());
    out.family("mhs_history_write_seconds", "gauge", "How long the history's last write took.");
    out.sample(seconds(sights.lastWrite().get()));
    out.family("mhs_build_info", "gauge", "Always 1; the labels say which MHS this is.");
    out.sample(1, "version", sights.version());
    out.family("process_cpu_seconds_total", "counter", "Processor time that MHS has used.");
    out.sample(seconds(ProcessHandle.current().info().totalCpuDuration().orElse(null)));
    out.family("jvm_memory_used_bytes", "gauge", "Heap that is in use.");
    Runtime runtime = Runtime.getRuntime();
    out.sample(runtime.totalMemory() - runtime.freeMemory(), "area", "heap");
  }

  private static DeviceKey key(DeviceState state) {
    return state.device().key();
  }

  /** One known by its address only is named by it, since two of these may have the same name. */
  private static String[] labels(DeviceState state) {
    Device device = state.device();
    if (device.mac() == null) {
      return new String[] {"mac", "", "name", device.key().toString()};
    }
    String name =
        Stream.of(
                device.text(DeviceField.ALIAS),
                device.text(DeviceField.HOSTNAME),
                device.addresses().isEmpty() ? null : IpLiteral.text(device.addresses().getFirst()))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("");
    return new String[] {"mac", device.mac().toString(), "name", name};
  }

  private static String[] limit(DeviceState state, String direction) {
    String mac =
        state.device().mac() == null ? key(state).toString() : String.valueOf(state.device().mac());
    return new String[] {"mac", mac, "direction", direction};
  }

  private static String[] labels(Placed placed) {
    return new String[] {"box", placed.box(), "port", placed.port().name()};
  }

  private static boolean isUp(SourceStatus source) {
    return source.problem() == null
        && source.capabilities().stream()
            .anyMatch(
                status ->
                    status.state() == CapabilityStatus.State.UP
                        || status.state() == CapabilityStatus.State.FAILING);
  }

  private static @Nullable Integer up(Presence presence) {
    return switch (presence) {
      case ONLINE -> 1;
      case IDLE, OFFLINE -> 0;
      case UNKNOWN -> null;
    };
  }

  private static @Nullable Long received(@Nullable Bytes bytes) {
    return bytes == null ? null : (Long) bytes.received();
  }

  private static @Nullable Long transmitted(@Nullable Bytes bytes) {
    return bytes == null ? null : (Long) bytes.transmitted();
  }

  private static @Nullable Long bps(@Nullable BitRate rate) {
    return rate == null ? null : (Long) rate.bitsPerSecond();
  }

  private static @Nullable Double seconds(@Nullable Duration time) {
    return time == null ? null : (Double) (time.toNanos() / 1e9);
  }
}
