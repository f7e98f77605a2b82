package dev.mhs.core.event;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.DeviceState;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Presence;
import dev.mhs.api.Snapshot;
import dev.mhs.core.journal.Acquaintance;
import dev.mhs.core.journal.Acquaintance.Absence;
import dev.mhs.core.journal.Event;
import dev.mhs.core.journal.EventKind;
import dev.mhs.core.journal.Portrait;
import dev.mhs.core.session.SessionChange;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who came, who left, who is new and who has another address.
 *
 * <p>Devices come and go with their sessions; whatever those tell apart (an outage, a restart, a
 * device that sleeps) is no coming or going here either. What was told once is not told again: a
 * device that is there already does not join.
 */
public final class DeviceChanges {
  private final Map<DeviceKey, Acquaintance> known;
  private final Snapshot snapshot;
  private final Instant now;
  private final boolean isLearning;
  private final Map<DeviceKey, Device> devices = new LinkedHashMap<>();
  private final Set<InetAddress> held = new HashSet<>();
  private final List<Event> events = new ArrayList<>();
  private final Map<DeviceKey, Acquaintance> met = new LinkedHashMap<>();
  private final Map<DeviceKey, DeviceKey> renamed = new HashMap<>();

  private DeviceChanges(Map<DeviceKey, Acquaintance> known, Snapshot snapshot, boolean isLearning) {
    this.known = known;
    this.snapshot = snapshot;
    this.now = snapshot.at();
    this.isLearning = isLearning;
  }

  /**
   * What happened.
   *
   * @param events the events, without numbers
   * @param met the acquaintances that are new or have changed
   * @param renamed devices that are known by another key now: the old key, then the new one
   */
  public record Result(
      List<Event> events, List<Acquaintance> met, Map<DeviceKey, DeviceKey> renamed) {}

  /**
   * Tells what happened to devices. Pure.
   *
   * @param known everybody who was met, by key
   * @param snapshot what is now
   * @param sessions what became of sessions since the last snapshot
   * @param isLearning whether devices that were never met count as met long ago
   * @return what happened
   */
  public static Result between(
      Map<DeviceKey, Acquaintance> known,
      Snapshot snapshot,
      List<SessionChange> sessions,
      boolean isLearning) {
    DeviceChanges changes = new DeviceChanges(known, snapshot, isLearning);
    changes.find(sessions);
    return new Result(
        List.copyOf(changes.events),
        List.copyOf(changes.met.values()),
        Map.copyOf(changes.renamed));
  }

  private void find(List<SessionChange> sessions) {
    snapshot.devices().forEach(state -> devices.put(state.device().key(), state.device()));
    known.values().forEach(this::noteAddress);
    snapshot.devices().stream().map(DeviceState::device).forEach(this::look);
    for (SessionChange change : sessions) {
      DeviceKey key = change.session().device();
      switch (change) {
        case SessionChange.Opened opened -> came(key);
        case SessionChange.Closed closed -> left(key);
        case SessionChange.Corrected corrected -> {}
      }
    }
  }

  private void noteAddress(Acquaintance one) {
    if (one.address() != null && one.device() instanceof DeviceKey.ByMac) {
      held.add(one.address());
    }
  }

  private @Nullable Acquaintance of(DeviceKey key) {
    Acquaintance changed = met.get(key);
    return changed == null ? known.get(key) : changed;
  }

  private void look(Device device) {
    Acquaintance before = of(device.key());
    if (before == null) {
      before = sameAs(device);
    }
    if (before != null) {
      move(device, before);
    } else if (isLearning && !isKnownByMac(device.key())) {
      Boolean isThere = device.presence() == Presence.ONLINE ? Boolean.TRUE : null;
      meet(device, isThere);
    }
  }

  private void meet(Device device, @Nullable Boolean isThere) {
    met.put(device.key(), Acquaintance.made(device.key(), now, isThere, v4(device, null)));
  }

  /** A device that was known by its address alone until its MAC address could be seen. */
  private @Nullable Acquaintance sameAs(Device device) {
    if (!(device.key() instanceof DeviceKey.ByMac)) {
      return null;
    }
    for (InetAddress address : device.addresses()) {
      DeviceKey alone = new DeviceKey.ByAddress(address);
      Acquaintance before = known.get(alone);
      if (before != null && !devices.containsKey(alone) && !renamed.containsKey(alone)) {
        renamed.put(alone, device.key());
        Acquaintance same = before.of(device.key());
        met.put(device.key(), same);
        return same;
      }
    }
    return null;
  }

  /** Who answers now may not see the MAC address of a device that was met with it. */
  private boolean isKnownByMac(DeviceKey key) {
    return key instanceof DeviceKey.ByAddress(InetAddress address) && held.contains(address);
  }

  private void came(DeviceKey key) {
    Device device = devices.get(key);
    if (device == null) {
      return;
    }
    Acquaintance before = of(key);
    if (before == null) {
      if (!isKnownByMac(key)) {
        meet(device, true);
        events.add(Event.of(now, EventKind.NEW_DEVICE, Portrait.of(device)));
      }
    } else if (!Boolean.TRUE.equals(before.isThere())) {
      met.put(key, before.there(now));
      if (before.isThere() != null) {
        events.add(Event.of(now, EventKind.JOINED, Portrait.of(device)));
      }
    }
  }

  private void left(DeviceKey key) {
    Acquaintance before = of(key);
    if (before == null || Boolean.FALSE.equals(before.isThere())) {
      return;
    }
    Device device = devices.get(key);
    met.put(key, before.gone(now, device == null ? Absence.EXCUSED : Absence.OPEN));
    Portrait portrait =
        device == null
            ? new Portrait(key, null, null, null, before.address())
            : Portrait.of(device);
    events.add(Event.of(now, EventKind.LEFT, portrait));
  }

  private void move(Device device, Acquaintance before) {
    InetAddress was = before.address();
    InetAddress is = v4(device, was);
    if (is == null || Objects.equals(was, is)) {
      return;
    }
    met.put(device.key(), before.at(is));
    if (was != null && device.key() instanceof DeviceKey.ByMac) {
      events.add(
          Event.of(now, EventKind.ADDRESS_CHANGED, Portrait.of(device))
              .changed(IpLiteral.text(was), IpLiteral.text(is), null));
    }
  }

  /** The address it had, where it still has that one, else another, else null. */
  private static @Nullable InetAddress v4(Device device, @Nullable InetAddress before) {
    if (before != null && device.addresses().contains(before)) {
      return before;
    }
    return device.addresses().stream()
        .filter(Inet4Address.class::isInstance)
        .findFirst()
        .orElse(null);
  }
}
