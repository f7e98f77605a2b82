package dev.mhs.server.rest;

import dev.mhs.api.BitRate;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
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
  private static final String NO_OBJECT =
      "it must be one flat JSON object such as {\"limit_mbps\": 30}";
  private static final Set<String> FIELDS = Set.of(BOTH, DOWN, UP);
  private static final double SLOWEST = 0.001; // 1 kbit/s
  private static final double FASTEST = 100_000;

  /** Reads {@code {"limit_mbps":30}} or {@code {"download_mbps":50,"upload_mbps":10}}. */
  static LimitRequest parse(byte[] body) {
    Map<String, JsonValue> json = object(body);
    for (String field : json.keySet()) {
      if (!FIELDS.contains(field)) {
        throw wrong("it may hold limit_mbps, or download_mbps and upload_mbps, and nothing else");
      }
    }
    boolean both = json.containsKey(BOTH);
    if (json.isEmpty() || (both && json.size() > 1)) {
      throw wrong("it must hold limit_mbps, or download_mbps or upload_mbps or both of these");
    }
    return both
        ? new LimitRequest(rate(json, BOTH), rate(json, BOTH))
        : new LimitRequest(rate(json, DOWN), rate(json, UP));
  }

  /** Read event by event: a value inside a value is refused before it can use up the stack. */
  private static Map<String, JsonValue> object(byte[] body) {
    Map<String, JsonValue> fields = new HashMap<>();
    try (JsonParser parser = Json.createParser(new ByteArrayInputStream(body))) {
      require(parser.hasNext() && parser.next() == JsonParser.Event.START_OBJECT);
      while (parser.next() == JsonParser.Event.KEY_NAME) {
        String field = parser.getString();
        JsonParser.Event value = parser.next();
        require(value != JsonParser.Event.START_OBJECT && value != JsonParser.Event.START_ARRAY);
        require(fields.put(field, parser.getValue()) == null);
      }
      require(!parser.hasNext());
      return fields;
    } catch (JsonException | NoSuchElementException notJson) {
      throw wrong(NO_OBJECT);
    } catch (NumberFormatException | UnsupportedOperationException beyondLimits) {
      throw wrong("a number in it has too many digits");
    }
  }

  private static void require(boolean well) {
    if (!well) {
      throw wrong(NO_OBJECT);
    }
  }

  private static @Nullable BitRate rate(Map<String, JsonValue> json, String field) {
    JsonValue value = json.getOrDefault(field, JsonValue.NULL);
    if (value.getValueType() == JsonValue.ValueType.NULL) {
      return null;
    }
    if (!(value instanceof JsonNumber number)) {
      throw wrong(field + " must be a number");
    }
    double megabits = megabits(number);
    if (megabits == 0) {
      return null;
    }
    if (!(megabits >= SLOWEST && megabits <= FASTEST)) {
      throw wrong(field + " must be 0 for no limit, or from 0.001 to 100000");
    }
    return BitRate.ofMegabits(megabits);
  }

  /** What is too small for a double is still no zero, which would mean no limit. */
  private static double megabits(JsonNumber number) {
    double megabits = number.doubleValue();
    return megabits == 0 && number.bigDecimalValue().signum() != 0 ? Double.MIN_VALUE : megabits;
  }

  private static Problem wrong(String why) {
    return new Problem(400, "The body cannot be used: " + why + ".");
  }
}
