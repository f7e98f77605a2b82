package dev.mhs.simulator.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table of the router's configuration: items in their order, each with an id that it never gives
 * twice. Everybody writes here alike: REST, and whoever plays a person with WinBox. Any thread.
 */
public final class Table {
  private static final String NO_ITEM = "no such item (4)";

  private final Schema schema;
  private final Guard guard;
  private final List<Item> items = new ArrayList<>();
  private int given;
  private int version;

  Table(Schema schema, Guard guard) {
    this.schema = schema;
    this.guard = guard;
  }

  /**
   * Returns what is in it now.
   *
   * @return its items in their order
   */
  public List<Item> items() {
    return guard.now(() -> List.copyOf(items));
  }

  /**
   * Finds an item.
   *
   * @param idOrName its id or, where it has one, its name
   * @return the item
   * @throws RefusedException when there is none
   */
  public Item item(String idOrName) {
    return guard.now(
        () ->
            items.stream()
                .filter(one -> one.id().equals(idOrName) || one.text("name").equals(idOrName))
                .findFirst()
                .orElseThrow(RefusedException::notFound));
  }

  /**
   * Adds an item at the end, or before the one that {@code place-before} names.
   *
   * @param written its values
   * @return the item as it is kept
   * @throws RefusedException when the router would refuse it
   */
  public Item add(Map<String, String> written) {
    return guard.now(
        () -> {
          Map<String, String> rest = new LinkedHashMap<>(written);
          @Nullable String before = rest.remove("place-before");
          return put(rest, before == null ? items.size() : place(before), false);
        });
  }

  /**
   * Adds what the router makes by itself, such as a queue of a hotspot.
   *
   * @param written its values
   * @param place where it stands, 0 for first
   * @return the item
   */
  public Item addDynamic(Map<String, String> written, int place) {
    return guard.now(() -> put(written, place, true));
  }

  /**
   * Changes an item.
   *
   * @param idOrName its id or name
   * @param written the values that change; an empty one unsets a key that has no default
   * @return the item as it is kept
   * @throws RefusedException when the router would refuse it
   */
  public Item set(String idOrName, Map<String, String> written) {
    return guard.now(
        () -> {
          Item old = changeable(idOrName);
          Map<String, String> values = new LinkedHashMap<>(old.values());
          schema
              .kept(written)
              .forEach(
                  (key, text) -> {
                    if (text.isEmpty() && !schema.defaults().containsKey(key)) {
                      values.remove(key);
                    } else {
                      values.put(key, text);
                    }
                  });
          refuseTwin(values, old.id());
          Item changed = new Item(old.id(), values, false);
          items.set(items.indexOf(old), changed);
          version++;
          return changed;
        });
  }

  /**
   * Removes an item.
   *
   * @param idOrName its id or name
   * @throws RefusedException when there is none, or it is the router's own
   */
  public void remove(String idOrName) {
    guard.now(
        () -> {
          items.remove(changeable(idOrName));
          version++;
        });
  }

  /**
   * Removes an item that the router made by itself, as the router does.
   *
   * @param id its id
   */
  public void removeDynamic(String id) {
    guard.now(
        () -> {
          items.remove(item(id));
          version++;
        });
  }

  /**
   * Moves an item before another. An unknown destination silently means the end (seen on 7.23.7 for
   * filter rules).
   *
   * @param idOrName the item's id or name
   * @param destination the other's id, or null for the end
   */
  public void move(String idOrName, @Nullable String destination) {
    guard.now(
        () -> {
          Item item = changeable(idOrName);
          if (item.id().equals(destination)) {
            return;
          }
          items.remove(item);
          int place = items.size();
          for (int at = 0; at < items.size(); at++) {
            place = items.get(at).id().equals(destination) ? at : place;
          }
          items.add(place, item);
          version++;
        });
  }

  /** Grows with each change, so that decisions made from the table can be kept meanwhile. */
  int version() {
    return version;
  }

  /** The items without playing on; for the world itself. */
  List<Item> raw() {
    return items;
  }

  private Item put(Map<String, String> written, int place, boolean dynamic) {
    Map<String, String> values = new LinkedHashMap<>(schema.defaults());
    values.putAll(schema.kept(written));
    values
        .entrySet()
        .removeIf(one -> one.getValue().isEmpty() && !schema.defaults().containsKey(one.getKey()));
    for (String key : schema.required()) {
      if (values.getOrDefault(key, "").isEmpty()) {
        throw RefusedException.bad("missing value(s) of argument(s) " + key);
      }
    }
    if (schema.unique().contains("name")) {
      values.computeIfAbsent("name", key -> "item" + (given + 1));
    }
    refuseTwin(values, "");
    Item item =
        new Item("*" + Integer.toHexString(++given).toUpperCase(Locale.ROOT), values, dynamic);
    items.add(place, item);
    version++;
    return item;
  }

  private int place(String id) {
    for (int place = 0; place < items.size(); place++) {
      if (items.get(place).id().equals(id)) {
        return place;
      }
    }
    throw RefusedException.bad(NO_ITEM);
  }

  private Item changeable(String idOrName) {
    Item item = item(idOrName);
    if (item.dynamic()) {
      throw RefusedException.bad("failure: can not change dynamic");
    }
    return item;
  }

  private void refuseTwin(Map<String, String> values, String exceptId) {
    boolean hasTwin =
        !schema.unique().isEmpty()
            && items.stream()
                .filter(one -> !one.id().equals(exceptId))
                .anyMatch(
                    one ->
                        schema.unique().stream()
                            .allMatch(key -> Objects.equals(one.text(key), values.get(key))));
    if (hasTwin) {
      throw RefusedException.bad(schema.twin());
    }
  }
}
