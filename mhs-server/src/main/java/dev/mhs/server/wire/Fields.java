package dev.mhs.server.wire;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object as values, in order. Objects of the same kind share their names: a
 * household has hundreds of devices with two dozen fields each. Immutable.
 */
final class Fields {
  private final String[] names;
  private final @Nullable Object[] values; // String, Long, BigDecimal, Boolean, Fields, List, null

  Fields(String[] names, @Nullable Object[] values) {
    this.names = names;
    this.values = values;
  }

  int size() {
    return names.length;
  }

  String name(int index) {
    return names[index];
  }

  @Nullable Object value(int index) {
    return values[index];
  }

  /** Tells whether another object has the same fields in the same order. */
  boolean isLike(Fields other) {
    return Arrays.equals(names, other.names);
  }

  /** Returns the last value of a name, as readers of JSON take it; null also when it is absent. */
  @Nullable Object get(String name) {
    for (int i = names.length - 1; i >= 0; i--) {
      if (names[i].equals(name)) {
        return values[i];
      }
    }
    return null;
  }

  /** Returns the text of a name, or fails when it is none. */
  String text(String name) {
    return (String) required(name);
  }

  /** Returns the objects in the array of a name, or fails when it is none. */
  List<Fields> objects(String name) {
    return ((List<?>) required(name)).stream().map(Fields.class::cast).toList();
  }

  private Object required(String name) {
    Object value = get(name);
    if (value == null) {
      throw new IllegalArgumentException("there is no " + name);
    }
    return value;
  }

  void forEach(BiConsumer<String, @Nullable Object> field) {
    for (int i = 0; i < names.length; i++) {
      field.accept(names[i], values[i]);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fields fields && isLike(fields) && Arrays.equals(values, fields.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
  }
}
