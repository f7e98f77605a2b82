package dev.mhs.source.routeros;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What RouterOS says of its own menus, by version; the origin is in {@code schema/ORIGIN.md}. */
public final class Schema {
  private static final JsonObject ALL = read();

  private Schema() {}

  /** Returns the versions that were looked at. */
  public static Set<String> versions() {
    return texts(ALL, "versions");
  }

  /** Tells whether a menu was looked at. */
  public static boolean knows(String menu) {
    return ALL.getJsonObject("menus").containsKey(menu);
  }

  /** Tells whether a menu exists in a version without further packages. */
  public static boolean has(String menu, String version) {
    return texts(menu(menu), "base").contains(version);
  }

  /** Returns what may be asked for of a menu, or empty where that is not known. */
  public static Optional<Set<String>> properties(String menu) {
    return menu(menu).containsKey("properties")
        ? Optional.of(texts(menu(menu), "properties"))
        : Optional.empty();
  }

  private static JsonObject menu(String menu) {
    return Objects.requireNonNull(ALL.getJsonObject("menus").getJsonObject(menu), menu);
  }

  private static Set<String> texts(JsonObject object, String key) {
    List<JsonString> texts = object.getJsonArray(key).getValuesAs(JsonString.class);
    return texts.stream().map(JsonString::getString).collect(Collectors.toSet());
  }

  private static JsonObject read() {
    try (JsonReader reader =
        Json.createReader(
            Objects.requireNonNull(Schema.class.getResourceAsStream("schema/menus.json")))) {
      return reader.readObject();
    }
  }
}
