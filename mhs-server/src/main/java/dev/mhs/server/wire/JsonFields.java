package dev.mhs.server.wire;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of a JSON object in the order of the calls. What is null is written as {@code
 * null}: an unknown is never left out and never a zero. For one thread.
 */
public final class JsonFields {
  private static final JsonGeneratorFactory GENERATORS = Json.createGeneratorFactory(Map.of());
  private static final int USUAL_SIZE = 8192;

  private final FieldSink out;

  private JsonFields(FieldSink out) {
    this.out = out;
  }

  /**
   * Returns the fields of an object as values, to be compared with others.
   *
   * @param fields writes its fields
   */
  static Fields noted(Consumer<JsonFields> fields) {
    NotedFields noted = new NotedFields();
    fields.accept(new JsonFields(noted));
    return noted.whole();
  }

  /**
   * Returns an object in UTF-8.
   *
   * @param fields writes its fields
   */
  public static byte[] object(Consumer<JsonFields> fields) {
    return written(
        out -> {
          out.writeStartObject();
          fields.accept(new JsonFields(new WrittenFields(out)));
          out.writeEnd();
        });
  }

  /**
   * Writes an object in UTF-8 while it is made, for what is too large to be held.
   *
   * @param to where it is written; closed at the end
   * @param fields writes its fields
   */
  public static void stream(OutputStream to, Consumer<JsonFields> fields) {
    try (JsonGenerator out = GENERATORS.createGenerator(to, StandardCharsets.UTF_8)) {
      out.writeStartObject();
      fields.accept(new JsonFields(new WrittenFields(out)));
      out.writeEnd();
    }
  }

  /**
   * Returns an array of numbers in UTF-8.
   *
   * @param numbers its items
   */
  public static byte[] array(Iterable<Integer> numbers) {
    return written(
        out -> {
          out.writeStartArray();
          numbers.forEach(out::write);
          out.writeEnd();
        });
  }

  static byte[] written(Consumer<JsonGenerator> value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
    try (JsonGenerator out = GENERATORS.createGenerator(bytes, StandardCharsets.UTF_8)) {
      value.accept(out);
    }
    return bytes.toByteArray();
  }

  /** Writes a text. */
  public JsonFields text(String name, @Nullable String value) {
    out.value(name, value);
    return this;
  }

  /** Writes the text of a value. */
  public JsonFields textOf(String name, @Nullable Object value) {
    return text(name, value == null ? null : value.toString());
  }

  /** Writes a whole number. */
  public JsonFields number(String name, @Nullable Long value) {
    out.value(name, value);
    return this;
  }

  /** Writes a whole number. */
  public JsonFields number(String name, long value) {
    out.value(name, value);
    return this;
  }

  /** Writes a number, rounded to so many decimals. */
  public JsonFields decimal(String name, @Nullable Double value, int decimals) {
    out.value(name, value == null ? null : plain(BigDecimal.valueOf(value), decimals));
    return this;
  }

  /** Writes yes or no. */
  public JsonFields flag(String name, @Nullable Boolean value) {
    out.value(name, value);
    return this;
  }

  /** Writes a time as Unix seconds with milliseconds. */
  public JsonFields time(String name, @Nullable Instant value) {
    out.value(name, value == null ? null : BigDecimal.valueOf(value.toEpochMilli(), 3));
    return this;
  }

  /** Writes a duration in seconds with milliseconds. */
  public JsonFields seconds(String name, @Nullable Duration value) {
    return decimal(name, value == null ? null : (Double) (value.toNanos() / 1e9), 3);
  }

  /** Writes an object. */
  public JsonFields object(String name, Consumer<JsonFields> fields) {
    out.startObject(name);
    fields.accept(this);
    out.end();
    return this;
  }

  /** Writes an array of objects. */
  public <T> JsonFields objects(String name, Iterable<T> items, BiConsumer<JsonFields, T> fields) {
    out.startArray(name);
    for (T item : items) {
      out.startItem();
      fields.accept(this, item);
      out.end();
    }
    out.end();
    return this;
  }

  /** Writes an array of texts. */
  public JsonFields texts(String name, Iterable<String> items) {
    out.startArray(name);
    items.forEach(out::item);
    out.end();
    return this;
  }

  /** Writes an array of whole numbers, some of them perhaps not known. */
  public JsonFields numbers(String name, Iterable<@Nullable Long> items) {
    out.startArray(name);
    items.forEach(out::item);
    out.end();
    return this;
  }

  /** Writes no value. */
  public JsonFields nothing(String name) {
    out.value(name, null);
    return this;
  }

  private static BigDecimal plain(BigDecimal value, int decimals) {
    BigDecimal rounded = value.setScale(decimals, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
