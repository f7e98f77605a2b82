package dev.mhs.server.wire;

import dev.mhs.core.history.Sample;
import java.io.IOException;
import java.io.Writer;

/** Writes the past of a device or of the household's line for spreadsheets (RFC 4180). */
public final class HistoryCsv {
  private static final String HEADER =
      "timestamp_iso,timestamp_unix,download_bps,upload_bps,download_bytes,upload_bytes";
  private static final String LINE_END = "\r\n"; // RFC 4180 §2

  private HistoryCsv() {}

  /**
   * Writes a series, line by line as it is read. A step in which nothing was measured has no line.
   *
   * @param samples the steps in which something was measured
   * @param to where they are written
   * @throws IOException when that fails
   */
  public static void write(Iterable<Sample> samples, Writer to) throws IOException {
    to.append(HEADER).append(LINE_END);
    for (Sample sample : samples) {
      to.append(line(sample)).append(LINE_END);
    }
    to.flush();
  }

  private static String line(Sample sample) {
    return String.join(
        ",",
        sample.at().toString(),
        Long.toString(sample.at().getEpochSecond()),
        Long.toString(HistoryJson.bps(sample.downloadBytes(), sample.covered())),
        Long.toString(HistoryJson.bps(sample.uploadBytes(), sample.covered())),
        Long.toString(sample.downloadBytes()),
        Long.toString(sample.uploadBytes()));
  }
}
