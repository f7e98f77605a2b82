package dev.mhs.server.wire;

import dev.mhs.api.BitRate;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.LimitMeasurement;
import dev.mhs.api.LimitOutcome;
import dev.mhs.api.SourceId;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes limits. Viewpoint: the device's. */
public final class LimitsJson {
  private LimitsJson() {}

  /** Returns every limit that is in force, address to Mbit/s, in UTF-8. */
  public static byte[] all(List<LimitInForce> limits) {
    return JsonFields.object(json -> byAddress(json, limits));
  }

  /**
   * Returns one limit in full in UTF-8.
   *
   * @param address the address under which the device is shown, or null
   * @param device the device
   * @param inForce its limit, or null when it has none
   * @param controller who would apply it, or null when nobody can at the moment
   */
  public static byte[] one(
      @Nullable InetAddress address,
      DeviceKey device,
      @Nullable LimitInForce inForce,
      @Nullable SourceId controller) {
    return JsonFields.object(
        json -> {
          json.text("ip", address == null ? null : IpLiteral.text(address));
          json.text("mac", device instanceof DeviceKey.ByMac(var mac) ? mac.toString() : null);
          numbers(json, inForce);
          json.text("controller", controller == null ? null : controller.toString());
          json.flag("enforced", inForce == null ? null : (Boolean) inForce.enforced());
          json.text("reason", inForce == null ? null : inForce.reason());
          json.text("set_by", inForce == null ? null : inForce.ours() ? "mhs" : "others");
          measured(json, inForce == null ? null : inForce.measured());
        });
  }

  /**
   * Returns what became of a change in UTF-8.
   *
   * @param address the address under which the device is shown, or null
   * @param applied what was read back
   */
  public static byte[] applied(@Nullable InetAddress address, LimitOutcome.Applied applied) {
    LimitInForce inForce = applied.inForce();
    return JsonFields.object(
        json -> {
          json.flag("ok", true);
          json.text("ip", address == null ? null : IpLiteral.text(address));
          numbers(json, inForce);
          json.flag("enforced", inForce == null ? Boolean.TRUE : (Boolean) inForce.enforced());
          json.text("reason", inForce == null ? null : inForce.reason());
          json.texts("left", applied.left());
        });
  }

  /** Writes what every message says of a device's limit. */
  static void fields(JsonFields json, LimitInForce inForce) {
    directions(json, inForce.limit());
    json.flag("enforced", inForce.enforced());
    json.text("reason", inForce.reason());
    json.flag("ours", inForce.ours());
    measured(json, inForce.measured());
  }

  private static void measured(JsonFields json, @Nullable LimitMeasurement measured) {
    json.decimal(
        "measured_download_mbps", measured == null ? null : megabits(measured.download()), 2);
    json.decimal("measured_upload_mbps", measured == null ? null : megabits(measured.upload()), 2);
    json.flag("biting", measured == null ? null : measured.biting());
  }

  /** One number for a limit of two: the download, where it has one. */
  static @Nullable Double megabits(@Nullable LimitInForce inForce) {
    if (inForce == null) {
      return null;
    }
    Limit limit = inForce.limit();
    return megabits(limit.download() == null ? limit.upload() : limit.download());
  }

  static void byAddress(JsonFields json, List<LimitInForce> limits) {
    for (LimitInForce inForce : limits) {
      if (inForce.enforced()) {
        for (InetAddress address : inForce.limit().addresses()) {
          json.decimal(IpLiteral.text(address), megabits(inForce), 3);
        }
      }
    }
  }

  private static void numbers(JsonFields json, @Nullable LimitInForce inForce) {
    json.decimal("limit_mbps", inForce == null ? (Double) 0.0 : megabits(inForce), 3);
    if (inForce == null) {
      json.nothing("download_mbps").nothing("upload_mbps");
    } else {
      directions(json, inForce.limit());
    }
  }

  private static void directions(JsonFields json, Limit limit) {
    json.decimal("download_mbps", megabits(limit.download()), 3);
    json.decimal("upload_mbps", megabits(limit.upload()), 3);
  }

  private static @Nullable Double megabits(@Nullable BitRate rate) {
    return rate == null ? null : (Double) rate.megabits();
  }
}
