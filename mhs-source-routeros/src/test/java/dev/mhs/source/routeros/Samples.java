package dev.mhs.source.routeros;

import dev.mhs.source.routeros.parse.ReplyParser;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.parse.Row;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The recorded answers below {@code samples/}; their origin is in {@code samples/ORIGIN.md}. */
public final class Samples {
  private static final ReplyParser PARSER = new ReplyParser();

  private Samples() {}

  /** Returns the names of all files. */
  public static List<String> names() {
    try (Stream<Path> files =
        Files.list(Path.of(Objects.requireNonNull(Samples.class.getResource("samples")).toURI()))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .sorted()
          .toList();
    } catch (IOException | URISyntaxException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  /** Returns the bytes of a file. */
  public static byte[] bytes(String name) {
    try (InputStream file = Samples.class.getResourceAsStream("samples/" + name)) {
      return Objects.requireNonNull(file, name).readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Returns the rows of a file. */
  public static List<Row> rows(String name) {
    return rows(bytes(name));
  }

  /** Returns the rows that a text spells; apostrophes stand for quotation marks. */
  public static List<Row> of(String json) {
    return rows(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static List<Row> rows(byte[] json) {
    try {
      return switch (PARSER.parse(new ByteArrayInputStream(json), Optional::of, 100_000)) {
        case RouterReply.Answer<Row>(List<Row> items) -> items;
        case RouterReply<Row> other -> throw new IllegalArgumentException(other.toString());
      };
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
