package dev.mhs.server.wire;

import jakarta.json.stream.JsonGenerator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes what changed between two updates as the {@code delta} message of {@code docs/rest-api.md}.
 * It knows which lists have keys and what follows from the rest; everything else is compared as it
 * comes, so that a new field needs no line here.
 */
final class DeltaJson {
  /** Written in every message. */
  private static final Set<String> ALWAYS = Set.of("type", "seq", "ts");

  /** Follows from the devices. */
  private static final String SEEN_TIMES = "seen_times";

  private static final String DEVICES = "devices";
  private static final String KEY = "key";
  private static final String PORTS = "ports";
  private static final String BOXES = "boxes";

  private final Fields before;
  private final Fields after;

  private DeltaJson(Fields before, Fields after) {
    this.before = before;
    this.after = after;
  }

  /**
   * Returns the message in UTF-8, or empty when only a whole update can tell what changed.
   *
   * @param before the fields of the last update
   * @param after the fields of the next
   */
  static Optional<byte[]> between(Fields before, Fields after) {
    return before.isLike(after)
            && hasKeys(before)
            && hasKeys(after)
            && hasNoEmptyEntry(before)
            && hasNoEmptyEntry(after)
        ? Optional.of(JsonFields.written(new DeltaJson(before, after)::write))
        : Optional.empty();
  }

  private static boolean hasKeys(Fields update) {
    List<String> keys = keys(update.objects(DEVICES), KEY);
    return new HashSet<>(keys).size() == keys.size();
  }

  /** A null in these would be taken for an entry that is gone. */
  private static boolean hasNoEmptyEntry(Fields update) {
    for (int i = 0; i < update.size(); i++) {
      if (update.value(i) instanceof Fields entries && !update.name(i).equals(PORTS)) {
        for (int entry = 0; entry < entries.size(); entry++) {
          if (entries.value(entry) == null) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private void write(JsonGenerator out) {
    WrittenFields fields = new WrittenFields(out);
    out.writeStartObject();
    out.write("type", "delta");
    fields.kept("seq", after.get("seq"));
    fields.kept("ts", after.get("ts"));
    for (int i = 0; i < after.size(); i++) {
      field(out, fields, i);
    }
    out.writeEnd();
  }

  private void field(JsonGenerator out, WrittenFields fields, int index) {
    String name = after.name(index);
    Object was = before.value(index);
    Object is = after.value(index);
    if (ALWAYS.contains(name) || name.equals(SEEN_TIMES) || Objects.equals(was, is)) {
      return;
    }
    if (name.equals(DEVICES)) {
      devices(out);
    } else if (name.equals(PORTS)) {
      ports(out, (Fields) Objects.requireNonNull(was), (Fields) Objects.requireNonNull(is));
    } else if (was instanceof Fields old && is instanceof Fields now) {
      entries(out, name, old, now);
    } else {
      fields.kept(name, is);
    }
  }

  private void devices(JsonGenerator out) {
    Map<String, Fields> old = byName(before.objects(DEVICES), KEY);
    List<Fields> now = after.objects(DEVICES);
    changes(out, DEVICES, KEY, old, now);
    List<String> expected = new ArrayList<>(old.keySet());
    List<String> keys = keys(now, KEY);
    Set<String> there = new HashSet<>(keys);
    List<String> removed = expected.stream().filter(key -> !there.contains(key)).toList();
    if (!removed.isEmpty()) {
      texts(out, "removed", removed);
    }
    expected.retainAll(there);
    keys.stream().filter(key -> !old.containsKey(key)).forEach(expected::add);
    if (!expected.equals(keys)) {
      texts(out, "order", keys);
    }
  }

  /** The same boxes with the same ports tell what changed; otherwise all of them are told anew. */
  private static void ports(JsonGenerator out, Fields was, Fields is) {
    List<Fields> old = was.objects(BOXES);
    List<Fields> now = is.objects(BOXES);
    if (!places(old).equals(places(now)) || !areUnique(now)) {
      new WrittenFields(out).kept(PORTS, is);
      return;
    }
    out.writeStartObject(BOXES);
    for (int i = 0; i < now.size(); i++) {
      if (!old.get(i).equals(now.get(i))) {
        box(out, old.get(i), now.get(i));
      }
    }
    out.writeEnd();
  }

  private static void box(JsonGenerator out, Fields was, Fields is) {
    out.writeStartObject(is.text("id"));
    for (int i = 0; i < is.size(); i++) {
      if (is.name(i).equals(PORTS)) {
        changes(out, PORTS, "name", byName(was.objects(PORTS), "name"), is.objects(PORTS));
      } else if (!Objects.equals(was.get(is.name(i)), is.value(i))) {
        new WrittenFields(out).kept(is.name(i), is.value(i));
      }
    }
    out.writeEnd();
  }

  private static List<List<String>> places(List<Fields> boxes) {
    List<List<String>> places = new ArrayList<>();
    for (Fields box : boxes) {
      places.add(List.of(box.text("id")));
      places.add(keys(box.objects(PORTS), "name"));
    }
    return places;
  }

  private static boolean areUnique(List<Fields> boxes) {
    Set<String> ids = new HashSet<>(keys(boxes, "id"));
    return ids.size() == boxes.size()
        && boxes.stream()
            .map(box -> keys(box.objects(PORTS), "name"))
            .allMatch(names -> new HashSet<>(names).size() == names.size());
  }

  /** Writes the changed fields of each object that changed, and all fields of a new one. */
  private static void changes(
      JsonGenerator out, String name, String key, Map<String, Fields> old, List<Fields> now) {
    boolean any = false;
    for (Fields is : now) {
      Fields was = old.get(is.text(key));
      if (is.equals(was)) {
        continue;
      }
      if (!any) {
        out.writeStartObject(name);
        any = true;
      }
      out.writeStartObject(is.text(key));
      changed(new WrittenFields(out), was, is);
      out.writeEnd();
    }
    if (any) {
      out.writeEnd();
    }
  }

  private static void changed(WrittenFields out, @Nullable Fields was, Fields is) {
    boolean alike = was != null && was.isLike(is);
    for (int i = 0; i < is.size(); i++) {
      if (was == null || !alike || !Objects.equals(was.value(i), is.value(i))) {
        out.kept(is.name(i), is.value(i));
      }
    }
  }

  /** Writes the entries that changed; null stands for one that is gone. */
  private static void entries(JsonGenerator out, String name, Fields was, Fields is) {
    Map<String, Object> old = entries(was);
    Map<String, Object> now = entries(is);
    WrittenFields fields = new WrittenFields(out);
    out.writeStartObject(name);
    now.forEach(
        (entry, value) -> {
          if (!value.equals(old.get(entry))) {
            fields.kept(entry, value);
          }
        });
    old.keySet().stream().filter(entry -> !now.containsKey(entry)).forEach(out::writeNull);
    out.writeEnd();
  }

  private static Map<String, Object> entries(Fields fields) {
    Map<String, Object> entries = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> {
          if (value != null) {
            entries.put(name, value);
          }
        });
    return entries;
  }

  private static void texts(JsonGenerator out, String name, List<String> texts) {
    out.writeStartArray(name);
    texts.forEach(out::write);
    out.writeEnd();
  }

  private static List<String> keys(List<Fields> objects, String key) {
    return objects.stream().map(object -> object.text(key)).toList();
  }

  private static Map<String, Fields> byName(List<Fields> objects, String key) {
    Map<String, Fields> byName = new LinkedHashMap<>();
    objects.forEach(object -> byName.put(object.text(key), object));
    return byName;
  }
}
