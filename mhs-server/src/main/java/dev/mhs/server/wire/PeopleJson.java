package dev.mhs.server.wire;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.DeviceState;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Snapshot;
import dev.mhs.core.journal.Alias;
import dev.mhs.core.journal.Portrait;
import dev.mhs.core.journal.Watch;
import dev.mhs.core.people.Watches;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what people said about devices. */
public final class PeopleJson {
  private PeopleJson() {}

  /**
   * Returns all names in UTF-8: by address, or by MAC address where a device has none now.
   *
   * @param aliases the names
   * @param snapshot who has which address
   */
  public static byte[] aliases(List<Alias> aliases, Snapshot snapshot) {
    List<Alias> sorted =
        aliases.stream().sorted(Comparator.comparing(one -> one.device().toString())).toList();
    return JsonFields.object(
        json -> {
          json.object(
              "aliases",
              names ->
                  sorted.forEach(one -> names.text(address(snapshot, one.device()), one.name())));
          json.objects(
              "devices",
              sorted,
              (item, one) -> {
                identity(item, snapshot, one.device());
                item.text("alias", one.name()).time("set_at", one.at()).text("set_by", one.by());
              });
        });
  }

  /**
   * Returns what became of a change of a name in UTF-8.
   *
   * @param key the device
   * @param name its name now, or null
   * @param snapshot who has which address
   * @param whyNotSaved why it is in memory only, or null
   */
  public static byte[] alias(
      DeviceKey key, @Nullable String name, Snapshot snapshot, @Nullable String whyNotSaved) {
    return JsonFields.object(
        json -> {
          json.flag("ok", true);
          identity(json, snapshot, key);
          json.text("alias", name);
          saved(json, whyNotSaved);
        });
  }

  /**
   * Returns which devices are watched in UTF-8.
   *
   * @param watches what was decided
   * @param snapshot who is known
   */
  public static byte[] watches(Watches watches, Snapshot snapshot) {
    List<Watch> sorted =
        watches.all().stream()
            .sorted(Comparator.comparing(one -> one.device().toString()))
            .toList();
    return JsonFields.object(
        json -> {
          json.flag("otherwise", watches.otherwise());
          json.objects(
              "watches",
              sorted,
              (item, one) -> {
                identity(item, snapshot, one.device());
                item.text("name", name(snapshot, one.device())).flag("watched", one.wanted());
                item.time("set_at", one.at()).text("set_by", one.by());
              });
          json.texts(
              "watched",
              snapshot.devices().stream()
                  .map(state -> state.device().key())
                  .filter(watches::isWatched)
                  .map(DeviceKey::toString)
                  .toList());
        });
  }

  /**
   * Returns what became of a decision in UTF-8.
   *
   * @param key the device
   * @param wanted what was decided
   * @param snapshot who has which address
   * @param whyNotSaved why it is in memory only, or null
   */
  public static byte[] watch(
      DeviceKey key, boolean wanted, Snapshot snapshot, @Nullable String whyNotSaved) {
    return JsonFields.object(
        json -> {
          json.flag("ok", true);
          identity(json, snapshot, key);
          json.flag("watched", wanted);
          saved(json, whyNotSaved);
        });
  }

  private static void saved(JsonFields json, @Nullable String whyNot) {
    json.flag("saved", whyNot == null);
    json.text("reason", whyNot == null ? null : "It is kept in memory only: " + whyNot);
  }

  private static void identity(JsonFields json, Snapshot snapshot, DeviceKey key) {
    Device device = find(snapshot, key);
    json.text("key", key.toString());
    json.text(
        "ip", device == null || device.address() == null ? null : IpLiteral.text(device.address()));
    json.text("mac", key instanceof DeviceKey.ByMac(MacAddress mac) ? mac.toString() : null);
  }

  private static String address(Snapshot snapshot, DeviceKey key) {
    Device device = find(snapshot, key);
    return device == null || device.address() == null
        ? key.toString()
        : IpLiteral.text(device.address());
  }

  private static @Nullable String name(Snapshot snapshot, DeviceKey key) {
    Device device = find(snapshot, key);
    return device == null ? null : Portrait.of(device).name();
  }

  private static @Nullable Device find(Snapshot snapshot, DeviceKey key) {
    return snapshot.devices().stream()
        .map(DeviceState::device)
        .filter(device -> device.key().equals(key))
        .findFirst()
        .orElse(null);
  }
}
