package dev.mhs.server.wire;

import jakarta.json.stream.JsonGenerator;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes JSON as it comes. For one thread. */
final class WrittenFields implements FieldSink {
  private final JsonGenerator out;

  WrittenFields(JsonGenerator out) {
    this.out = out;
  }

  @Override
  public void value(String name, @Nullable Object scalar) {
    switch (scalar) {
      case null -> out.writeNull(name);
      case String text -> out.write(name, text);
      case Long number -> out.write(name, number.longValue());
      case BigDecimal number -> out.write(name, number);
      case Boolean flag -> out.write(name, flag.booleanValue());
      default -> throw new IllegalArgumentException("no value of JSON: " + scalar.getClass());
    }
  }

  /** Writes a field that was kept before. */
  void kept(String name, @Nullable Object value) {
    switch (value) {
      case Fields object -> {
        out.writeStartObject(name);
        object.forEach(this::kept);
        out.writeEnd();
      }
      case List<?> array -> {
        out.writeStartArray(name);
        array.forEach(this::keptItem);
        out.writeEnd();
      }
      case null, default -> value(name, value);
    }
  }

  private void keptItem(@Nullable Object item) {
    switch (item) {
      case Fields object -> {
        out.writeStartObject();
        object.forEach(this::kept);
        out.writeEnd();
      }
      case String text -> item(text);
      case null, default -> item((Long) item);
    }
  }

  @Override
  public void startObject(String name) {
    out.writeStartObject(name);
  }

  @Override
  public void startArray(String name) {
    out.writeStartArray(name);
  }

  @Override
  public void startItem() {
    out.writeStartObject();
  }

  @Override
  public void item(String text) {
    out.write(text);
  }

  @Override
  public void item(@Nullable Long number) {
    if (number == null) {
      out.writeNull();
    } else {
      out.write(number.longValue());
    }
  }

  @Override
  public void end() {
    out.writeEnd();
  }
}
