package dev.mhs.source.local.count;

import dev.mhs.api.IpLiteral;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code nft -j list table} prints (libnftables-json(5), schema version 1), event by
 * event: a table may hold thousands of addresses. For one text.
 */
final class CountsParser {
  private final Map<InetAddress, Counts> found = new HashMap<>();
  private String key = "";
  private @Nullable Tally tally;
  private @Nullable InetAddress address;
  private long packets = -1;
  private long bytes = -1;

  private CountsParser() {}

  /**
   * Reads.
   *
   * @param text what nft printed
   * @return what each address moved, or empty when the text is not what it should be
   */
  static Optional<Map<InetAddress, Counts>> parse(String text) {
    CountsParser reader = new CountsParser();
    try (JsonParser events = Json.createParser(new StringReader(text))) {
      while (events.hasNext()) {
        reader.take(events.next(), events);
      }
      return Optional.of(reader.found);
    } catch (JsonException | IllegalStateException | ArithmeticException malformed) {
      return Optional.empty();
    }
  }

  private void take(JsonParser.Event event, JsonParser events) {
    switch (event) {
      case KEY_NAME -> key = events.getString();
      case VALUE_STRING -> text(events.getString());
      case VALUE_NUMBER -> number(events.getBigDecimal().longValueExact());
      case END_OBJECT -> endOfCounter();
      default -> {} // brackets and words that say nothing about counters
    }
  }

  private void text(String value) {
    switch (key) {
      case "name" -> {
        tally = Tally.ofSet(value).orElse(null);
        address = null;
      }
      case "val" -> {
        address = IpLiteral.parse(value).orElse(null);
        packets = -1;
        bytes = -1;
      }
      default -> {} // types, families, flags
    }
  }

  private void number(long value) {
    switch (key) {
      case "packets" -> packets = value;
      case "bytes" -> bytes = value;
      default -> {} // handles, sizes, times
    }
  }

  private void endOfCounter() {
    if (tally != null && address != null && packets >= 0 && bytes >= 0) {
      found.merge(address, tally.counts(packets, bytes), Counts::plus);
      address = null;
    }
  }
}
