package dev.mhs.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares a value with a schema of OpenAPI 3.0, as far as our document uses them. */
final class Shape {
  private static final Set<String> KNOWN =
      Set.of(
          "type",
          "nullable",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "enum",
          "allOf",
          "$ref");

  private final Map<?, ?> schemas;
  private final List<String> faults = new ArrayList<>();

  private Shape(Map<?, ?> schemas) {
    this.schemas = schemas;
  }

  /** Returns what is wrong with a value, each with the place where it is. */
  static List<String> faults(
      @Nullable Object value, Object schema, Map<?, ?> schemas, String where) {
    Shape shape = new Shape(schemas);
    shape.check(value, (Map<?, ?>) schema, where);
    return shape.faults;
  }

  private void check(@Nullable Object value, Map<?, ?> schema, String where) {
    require(KNOWN.containsAll(schema.keySet()), where, "has a schema that is not understood");
    if (schema.get("$ref") instanceof String name) {
      check(value, referred(name), where);
      return;
    }
    if (value == null) {
      require(Boolean.TRUE.equals(schema.get("nullable")), where, "must not be null");
      return;
    }
    if (schema.get("allOf") instanceof List<?> all) {
      all.forEach(one -> check(value, (Map<?, ?>) one, where));
      return;
    }
    if (schema.get("enum") instanceof List<?> words) {
      require(words.contains(value), where, "must be one of " + words + ", not " + value);
    }
    switch (String.valueOf(schema.get("type"))) {
      case "string" -> require(value instanceof String, where, "must be a text, not " + value);
      case "boolean" -> require(value instanceof Boolean, where, "must be yes or no");
      case "number" -> require(value instanceof Number, where, "must be a number, not " + value);
      case "integer" ->
          require(
              value instanceof Number && !(value instanceof Double),
              where,
              "must be whole: " + value);
      case "array" -> items(value, schema, where);
      case "object" -> fields(value, schema, where);
      default -> require(false, where, "has no type");
    }
  }

  private Map<?, ?> referred(String name) {
    Object schema = schemas.get(name.substring(name.lastIndexOf('/') + 1));
    if (schema == null) {
      throw new AssertionError("there is no " + name);
    }
    return (Map<?, ?>) schema;
  }

  private void items(Object value, Map<?, ?> schema, String where) {
    if (!(value instanceof List<?> items)) {
      require(false, where, "must be a list");
      return;
    }
    if (schema.get("items") instanceof Map<?, ?> each) {
      for (int i = 0; i < items.size(); i++) {
        check(items.get(i), each, where + "/" + i);
      }
    }
  }

  private void fields(Object value, Map<?, ?> schema, String where) {
    if (!(value instanceof Map<?, ?> fields)) {
      require(false, where, "must be an object");
      return;
    }
    Map<?, ?> known = schema.get("properties") instanceof Map<?, ?> some ? some : Map.of();
    if (schema.get("required") instanceof List<?> required) {
      required.forEach(name -> require(fields.containsKey(name), where, "lacks " + name));
    }
    fields.forEach(
        (name, field) -> {
          if (known.get(name) instanceof Map<?, ?> own) {
            check(field, own, where + "/" + name);
          } else if (schema.get("additionalProperties") instanceof Map<?, ?> each) {
            check(field, each, where + "/" + name);
          } else if (schema.containsKey("properties")) {
            require(false, where, "has a field that is not described: " + name);
          }
        });
  }

  private void require(boolean well, String where, String what) {
    if (!well) {
      faults.add(where + " " + what);
    }
  }
}
