package dev.mhs.simulator.rest;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;

/**
 * What is answered.
 *
 * @param status the HTTP status
 * @param json the body; empty for none
 */
record Answer(int status, String json) {
  static Answer object(int status, Map<String, String> values) {
    return new Answer(status, build(values).toString());
  }

  static Answer array(List<Map<String, String>> rows) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    rows.forEach(row -> array.add(build(row)));
    return new Answer(200, array.build().toString());
  }

  static Answer empty() {
    return new Answer(204, "");
  }

  /** The only number in the router's JSON is {@code error}. */
  static Answer refused(int status, String detail) {
    JsonObjectBuilder body =
        Json.createObjectBuilder()
            .add("error", status)
            .add(
                "message",
                switch (status) {
                  case 400 -> "Bad Request";
                  case 401 -> "Unauthorized";
                  case 404 -> "Not Found";
                  case 406 -> "Not Acceptable";
                  default -> "Internal Server Error";
                });
    if (!detail.isEmpty()) {
      body.add("detail", detail);
    }
    return new Answer(status, body.build().toString());
  }

  private static JsonObject build(Map<String, String> values) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    values.forEach(object::add);
    return object.build();
  }
}
