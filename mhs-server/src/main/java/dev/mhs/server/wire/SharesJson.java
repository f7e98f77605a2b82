package dev.mhs.server.wire;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceKey;
import dev.mhs.core.history.Sample;
import dev.mhs.core.history.Shares;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes who moved how much of the line, and when, in columns: all of them have as many entries as
 * there are times. Rates are taken over what was measured of the line, so that they can be added
 * up.
 */
public final class SharesJson {
  private final Duration step;
  private final Map<Instant, Sample> line;
  private final Map<Instant, Sample> all;
  private final List<Map<Instant, Sample>> devices;
  private final TreeMap<Instant, Duration> over = new TreeMap<>();

  private SharesJson(Shares.Measured shares) {
    step = shares.step();
    line = byTime(shares.line());
    all = byTime(shares.all());
    devices = shares.devices().stream().map(share -> byTime(share.samples())).toList();
    all.keySet().forEach(at -> over.put(at, covered(at)));
    line.forEach((at, sample) -> over.put(at, sample.covered()));
  }

  /**
   * Returns the shares in UTF-8.
   *
   * @param minutes how far back they reach
   * @param shares the shares
   * @param known tells what is known of a device, or null
   */
  public static byte[] shares(
      long minutes, Shares.Measured shares, Function<DeviceKey, @Nullable Device> known) {
    SharesJson columns = new SharesJson(shares);
    return JsonFields.object(
        json -> {
          json.number("minutes", minutes).number("step_seconds", shares.step().toSeconds());
          json.numbers("ts", columns.over.keySet().stream().map(Instant::getEpochSecond).toList());
          json.object("line", one -> columns.column(one, columns.line));
          List<Integer> places = new ArrayList<>();
          for (int i = 0; i < shares.devices().size(); i++) {
            places.add(i);
          }
          json.objects(
              "devices",
              places,
              (one, i) -> {
                DeviceKey key = shares.devices().get(i).device();
                one.text("key", key.toString());
                SessionsJson.names(one, key, known.apply(key));
                columns.column(one, columns.devices.get(i));
              });
          json.object("others", one -> columns.column(one, columns.others()));
          json.object("unattributed", columns::unattributed);
        });
  }

  private void column(JsonFields json, Map<Instant, Sample> samples) {
    bytes(json, samples.values());
    json.numbers("download_bps", rates(samples, Sample::downloadBytes));
    json.numbers("upload_bps", rates(samples, Sample::uploadBytes));
  }

  private static void bytes(JsonFields json, Collection<Sample> samples) {
    json.number("download_bytes", samples.stream().mapToLong(Sample::downloadBytes).sum());
    json.number("upload_bytes", samples.stream().mapToLong(Sample::uploadBytes).sum());
  }

  private List<@Nullable Long> rates(Map<Instant, Sample> samples, ToLongFunction<Sample> bytes) {
    List<@Nullable Long> rates = new ArrayList<>();
    over.forEach(
        (at, covered) -> {
          Sample sample = samples.get(at);
          rates.add(sample == null ? null : HistoryJson.bps(bytes.applyAsLong(sample), covered));
        });
    return rates;
  }

  /** What those moved who are not told by name. */
  private Map<Instant, Sample> others() {
    Map<Instant, Sample> others = new TreeMap<>();
    all.forEach(
        (at, sample) ->
            others.put(
                at,
                new Sample(
                    at,
                    Math.max(0, sample.downloadBytes() - named(at, Sample::downloadBytes)),
                    Math.max(0, sample.uploadBytes() - named(at, Sample::uploadBytes)),
                    sample.covered())));
    return others;
  }

  private long named(Instant at, ToLongFunction<Sample> bytes) {
    return devices.stream()
        .mapToLong(
            samples -> {
              Sample sample = samples.get(at);
              return sample == null ? 0 : bytes.applyAsLong(sample);
            })
        .sum();
  }

  /** What the line moved and no device is known to have moved. */
  private void unattributed(JsonFields json) {
    List<Sample> rest = new ArrayList<>();
    line.forEach(
        (at, sample) -> {
          Sample known = all.get(at);
          rest.add(
              new Sample(
                  at,
                  Math.max(0, sample.downloadBytes() - (known == null ? 0 : known.downloadBytes())),
                  Math.max(0, sample.uploadBytes() - (known == null ? 0 : known.uploadBytes())),
                  sample.covered()));
        });
    bytes(json, rest);
  }

  /** Where the line was not measured: as long as the device of whom most was. */
  private Duration covered(Instant at) {
    return devices.stream()
        .map(samples -> samples.get(at))
        .filter(sample -> sample != null)
        .map(Sample::covered)
        .max(Duration::compareTo)
        .orElse(step);
  }

  private static Map<Instant, Sample> byTime(List<Sample> samples) {
    Map<Instant, Sample> byTime = new HashMap<>();
    samples.forEach(sample -> byTime.put(sample.at(), sample));
    return byTime;
  }
}
