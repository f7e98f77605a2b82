package dev.mhs.source.routeros.parse;

import dev.mhs.api.BitRate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pair of rates as {@code /queue/simple} writes it: upload first, seen from the queue's target.
 *
 * @param upload the target's upload, or null for no limit
 * @param download the target's download, or null for no limit
 */
public record UpDown(@Nullable BitRate upload, @Nullable BitRate download) {
  /**
   * Reads a pair.
   *
   * @param text such as {@code 30000000/30M}; one rate alone holds for both
   * @return the pair, or empty when the text is none
   */
  public static Optional<UpDown> parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length > 2) {
      return Optional.empty();
    }
    Optional<BitRate> upload = RateText.parse(parts[0]);
    Optional<BitRate> download = RateText.parse(parts[parts.length - 1]);
    if (upload.isEmpty() || download.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new UpDown(orNull(upload.get()), orNull(download.get())));
  }

  /**
   * Returns the pair as it is written to a router: whole bits per second, 0 for no limit.
   *
   * @return such as {@code 10000000/0}
   */
  public String text() {
    return number(upload) + "/" + number(download);
  }

  private static @Nullable BitRate orNull(BitRate rate) {
    return rate.equals(BitRate.ZERO) ? null : rate;
  }

  private static long number(@Nullable BitRate rate) {
    return rate == null ? 0 : rate.bitsPerSecond();
  }
}
