package dev.mhs.server.wire;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceField;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Session;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes when devices were on the network. */
public final class SessionsJson {
  private SessionsJson() {}

  /**
   * Returns the sessions of a device in UTF-8.
   *
   * @param device the device
   * @param hours how far back they reach
   * @param sessions its sessions, newest first
   */
  public static byte[] sessions(Device device, long hours, List<Session> sessions) {
    return JsonFields.object(
        json -> {
          who(json, device.key(), device);
          json.number("hours", hours);
          json.objects(
              "sessions",
              sessions,
              (one, session) -> {
                times(one, session);
                one.flag("open", session.open());
              });
        });
  }

  /**
   * Returns visits in passing in UTF-8.
   *
   * @param hours how far back they reach
   * @param visits the visits, newest first
   * @param devices tells what is known of a device, or null
   */
  public static byte[] visits(
      long hours, List<Session> visits, Function<DeviceKey, @Nullable Device> devices) {
    return JsonFields.object(
        json -> {
          json.number("hours", hours);
          json.objects(
              "devices", visits, (one, visit) -> visit(one, visit, devices.apply(visit.device())));
        });
  }

  static void visit(JsonFields json, Session visit, @Nullable Device device) {
    names(json, visit.device(), device);
    times(json, visit);
  }

  static void names(JsonFields json, DeviceKey key, @Nullable Device device) {
    who(json, key, device);
    json.text("hostname", text(device, DeviceField.HOSTNAME));
    json.text("alias", text(device, DeviceField.ALIAS));
    json.text("vendor", text(device, DeviceField.VENDOR));
  }

  private static void times(JsonFields json, Session session) {
    json.time("first_seen", session.firstSeen());
    json.time("last_seen", session.lastSeen());
    json.seconds("duration_seconds", session.duration());
  }

  /** A device that was forgotten is still told by what identified it. */
  private static void who(JsonFields json, DeviceKey key, @Nullable Device device) {
    InetAddress known = device == null ? null : device.address();
    InetAddress address = key instanceof DeviceKey.ByAddress(InetAddress own) ? own : known;
    json.text("ip", address == null ? null : IpLiteral.text(address));
    json.text("mac", key instanceof DeviceKey.ByMac ? key.toString() : null);
  }

  private static @Nullable String text(@Nullable Device device, DeviceField field) {
    return device == null ? null : device.text(field);
  }
}
