package dev.mhs.server.security;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The tokens in the data folder. {@code mhs token} changes them, the server reads them; both may do
 * so at the same time. Stateless.
 */
final class TokenFile {
  private static final String FILE = "tokens.json";
  private static final String LOCK = "tokens.lock";
  private static final int VERSION = 1;
  private static final int LARGEST = 1 << 20;

  private final Path folder;

  TokenFile(Path folder) {
    this.folder = folder;
  }

  Path path() {
    return folder.resolve(FILE);
  }

  /** Returns the tokens, none when there is no file; fails when it cannot be read or understood. */
  List<ApiToken> read() throws IOException {
    try {
      if (Files.size(path()) > LARGEST) {
        throw new IOException(path() + " is too large");
      }
      return parse(Files.readAllBytes(path()));
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  /** Changes them, one process after the other. */
  void change(UnaryOperator<List<ApiToken>> change) throws IOException {
    Files.createDirectories(folder);
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (!held.isValid()) {
        throw new IOException(folder.resolve(LOCK) + " cannot be locked");
      }
      PrivateFile.write(path(), toJson(change.apply(read())));
    }
  }

  private List<ApiToken> parse(byte[] bytes) throws IOException {
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
      JsonObject json = reader.readObject();
      if (json.getInt("version") != VERSION) {
        throw new IOException(path() + " was written by another version of MHS");
      }
      List<ApiToken> tokens = new ArrayList<>();
      for (JsonObject one : json.getJsonArray("tokens").getValuesAs(JsonObject.class)) {
        tokens.add(
            new ApiToken(
                one.getString("name"),
                Scope.valueOf(one.getString("scope").toUpperCase(Locale.ROOT)),
                one.getString("digest"),
                instant(one.getJsonNumber("created")),
                one.isNull("expires") ? null : instant(one.getJsonNumber("expires"))));
      }
      return List.copyOf(tokens);
    } catch (JsonException
        | ClassCastException
        | NullPointerException
        | IllegalArgumentException
        | ArithmeticException
        | DateTimeException nonsense) {
      throw new IOException(path() + " makes no sense", nonsense);
    }
  }

  private static Instant instant(JsonNumber seconds) {
    return Instant.ofEpochSecond(seconds.longValueExact());
  }

  private static byte[] toJson(List<ApiToken> tokens) {
    var list = Json.createArrayBuilder();
    tokens.forEach(token -> list.add(json(token)));
    return Json.createObjectBuilder()
        .add("version", VERSION)
        .add("tokens", list)
        .build()
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  private static JsonObjectBuilder json(ApiToken token) {
    return Json.createObjectBuilder()
        .add("name", token.name())
        .add("scope", token.scope().name().toLowerCase(Locale.ROOT))
        .add("digest", token.digest())
        .add("created", token.created().getEpochSecond())
        .add("expires", seconds(token.expires()));
  }

  private static JsonValue seconds(@Nullable Instant time) {
    return time == null ? JsonValue.NULL : Json.createValue(time.getEpochSecond());
  }
}
