package dev.mhs.core.merge;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Evidence;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Presence;
import dev.mhs.api.Sighting;
import dev.mhs.api.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table that is looked at every two seconds, with two sources that can be told what to say. */
final class Scene {
  static final SourceId ROUTER = new SourceId("router");
  static final SourceId LOCAL = new SourceId("local");
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  static final Duration STEP = Duration.ofSeconds(2);

  Instant now = START;
  DeviceTable table = DeviceTable.EMPTY;
  @Nullable SourceId basis = ROUTER;
  @Nullable SourceId looking = ROUTER;
  final Map<SourceId, Report> reports = new HashMap<>();
  final Map<DeviceKey, Instant> traffic = new HashMap<>();

  /** A source answers now. */
  void says(SourceId source, Sighting... sightings) {
    reports.put(
        source, new Report(source, source.equals(ROUTER) ? 100 : 10, now, List.of(sightings)));
  }

  /** The source in use changes, or nobody looks any more. */
  void uses(@Nullable SourceId source) {
    looking = source;
    basis = source == null ? basis : source;
  }

  /** Looks once, a step after the last time. */
  void look() {
    now = now.plus(STEP);
    lookAtOnce(STEP);
  }

  void lookAtOnce(Duration elapsed) {
    table =
        table.next(
            reports.values(),
            new Look(now, elapsed, basis, looking, traffic, PresenceRules.DEFAULT));
  }

  /** Looks every two seconds for so long. */
  void lookFor(Duration time) {
    for (Duration past = Duration.ZERO; past.compareTo(time) < 0; past = past.plus(STEP)) {
      look();
    }
  }

  /** Looks for so long while a source keeps saying the same. */
  void lookFor(Duration time, SourceId source, Sighting... sightings) {
    for (Duration past = Duration.ZERO; past.compareTo(time) < 0; past = past.plus(STEP)) {
      says(source, sightings);
      look();
    }
  }

  Device device(DeviceKey key) {
    return devices(key).getFirst();
  }

  List<Device> devices(DeviceKey key) {
    return new ArrayList<>(table.devices()).stream().filter(one -> one.key().equals(key)).toList();
  }

  Presence presence(DeviceKey key) {
    return device(key).presence();
  }

  static MacAddress mac(int number) {
    return new MacAddress(0x020000000000L + number);
  }

  static DeviceKey key(int number) {
    return new DeviceKey.ByMac(mac(number));
  }

  static DeviceKey key(String address) {
    return new DeviceKey.ByAddress(IpLiteral.of(address));
  }

  static Sighting.Builder sighting(int number) {
    return Sighting.of(mac(number)).address(IpLiteral.of("192.168.88." + number));
  }

  Evidence answered() {
    return new Evidence(Evidence.Kind.ANSWERED, now);
  }

  static Evidence evidence(Evidence.Kind kind, Instant at) {
    return new Evidence(kind, at);
  }
}
