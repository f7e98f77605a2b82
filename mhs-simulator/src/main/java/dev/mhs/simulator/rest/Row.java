package dev.mhs.simulator.rest;

import dev.mhs.simulator.world.Item;
import java.util.LinkedHashMap;
import java.util.Map;

/** A row as the router prints it: every value is a text, what is unset is left out. */
final class Row {
  private final Map<String, String> values = new LinkedHashMap<>();

  /** Begins a row of a menu that has but one. */
  Row() {}

  Row(String id) {
    values.put(".id", id);
  }

  /** Takes an item of a table over as it is kept. */
  static Row of(Item item) {
    Row row = new Row(item.id());
    row.values.putAll(item.values());
    return row.flag("dynamic", item.dynamic());
  }

  Row with(String key, Object value) {
    values.put(key, value.toString());
    return this;
  }

  Row flag(String key, boolean value) {
    return with(key, value);
  }

  /** Flags of many menus are printed only when they are set. */
  Row ifSet(String key, boolean value) {
    return value ? flag(key, true) : this;
  }

  /** Texts are printed only when there are some. */
  Row ifAny(String key, String text) {
    return text.isEmpty() ? this : with(key, text);
  }

  Map<String, String> values() {
    return values;
  }
}
