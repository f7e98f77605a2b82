package dev.mhs.simulator.rest;

import dev.mhs.simulator.world.RefusedException;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is asked.
 *
 * @param verb GET, PUT, PATCH, DELETE or POST
 * @param path below {@code /rest/}, as it was sent
 * @param filters what the URL asks for, without {@code .proplist}
 * @param properties the keys that are wanted; empty for all
 * @param values what the body says, without {@code .proplist} and {@code .query}
 * @param query the words of {@code .query}
 */
record Request(
    String verb,
    String path,
    Map<String, String> filters,
    List<String> properties,
    Map<String, String> values,
    List<String> query) {
  private static final String PROPLIST = ".proplist";
  private static final String QUERY = ".query";

  /** Reads a request; refuses a body that is no object of texts. */
  static Request of(String verb, String path, Map<String, String> inUrl, String body) {
    Map<String, String> filters = new LinkedHashMap<>(inUrl);
    String listed = filters.remove(PROPLIST);
    List<String> properties = listed == null ? List.of() : words(listed);
    Map<String, String> values = new LinkedHashMap<>();
    List<String> query = List.of();
    if (!body.isBlank()) {
      for (Map.Entry<String, JsonValue> one : object(body).entrySet()) {
        switch (one.getKey()) {
          case PROPLIST -> properties = list(one.getValue());
          case QUERY -> query = list(one.getValue());
          default -> values.put(one.getKey(), text(one.getValue()));
        }
      }
    }
    return new Request(verb, path, filters, properties, values, query);
  }

  /** Whether it changes nothing. */
  boolean reads() {
    return verb.equals("GET")
        || (verb.equals("POST") && path.matches(".*(/print|/monitor[a-z-]*)"));
  }

  private static JsonObject object(String body) {
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      return reader.readObject();
    } catch (JsonException wrong) {
      throw new RefusedException(400, "invalid JSON");
    }
  }

  private static List<String> list(JsonValue value) {
    if (value instanceof JsonArray array) {
      List<String> texts = new ArrayList<>();
      array.forEach(one -> texts.add(text(one)));
      return texts;
    }
    return words(text(value));
  }

  private static String text(JsonValue value) {
    return switch (value.getValueType()) {
      case STRING -> ((JsonString) value).getString();
      case NUMBER, TRUE, FALSE -> value.toString();
      case NULL -> "";
      case ARRAY, OBJECT -> throw new RefusedException(400, "invalid value");
    };
  }

  private static List<String> words(String text) {
    return Arrays.asList(text.split(",", -1));
  }
}
