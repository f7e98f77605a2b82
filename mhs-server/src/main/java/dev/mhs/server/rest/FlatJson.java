package dev.mhs.server.rest;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/** Reads a body that must be one JSON object without any inside. */
public final class FlatJson {
  private FlatJson() {}

  /**
   * Reads event by event: a value inside a value is refused before it can use up the stack.
   *
   * @param body what was sent
   * @param example what would be right
   * @return the fields
   */
  public static Map<String, JsonValue> object(byte[] body, String example) {
    Map<String, JsonValue> fields = new HashMap<>();
    try (JsonParser parser = Json.createParser(new ByteArrayInputStream(body))) {
      require(parser.hasNext() && parser.next() == JsonParser.Event.START_OBJECT, example);
      while (parser.next() == JsonParser.Event.KEY_NAME) {
        String field = parser.getString();
        JsonParser.Event value = parser.next();
        require(
            value != JsonParser.Event.START_OBJECT && value != JsonParser.Event.START_ARRAY,
            example);
        require(fields.put(field, parser.getValue()) == null, example);
      }
      require(!parser.hasNext(), example);
      return fields;
    } catch (JsonException | NoSuchElementException notJson) {
      throw noObject(example);
    } catch (NumberFormatException | UnsupportedOperationException beyondLimits) {
      throw wrong("a number in it has too many digits");
    }
  }

  private static void require(boolean well, String example) {
    if (!well) {
      throw noObject(example);
    }
  }

  private static Problem noObject(String example) {
    return wrong("it must be one flat JSON object such as " + example);
  }

  static Problem wrong(String why) {
    return new Problem(400, "The body cannot be used: " + why + ".");
  }
}
