package dev.mhs.server.wire;

import dev.mhs.api.BitRate;
import dev.mhs.core.history.Sample;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the past of a device or of the household's line. */
public final class HistoryJson {
  private HistoryJson() {}

  /**
   * Returns a series in UTF-8.
   *
   * @param ip the device's address, or null for the line
   * @param minutes how far back it reaches
   * @param step how long each step is
   * @param samples the steps in which something was measured
   */
  public static byte[] series(
      @Nullable String ip, long minutes, Duration step, List<Sample> samples) {
    return JsonFields.object(json -> fields(json, ip, minutes, step, samples));
  }

  /**
   * Writes a series in UTF-8 as it is read.
   *
   * @param to where it is written; closed at the end
   * @param ip the device's address, or null for the line
   * @param minutes how far back it reaches
   * @param step how long each step is
   * @param samples the steps in which something was measured
   */
  public static void stream(
      OutputStream to, @Nullable String ip, long minutes, Duration step, Iterable<Sample> samples) {
    JsonFields.stream(to, json -> fields(json, ip, minutes, step, samples));
  }

  private static void fields(
      JsonFields json, @Nullable String ip, long minutes, Duration step, Iterable<Sample> samples) {
    json.text("ip", ip).number("minutes", minutes).number("step_seconds", step.toSeconds());
    json.objects("samples", samples, HistoryJson::sample);
  }

  private static void sample(JsonFields json, Sample sample) {
    json.number("ts", sample.at().getEpochSecond()); // steps are whole seconds
    json.number("upload_bps", bps(sample.uploadBytes(), sample.covered()));
    json.number("download_bps", bps(sample.downloadBytes(), sample.covered()));
    json.number("upload_bytes", sample.uploadBytes());
    json.number("download_bytes", sample.downloadBytes());
  }

  /** Returns the mean rate over the time that was measured, in bits per second. */
  static long bps(long bytes, Duration covered) {
    return BitRate.of(bytes, covered).bitsPerSecond();
  }
}
