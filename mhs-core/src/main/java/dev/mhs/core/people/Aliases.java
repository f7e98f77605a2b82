package dev.mhs.core.people;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceField;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.SourceId;
import dev.mhs.api.Sourced;
import dev.mhs.core.journal.Alias;
import dev.mhs.core.text.PlainText;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that people gave to devices. They beat what any source says. Thread-safe. */
public final class Aliases {
  /** So many devices may have a name. */
  public static final int MOST = 4096;

  /** So many characters may a name have. */
  public static final int LONGEST = 64;

  /** Who said it, as the origin of a field. */
  public static final SourceId PERSON = new SourceId("user");

  private final Decisions<Alias> names = new Decisions<>(MOST, Alias::device, Alias::of);

  /** Makes an empty book of names. */
  public Aliases() {}

  /**
   * Returns a name as it will be shown.
   *
   * @param text what was typed
   * @return the cleaned name, or null when nothing of it can be seen
   */
  public static @Nullable String clean(String text) {
    return PlainText.clean(text, Integer.MAX_VALUE);
  }

  /**
   * Tells whether a cleaned name is short enough.
   *
   * @param name the name
   * @return whether it is
   */
  public static boolean isShortEnough(String name) {
    return name.codePointCount(0, name.length()) <= LONGEST;
  }

  /**
   * Gives a device a name.
   *
   * @param alias the name
   * @return whether there was room for one more
   */
  public boolean give(Alias alias) {
    return names.put(alias);
  }

  /**
   * Takes a device's name away.
   *
   * @param device the device
   */
  public void take(DeviceKey device) {
    names.remove(device);
  }

  /**
   * Returns the name of a device.
   *
   * @param device the device
   * @return the name, or null when it has none
   */
  public @Nullable Alias of(DeviceKey device) {
    return names.of(device);
  }

  /**
   * Returns all names.
   *
   * @return the names in no order
   */
  public List<Alias> all() {
    return names.all();
  }

  /**
   * Takes over what earlier runs have left; what was decided since stands.
   *
   * @param earlier the names
   */
  public void read(Collection<Alias> earlier) {
    names.read(earlier);
  }

  /**
   * Gives a name to the same device under the key by which it is known now.
   *
   * @param before the old key
   * @param now the new key
   * @return the name under its new key, or null when it has none or another one already
   */
  public @Nullable Alias rename(DeviceKey before, DeviceKey now) {
    return names.rename(before, now);
  }

  /**
   * Returns a device under the name that people gave it.
   *
   * @param device the device
   * @return the same with its alias, or without any when it has none
   */
  public Device named(Device device) {
    Alias alias = of(device.key());
    if (alias == null && !device.fields().containsKey(DeviceField.ALIAS)) {
      return device;
    }
    Map<DeviceField, Sourced<String>> fields = new EnumMap<>(DeviceField.class);
    fields.putAll(device.fields());
    fields.remove(DeviceField.ALIAS);
    if (alias != null) {
      fields.put(DeviceField.ALIAS, new Sourced<>(alias.name(), PERSON, alias.at()));
    }
    return new Device(
        device.key(),
        device.mac(),
        device.addresses(),
        fields,
        device.presence(),
        device.firstSeen(),
        device.lastSeen(),
        device.evidence());
  }
}
