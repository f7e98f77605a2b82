package dev.mhs.server.security;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What the door remembers over a restart.
 *
 * @param salt goes with the mark
 * @param mark of the password under which all this came about: it is worth nothing under another
 * @param sessions who is signed in
 * @param browsers the digests of the browsers that have ever signed in
 */
@SuppressWarnings("ArrayRecordComponent") // never handed out
record Remembered(byte[] salt, byte[] mark, List<Session> sessions, List<String> browsers) {
  private static final int VERSION = 1;

  /** Reads what {@link #toJson} has written; empty when it makes no sense. */
  static Optional<Remembered> parse(byte[] bytes) {
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
      JsonObject json = reader.readObject();
      if (json.getInt("version") != VERSION) {
        return Optional.empty();
      }
      return Optional.of(
          new Remembered(
              Base64.getDecoder().decode(json.getString("salt")),
              Base64.getDecoder().decode(json.getString("mark")),
              json.getJsonArray("sessions").getValuesAs(JsonObject.class).stream()
                  .map(Remembered::session)
                  .toList(),
              json.getJsonArray("browsers").getValuesAs(JsonString.class).stream()
                  .map(JsonString::getString)
                  .toList()));
    } catch (JsonException
        | ClassCastException
        | NullPointerException
        | IllegalArgumentException
        | DateTimeException nonsense) {
      return Optional.empty();
    }
  }

  private static Session session(JsonObject json) {
    return new Session(
        json.getString("digest"),
        Instant.ofEpochSecond(json.getJsonNumber("opened").longValueExact()),
        Instant.ofEpochSecond(json.getJsonNumber("used").longValueExact()));
  }

  byte[] toJson() {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("version", VERSION)
            .add("salt", Base64.getEncoder().encodeToString(salt))
            .add("mark", Base64.getEncoder().encodeToString(mark))
            .add("browsers", Json.createArrayBuilder(browsers));
    var list = Json.createArrayBuilder();
    for (Session session : sessions) {
      list.add(
          Json.createObjectBuilder()
              .add("digest", session.digest())
              .add("opened", session.opened().getEpochSecond())
              .add("used", session.used().getEpochSecond()));
    }
    return json.add("sessions", list).build().toString().getBytes(StandardCharsets.UTF_8);
  }
}
