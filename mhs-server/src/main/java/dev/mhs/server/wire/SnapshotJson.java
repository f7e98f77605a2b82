package dev.mhs.server.wire;

import dev.mhs.api.BitRate;
import dev.mhs.api.Capability;
import dev.mhs.api.Choice;
import dev.mhs.api.Device;
import dev.mhs.api.DeviceField;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.DeviceState;
import dev.mhs.api.Evidence;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.Snapshot;
import dev.mhs.api.Sourced;
import dev.mhs.api.Throughput;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes a snapshot as the {@code update} message of {@code docs/rest-api.md}, and its parts. */
public final class SnapshotJson {
  private final String version;
  private final Duration pushInterval;
  private final @Nullable String demo;

  /**
   * Makes a writer.
   *
   * @param version the version of MHS
   * @param pushInterval how often clients may expect a message
   */
  public SnapshotJson(String version, Duration pushInterval) {
    this(version, pushInterval, null);
  }

  /**
   * Makes a writer.
   *
   * @param version the version of MHS
   * @param pushInterval how often clients may expect a message
   * @param demo where the played household of a demo is steered, or null when this is none
   */
  public SnapshotJson(String version, Duration pushInterval, @Nullable String demo) {
    this.version = version;
    this.pushInterval = pushInterval;
    this.demo = demo;
  }

  /** Returns the whole message in UTF-8. */
  public byte[] update(Snapshot snapshot) {
    return JsonFields.object(json -> fields(json, snapshot));
  }

  /** Returns the fields of the whole message, to be compared with those of another. */
  public UpdateFields note(Snapshot snapshot) {
    return new UpdateFields(JsonFields.noted(json -> fields(json, snapshot)));
  }

  private void fields(JsonFields json, Snapshot snapshot) {
    json.text("type", "update").number("seq", snapshot.seq()).time("ts", snapshot.at());
    json.text("version", version).seconds("push_interval_seconds", pushInterval);
    if (demo != null) {
      json.text("demo", demo);
    }
    json.textOf("source", snapshot.source(Capability.DEVICES));
    choices(json, snapshot);
    json.time("last_scan", snapshot.lastScan());
    rates(json, "total_", snapshot.wan());
    rates(json, "own_", snapshot.own());
    json.decimal("attributed_ratio", snapshot.attributedRatio(), 3);
    json.objects("devices", snapshot.devices(), SnapshotJson::device);
    json.object("ports", ports -> PortsJson.fields(ports, snapshot));
    json.object("limits", limits -> LimitsJson.byAddress(limits, snapshot.limits()));
    json.object("aliases", aliases -> aliases(aliases, snapshot.devices()));
    json.object("seen_times", seen -> seenTimes(seen, snapshot.devices()));
    json.objects(
        "transient_devices",
        snapshot.transients(),
        (one, visit) -> SessionsJson.visit(one, visit, device(snapshot, visit.device())));
    json.objects("sources", snapshot.sources(), SourcesJson::summary);
  }

  /** Returns one device in full, with the evidence for its presence, in UTF-8. */
  public static byte[] device(DeviceState state) {
    return JsonFields.object(
        json -> {
          device(json, state);
          json.objects("evidence", state.device().evidence(), SnapshotJson::evidence);
          json.object(
              "field_sources",
              sources ->
                  fields(state.device())
                      .forEach(
                          field ->
                              sources.textOf(
                                  word(field),
                                  Objects.requireNonNull(state.device().fields().get(field))
                                      .source())));
        });
  }

  private static Stream<DeviceField> fields(Device device) {
    return device.fields().keySet().stream().sorted();
  }

  private static @Nullable Device device(Snapshot snapshot, DeviceKey key) {
    return snapshot.devices().stream()
        .map(DeviceState::device)
        .filter(device -> device.key().equals(key))
        .findFirst()
        .orElse(null);
  }

  private static void choices(JsonFields json, Snapshot snapshot) {
    json.object(
        "choices",
        choices -> {
          for (Capability capability : Capability.values()) {
            Choice choice = snapshot.choices().get(capability);
            if (choice != null) {
              choices.object(
                  word(capability),
                  one -> one.textOf("source", choice.source()).text("reason", choice.reason()));
            }
          }
        });
  }

  static void choices(Snapshot snapshot, JsonFields json) {
    choices(json, snapshot);
  }

  private static void rates(JsonFields json, String prefix, @Nullable Throughput moved) {
    json.number(prefix + "download_bps", moved == null ? null : (Long) bps(moved.download()));
    json.number(prefix + "upload_bps", moved == null ? null : (Long) bps(moved.upload()));
  }

  private static long bps(BitRate rate) {
    return rate.bitsPerSecond();
  }

  private static void device(JsonFields json, DeviceState state) {
    Device device = state.device();
    json.text("key", device.key().toString());
    json.text("ip", text(device.address()));
    json.texts("ips", device.addresses().stream().map(IpLiteral::text).toList());
    json.textOf("mac", device.mac());
    json.text("hostname", device.text(DeviceField.HOSTNAME));
    json.text("alias", device.text(DeviceField.ALIAS));
    json.text("vendor", device.text(DeviceField.VENDOR));
    json.flag("randomized_mac", device.mac() != null && device.mac().isRandomized());
    json.text("interface", device.text(DeviceField.INTERFACE));
    json.text("port", device.text(DeviceField.PORT));
    Sourced<String> port = device.fields().get(DeviceField.PORT);
    json.textOf("port_source", port == null ? null : port.source());
    json.text("ssid", device.text(DeviceField.SSID));
    json.text("status", word(device.presence()));
    json.text("scan_method", device.text(DeviceField.SCAN_METHOD));
    json.text("lease_status", device.text(DeviceField.LEASE_STATUS));
    json.text("comment", device.text(DeviceField.COMMENT));
    rates(json, "", state.rate());
    json.text("rate_source", state.rateSource());
    json.time("first_seen", device.firstSeen());
    json.time("last_seen", device.lastSeen());
    LimitInForce limit = state.limit();
    json.decimal("limit_mbps", LimitsJson.megabits(limit), 3);
    if (limit == null) {
      json.nothing("limit");
    } else {
      json.object("limit", fields -> LimitsJson.fields(fields, limit));
    }
  }

  private static void aliases(JsonFields json, List<DeviceState> devices) {
    for (DeviceState state : devices) {
      String ip = text(state.device().address());
      String alias = state.device().text(DeviceField.ALIAS);
      if (ip != null && alias != null) {
        json.text(ip, alias);
      }
    }
  }

  private static void seenTimes(JsonFields json, List<DeviceState> devices) {
    for (DeviceState state : devices) {
      String ip = text(state.device().address());
      if (ip != null) {
        json.object(
            ip,
            seen ->
                seen.time("first_seen", state.device().firstSeen())
                    .time("last_seen", state.device().lastSeen()));
      }
    }
  }

  private static void evidence(JsonFields json, Evidence evidence) {
    json.text("kind", word(evidence.kind()));
    json.text("weight", word(evidence.kind().weight()));
    json.time("at", evidence.at());
    json.text("detail", evidence.detail());
  }

  private static @Nullable String text(@Nullable InetAddress address) {
    return address == null ? null : IpLiteral.text(address);
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
