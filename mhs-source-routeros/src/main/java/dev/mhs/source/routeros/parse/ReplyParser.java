package dev.mhs.source.routeros.parse;

import dev.mhs.api.FailureKind;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of an answer row by row, so that a table of many thousand rows is never held as
 * text. Any thread.
 */
public final class ReplyParser {
  /** How the detail begins when there are more rows than were accepted. */
  public static final String TOO_MANY = "there are more than";

  /** As many keys as a row has of those that are read by the thousand. */
  private static final int USUAL_KEYS = 12;

  private final JsonParserFactory parsers = Json.createParserFactory(Map.of());

  /**
   * Reads rows: an array of objects, or one object (menus with a single item, since 7.11).
   *
   * @param <T> what a row is read as
   * @param body the body
   * @param reader makes something of a row, or nothing, which leaves it out
   * @param atMost how many rows are accepted
   * @return the rows; or malformed, when it is not such JSON or ends too soon; or refused, when
   *     there are more rows
   * @throws IOException when the body cannot be read to its end
   */
  public <T> RouterReply<T> parse(InputStream body, Function<Row, Optional<T>> reader, int atMost)
      throws IOException {
    JsonParser parser = parsers.createParser(new LenientReader(body));
    try {
      return rows(parser, reader, atMost);
    } catch (JsonException | NoSuchElementException | IllegalStateException broken) {
      if (broken.getCause() instanceof IOException unreadable) {
        throw unreadable;
      }
      return new RouterReply.Failed<>(
          FailureKind.MALFORMED, "the answer is no JSON, or was cut off");
    }
  }

  private static <T> RouterReply<T> rows(
      JsonParser parser, Function<Row, Optional<T>> reader, int atMost) {
    List<T> items = new ArrayList<>();
    Event first = parser.next();
    if (first == Event.START_OBJECT) {
      reader.apply(row(parser)).ifPresent(items::add);
      return atEnd(parser, items);
    }
    if (first != Event.START_ARRAY) {
      return new RouterReply.Failed<>(FailureKind.MALFORMED, "the answer is no table");
    }
    int count = 0;
    for (Event next = parser.next(); next != Event.END_ARRAY; next = parser.next()) {
      if (next != Event.START_OBJECT) {
        return new RouterReply.Failed<>(FailureKind.MALFORMED, "the answer is no table of items");
      }
      if (++count > atMost) {
        return new RouterReply.Failed<>(FailureKind.REFUSED, TOO_MANY + " " + atMost + " rows");
      }
      reader.apply(row(parser)).ifPresent(items::add);
    }
    return atEnd(parser, items);
  }

  private static <T> RouterReply<T> atEnd(JsonParser parser, List<T> items) {
    // Reads on to the end, so that the connection can be used again; more JSON would throw.
    return parser.hasNext()
        ? new RouterReply.Failed<>(FailureKind.MALFORMED, "the answer goes on after its end")
        : new RouterReply.Answer<>(items);
  }

  private static Row row(JsonParser parser) {
    Map<String, String> values = LinkedHashMap.newLinkedHashMap(USUAL_KEYS);
    for (Event next = parser.next(); next != Event.END_OBJECT; next = parser.next()) {
      String key = parser.getString();
      String value = value(parser, parser.next());
      if (value != null) {
        values.put(key, value);
      }
    }
    return new Row(values);
  }

  private static @Nullable String value(JsonParser parser, Event event) {
    return switch (event) {
      case VALUE_STRING, VALUE_NUMBER -> parser.getString();
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      case VALUE_NULL -> null;
      case START_ARRAY, START_OBJECT -> {
        skip(parser);
        yield null;
      }
      case KEY_NAME, END_ARRAY, END_OBJECT ->
          throw new JsonException("no value where one belongs: " + event);
    };
  }

  /** Parsson 1.1.6 never returns from skipArray and skipObject when the text ends within. */
  private static void skip(JsonParser parser) {
    for (int depth = 1; depth > 0; ) {
      switch (parser.next()) {
        case START_ARRAY, START_OBJECT -> depth++;
        case END_ARRAY, END_OBJECT -> depth--;
        case KEY_NAME, VALUE_STRING, VALUE_NUMBER, VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> {}
      }
    }
  }
}
