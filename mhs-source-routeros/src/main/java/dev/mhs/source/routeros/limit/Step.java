package dev.mhs.source.routeros.limit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One write to the router, as it is planned. Only objects of ours are ever its subject. */
public sealed interface Step {
  /** Where the object is, such as {@code queue/simple}. */
  String menu();

  /** The object in words for people: what it is that this step makes, changes or takes away. */
  String what();

  /**
   * Adds an object.
   *
   * @param menu where
   * @param values its values
   * @param before the id of the object before which it is placed, or null for the end
   * @param what the object in words
   */
  record Add(String menu, Map<String, String> values, @Nullable String before, String what)
      implements Step {
    /** Copies the values, keeping their order. */
    public Add {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /**
   * Changes an object.
   *
   * @param menu where
   * @param id its id
   * @param values the values that change
   * @param what the object in words
   */
  record Change(String menu, String id, Map<String, String> values, String what) implements Step {
    /** Copies the values, keeping their order. */
    public Change {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /**
   * Moves an object among its like.
   *
   * @param menu where
   * @param id its id
   * @param before the id of the object before which it is placed, or null for the end
   * @param what the object in words
   */
  record Move(String menu, String id, @Nullable String before, String what) implements Step {}

  /**
   * Removes an object.
   *
   * @param menu where
   * @param id its id
   * @param what the object in words
   */
  record Remove(String menu, String id, String what) implements Step {}
}
