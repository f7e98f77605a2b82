package dev.mhs.simulator.rest;

import dev.mhs.simulator.world.RefusedException;
import dev.mhs.simulator.world.Table;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A menu of a box.
 *
 * @param isSingleton whether it has but one item, which has no id
 * @param rows what it shows
 * @param writer what may be done to it
 */
record Menu(boolean isSingleton, Supplier<List<Row>> rows, Writer writer) {
  /** Writes to a menu. Whatever is not overridden does not exist on it. */
  interface Writer {
    /** Adds an item and returns its id. */
    default String add(Map<String, String> values) {
      throw noCommand("add");
    }

    /** Changes an item; the id is empty for a singleton. */
    default void set(String id, Map<String, String> values) {
      throw noCommand("set");
    }

    /** Removes an item. */
    default void remove(String id) {
      throw noCommand("remove");
    }

    /** Moves an item before another, or to the end. */
    default void move(String id, @Nullable String destination) {
      throw noCommand("move");
    }
  }

  private static final Writer NOTHING = new Writer() {};

  /** A menu that only shows. */
  static Menu shows(Supplier<List<Row>> rows) {
    return new Menu(false, rows, NOTHING);
  }

  static Menu shows(Supplier<List<Row>> rows, Writer writer) {
    return new Menu(false, rows, writer);
  }

  /** A menu with one item. */
  static Menu single(Supplier<Row> row) {
    return new Menu(true, () -> List.of(row.get()), NOTHING);
  }

  static Menu single(Supplier<Row> row, Writer writer) {
    return new Menu(true, () -> List.of(row.get()), writer);
  }

  /** A table of the configuration. */
  static Menu of(Table table, Supplier<List<Row>> rows) {
    return new Menu(
        false,
        rows,
        new Writer() {
          @Override
          public String add(Map<String, String> values) {
            return table.add(values).id();
          }

          @Override
          public void set(String id, Map<String, String> values) {
            table.set(id, values);
          }

          @Override
          public void remove(String id) {
            table.remove(id);
          }

          @Override
          public void move(String id, @Nullable String destination) {
            table.move(id, destination);
          }
        });
  }

  private static RefusedException noCommand(String command) {
    return new RefusedException(400, "no such command or directory (" + command + ")");
  }
}
