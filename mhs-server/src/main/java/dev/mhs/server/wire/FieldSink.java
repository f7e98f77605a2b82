package dev.mhs.server.wire;

import org.jspecify.annotations.Nullable;

/** Takes what {@link JsonFields} is told: to be written at once, or to be kept and compared. */
interface FieldSink {
  /** Takes a field: a String, a Long, a BigDecimal, a Boolean or null. */
  void value(String name, @Nullable Object scalar);

  /** Begins a field that is an object. */
  void startObject(String name);

  /** Begins a field that is an array. */
  void startArray(String name);

  /** Begins an object in an array. */
  void startItem();

  /** Takes a text in an array. */
  void item(String text);

  /** Takes a number in an array, or null. */
  void item(@Nullable Long number);

  /** Ends what was begun last. */
  void end();
}
