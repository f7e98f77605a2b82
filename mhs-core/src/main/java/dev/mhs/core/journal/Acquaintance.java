package dev.mhs.core.journal;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.DeviceKey;
import java.net.InetAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A device that was met, and what was last told of it.
 *
 * @param device the device
 * @param metAt when it was met for the first time
 * @param isThere whether it is there, as far as was told; null when that was never known
 * @param changedAt when it last came or went, or when it was met
 * @param address the IPv4 address it had last, or null
 * @param absence what becomes of its departure
 * @param lastTold when an alert last told that it had gone, or null
 * @param timesTold how many alerts told so in a row without a long rest
 */
public record Acquaintance(
    DeviceKey device,
    Instant metAt,
    @Nullable Boolean isThere,
    Instant changedAt,
    @Nullable InetAddress address,
    Absence absence,
    @Nullable Instant lastTold,
    int timesTold)
    implements Entry {
  /** What becomes of a departure. */
  public enum Absence {
    /** It has not left. */
    NONE,
    /** It has left, and if it stays away somebody wants to know. */
    OPEN,
    /** It has left, and that was told. */
    TOLD,
    /** It has left, and nobody wanted to know. */
    EXCUSED
  }

  /** Checks that nothing needed is missing. */
  public Acquaintance {
    requireNonNull(device, "device is null");
    requireNonNull(metAt, "metAt is null");
    requireNonNull(changedAt, "changedAt is null");
    requireNonNull(absence, "absence is null");
  }

  /**
   * Returns the id of a device's acquaintance.
   *
   * @param device the device
   * @return the id
   */
  public static Id idOf(DeviceKey device) {
    return new Id(Kind.ACQUAINTANCE, device.toString());
  }

  @Override
  public Id id() {
    return idOf(device);
  }

  /**
   * Returns a device that is met now.
   *
   * @param device the device
   * @param now the time
   * @param isThere whether it is there, or null
   * @param address its address, or null
   * @return the acquaintance
   */
  public static Acquaintance made(
      DeviceKey device, Instant now, @Nullable Boolean isThere, @Nullable InetAddress address) {
    return new Acquaintance(device, now, isThere, now, address, Absence.NONE, null, 0);
  }

  /**
   * Returns it under another key.
   *
   * @param key the new key
   * @return the acquaintance
   */
  public Acquaintance of(DeviceKey key) {
    return new Acquaintance(key, metAt, isThere, changedAt, address, absence, lastTold, timesTold);
  }

  /**
   * Returns it at another address.
   *
   * @param now the new address, or null
   * @return the acquaintance
   */
  public Acquaintance at(@Nullable InetAddress now) {
    return new Acquaintance(device, metAt, isThere, changedAt, now, absence, lastTold, timesTold);
  }

  /**
   * Returns it as being there.
   *
   * @param now the time
   * @return the acquaintance
   */
  public Acquaintance there(Instant now) {
    return new Acquaintance(device, metAt, true, now, address, Absence.NONE, lastTold, timesTold);
  }

  /**
   * Returns it as being gone.
   *
   * @param now the time
   * @param becomes what becomes of that
   * @return the acquaintance
   */
  public Acquaintance gone(Instant now, Absence becomes) {
    return new Acquaintance(device, metAt, false, now, address, becomes, lastTold, timesTold);
  }

  /**
   * Returns it after its departure was told.
   *
   * @param now the time
   * @param times how many times in a row
   * @return the acquaintance
   */
  public Acquaintance told(Instant now, int times) {
    return new Acquaintance(device, metAt, isThere, changedAt, address, Absence.TOLD, now, times);
  }

  /**
   * Returns it with its departure excused.
   *
   * @return the acquaintance
   */
  public Acquaintance excused() {
    return new Acquaintance(
        device, metAt, isThere, changedAt, address, Absence.EXCUSED, lastTold, timesTold);
  }
}
