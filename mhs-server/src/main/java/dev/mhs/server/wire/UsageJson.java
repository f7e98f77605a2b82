package dev.mhs.server.wire;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceKey;
import dev.mhs.core.history.Consumption;
import dev.mhs.core.history.Period;
import dev.mhs.core.history.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes who moved how much. */
public final class UsageJson {
  private final Function<DeviceKey, @Nullable Device> devices;

  /**
   * What was asked for.
   *
   * @param kind days, weeks or months
   * @param zone whose
   * @param now the time
   */
  public record Asked(Period.Kind kind, ZoneId zone, Instant now) {}

  /** What one device moved. */
  private record Share(DeviceKey device, Consumption.Total moved) {
    long bytes() {
      return moved.downloadBytes() + moved.uploadBytes();
    }
  }

  /**
   * Makes a writer.
   *
   * @param devices tells what is known of a device, or null
   */
  public UsageJson(Function<DeviceKey, @Nullable Device> devices) {
    this.devices = devices;
  }

  /**
   * Returns the bytes of each period in UTF-8.
   *
   * @param asked what was asked for
   * @param periods the periods, newest first
   * @param moved what was moved in each of them
   */
  public byte[] usage(Asked asked, List<Period> periods, Consumption.Measured moved) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < periods.size(); i++) {
      places.add(i);
    }
    return JsonFields.object(
        json -> {
          json.text("period", SnapshotJson.word(asked.kind())).text("zone", asked.zone().getId());
          json.objects(
              "periods",
              places,
              (one, place) ->
                  period(one, periods.get(place), moved.periods().get(place), asked.now()));
        });
  }

  private void period(
      JsonFields json, Period period, Map<Subject, Consumption.Total> moved, Instant now) {
    json.time("begins_at", period.begin()).time("ends_at", period.end());
    json.flag("complete", !period.end().isAfter(now));
    Consumption.Total line = moved.get(Subject.LINE);
    if (line == null) {
      json.nothing("total");
    } else {
      json.object("total", total -> bytes(total, line));
    }
    json.objects("devices", shares(moved), this::device);
  }

  /** Who moved the most comes first. */
  private static List<Share> shares(Map<Subject, Consumption.Total> moved) {
    List<Share> shares = new ArrayList<>();
    moved.forEach(
        (subject, total) -> {
          if (subject instanceof Subject.OfDevice(DeviceKey key)) {
            shares.add(new Share(key, total));
          }
        });
    shares.sort(
        Comparator.comparingLong(Share::bytes)
            .reversed()
            .thenComparing(share -> share.device().toString()));
    return shares;
  }

  private void device(JsonFields json, Share share) {
    json.text("key", share.device().toString());
    SessionsJson.names(json, share.device(), devices.apply(share.device()));
    bytes(json, share.moved());
  }

  private static void bytes(JsonFields json, Consumption.Total moved) {
    json.number("download_bytes", moved.downloadBytes());
    json.number("upload_bytes", moved.uploadBytes());
    Duration covered = moved.covered();
    json.number("measured_seconds", covered.plusMillis(500).toSeconds());
  }
}
