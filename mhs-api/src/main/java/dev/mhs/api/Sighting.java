package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one source said about one device at one time. It is a claim, not yet a {@link Device}.
 *
 * @param mac its link-layer address, or null where none is visible
 * @param addresses its IP addresses, the one to show first; empty only when the MAC is known
 * @param fields the describing texts that the source knows; a field that it does not know is absent
 * @param evidence why the source believes that it is there or not; empty says nothing either way
 * @since 0.1
 */
public record Sighting(
    @Nullable MacAddress mac,
    List<InetAddress> addresses,
    Map<DeviceField, String> fields,
    List<Evidence> evidence) {

  /** Copies the collections and checks that the device is identified at all. */
  public Sighting {
    addresses = List.copyOf(addresses);
    fields = Map.copyOf(fields);
    evidence = List.copyOf(evidence);
    if (mac == null && addresses.isEmpty()) {
      throw new IllegalArgumentException("a sighting needs a MAC or an IP address");
    }
    if (mac != null && !mac.isDevice()) {
      throw new IllegalArgumentException("no device has the MAC address " + mac);
    }
  }

  /**
   * Returns the identity that this sighting alone gives.
   *
   * @return by MAC where there is one, else by the first address
   */
  public DeviceKey key() {
    return mac != null ? new DeviceKey.ByMac(mac) : new DeviceKey.ByAddress(addresses.getFirst());
  }

  /**
   * Starts a sighting of a device with a visible link-layer address.
   *
   * @param mac its address
   * @return a builder
   */
  public static Builder of(MacAddress mac) {
    return new Builder(requireNonNull(mac, "mac is null"));
  }

  /**
   * Starts a sighting of a device of which only an IP address is visible.
   *
   * @param address its address
   * @return a builder
   */
  public static Builder of(InetAddress address) {
    return new Builder(null).address(address);
  }

  /** Collects what a source knows about a device. For one thread. */
  public static final class Builder {
    private final @Nullable MacAddress mac;
    private final List<InetAddress> addresses = new ArrayList<>();
    private final Map<DeviceField, String> fields = new EnumMap<>(DeviceField.class);
    private final List<Evidence> evidence = new ArrayList<>();

    private Builder(@Nullable MacAddress mac) {
      this.mac = mac;
    }

    /**
     * Adds an address, unless it is there already.
     *
     * @param address the address
     * @return this
     */
    public Builder address(InetAddress address) {
      if (!addresses.contains(address)) {
        addresses.add(address);
      }
      return this;
    }

    /**
     * Sets a field, unless the text is null or blank.
     *
     * @param field which field
     * @param text the text, or null when it is not known
     * @return this
     */
    public Builder field(DeviceField field, @Nullable String text) {
      if (text != null && !text.isBlank()) {
        fields.put(field, text);
      }
      return this;
    }

    /**
     * Adds evidence.
     *
     * @param one the evidence
     * @return this
     */
    public Builder evidence(Evidence one) {
      evidence.add(one);
      return this;
    }

    /**
     * Returns the sighting.
     *
     * @return the sighting
     */
    public Sighting build() {
      return new Sighting(mac, addresses, fields, evidence);
    }
  }
}
