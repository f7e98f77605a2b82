package dev.mhs.server.rest;

import dev.mhs.api.BitRate;
import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a device to be limited to.
 *
 * @param download the most it may receive, or null for no limit
 * @param upload the most it may send, or null for no limit
 */
record LimitRequest(@Nullable BitRate download, @Nullable BitRate upload) {
  private static final String BOTH = "limit_mbps";
  private static final String DOWN = "download_mbps";
  private static final String UP = "upload_mbps";
  private static final String EXAMPLE = "{\"limit_mbps\": 30}";
  private static final Set<String> FIELDS = Set.of(BOTH, DOWN, UP);
  private static final double SLOWEST = 0.001; // 1 kbit/s
  private static final double FASTEST = 100_000;

  /** Reads {@code {"limit_mbps":30}} or {@code {"download_mbps":50,"upload_mbps":10}}. */
  static LimitRequest parse(byte[] body) {
    Map<String, JsonValue> json = FlatJson.object(body, EXAMPLE);
    for (String field : json.keySet()) {
      if (!FIELDS.contains(field)) {
        throw FlatJson.wrong(
            "it may hold limit_mbps, or download_mbps and upload_mbps, and nothing else");
      }
    }
    boolean both = json.containsKey(BOTH);
    if (json.isEmpty() || (both && json.size() > 1)) {
      throw FlatJson.wrong(
          "it must hold limit_mbps, or download_mbps or upload_mbps or both of these");
    }
    return both
        ? new LimitRequest(rate(json, BOTH), rate(json, BOTH))
        : new LimitRequest(rate(json, DOWN), rate(json, UP));
  }

  private static @Nullable BitRate rate(Map<String, JsonValue> json, String field) {
    JsonValue value = json.getOrDefault(field, JsonValue.NULL);
    if (value.getValueType() == JsonValue.ValueType.NULL) {
      return null;
    }
    if (!(value instanceof JsonNumber number)) {
      throw FlatJson.wrong(field + " must be a number");
    }
    double megabits = megabits(number);
    if (megabits == 0) {
      return null;
    }
    if (!(megabits >= SLOWEST && megabits <= FASTEST)) {
      throw FlatJson.wrong(field + " must be 0 for no limit, or from 0.001 to 100000");
    }
    return BitRate.ofMegabits(megabits);
  }

  /** What is too small for a double is still no zero, which would mean no limit. */
  private static double megabits(JsonNumber number) {
    double megabits = number.doubleValue();
    return megabits == 0 && number.bigDecimalValue().signum() != 0 ? Double.MIN_VALUE : megabits;
  }
}
