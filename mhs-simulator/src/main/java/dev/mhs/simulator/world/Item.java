package dev.mhs.simulator.world;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An item of a table, as it stood when it was read: texts by key.
 *
 * @param id such as {@code *1A}
 * @param values its values without the id, in their order; an absent key is an unset one
 * @param dynamic whether the router made it by itself, so that nobody can change it
 */
public record Item(String id, Map<String, String> values, boolean dynamic) {
  /** Copies the values, keeping their order. */
  public Item {
    values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * Returns a value.
   *
   * @param key its key
   * @return the text, or empty when it is unset
   */
  public String text(String key) {
    return values.getOrDefault(key, "");
  }

  /**
   * Returns a flag.
   *
   * @param key its key
   * @return whether it is set
   */
  public boolean flag(String key) {
    return text(key).equals("true");
  }

  /**
   * Tells whether it does anything.
   *
   * @return whether it is not switched off
   */
  public boolean isOn() {
    return !flag("disabled");
  }
}
