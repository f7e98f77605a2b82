package dev.mhs.server.wire;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Applies deltas as {@code docs/rest-api.md} tells it, and by nothing else. */
final class DeltaReader {
  private static final Set<String> OWN =
      Set.of("type", "devices", "removed", "order", "boxes", "ports");

  private DeltaReader() {}

  static JsonObject apply(JsonObject update, JsonObject delta) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(update);
    delta.forEach(
        (name, value) -> {
          if (!OWN.contains(name)) {
            fields.put(name, value instanceof JsonObject some ? merged(fields, name, some) : value);
          }
        });
    JsonArray devices = devices(update.getJsonArray("devices"), delta);
    fields.put("devices", devices);
    fields.put("seen_times", seenTimes(devices));
    if (delta.containsKey("ports")) {
      fields.put("ports", delta.get("ports"));
    } else if (delta.containsKey("boxes")) {
      fields.put("ports", ports(update.getJsonObject("ports"), delta.getJsonObject("boxes")));
    }
    return object(fields);
  }

  private static JsonValue merged(Map<String, JsonValue> fields, String name, JsonObject changes) {
    Map<String, JsonValue> entries =
        new LinkedHashMap<>(Objects.requireNonNull(fields.get(name)).asJsonObject());
    changes.forEach(
        (entry, value) -> {
          if (value.equals(JsonValue.NULL)) {
            entries.remove(entry);
          } else {
            entries.put(entry, value);
          }
        });
    return object(entries);
  }

  private static JsonArray devices(JsonArray old, JsonObject delta) {
    Map<String, JsonObject> byKey = new LinkedHashMap<>();
    for (JsonObject device : old.getValuesAs(JsonObject.class)) {
      byKey.put(device.getString("key"), device);
    }
    if (delta.containsKey("removed")) {
      strings(delta.getJsonArray("removed")).forEach(byKey::remove);
    }
    if (delta.containsKey("devices")) {
      delta
          .getJsonObject("devices")
          .forEach(
              (key, changes) -> byKey.merge(key, changes.asJsonObject(), DeltaReader::changed));
    }
    List<String> order =
        delta.containsKey("order")
            ? strings(delta.getJsonArray("order"))
            : List.copyOf(byKey.keySet());
    JsonArrayBuilder devices = Json.createArrayBuilder();
    order.forEach(key -> devices.add(Objects.requireNonNull(byKey.get(key))));
    return devices.build();
  }

  private static JsonObject changed(JsonObject old, JsonObject changes) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(old);
    fields.putAll(changes);
    return object(fields);
  }

  private static JsonObject seenTimes(JsonArray devices) {
    JsonObjectBuilder seen = Json.createObjectBuilder();
    for (JsonObject device : devices.getValuesAs(JsonObject.class)) {
      if (!device.isNull("ip")) {
        seen.add(
            device.getString("ip"),
            Json.createObjectBuilder()
                .add("first_seen", device.get("first_seen"))
                .add("last_seen", device.get("last_seen")));
      }
    }
    return seen.build();
  }

  private static JsonObject ports(JsonObject old, JsonObject changes) {
    List<JsonObject> boxes = new ArrayList<>();
    for (JsonObject box : old.getJsonArray("boxes").getValuesAs(JsonObject.class)) {
      JsonValue some = changes.get(box.getString("id"));
      boxes.add(some == null ? box : box(box, some.asJsonObject()));
    }
    boolean routed = boxes.stream().anyMatch(box -> box.getString("role").equals("router"));
    return Json.createObjectBuilder()
        .add("router", portsOf(boxes, routed ? "router" : "host"))
        .add("switch", portsOf(boxes, "switch"))
        .add("boxes", array(boxes))
        .build();
  }

  private static JsonObject box(JsonObject old, JsonObject changes) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(old);
    fields.putAll(changes);
    JsonObject ports = changes.getJsonObject("ports");
    List<JsonObject> all = new ArrayList<>();
    for (JsonObject port : old.getJsonArray("ports").getValuesAs(JsonObject.class)) {
      JsonValue some = ports == null ? null : ports.get(port.getString("name"));
      all.add(some == null ? port : changed(port, some.asJsonObject()));
    }
    fields.put("ports", array(all));
    return object(fields);
  }

  private static JsonArray portsOf(List<JsonObject> boxes, String role) {
    return array(
        boxes.stream()
            .filter(box -> box.getString("role").equals(role))
            .flatMap(box -> box.getJsonArray("ports").getValuesAs(JsonObject.class).stream())
            .toList());
  }

  private static JsonArray array(List<JsonObject> items) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    items.forEach(array::add);
    return array.build();
  }

  private static JsonObject object(Map<String, JsonValue> fields) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    fields.forEach(object::add);
    return object.build();
  }

  private static List<String> strings(JsonArray array) {
    return array.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
  }
}
