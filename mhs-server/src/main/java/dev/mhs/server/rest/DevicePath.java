package dev.mhs.server.rest;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.DeviceState;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Snapshot;
import io.helidon.webserver.http.ServerRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/** Finds the device that a path names, by a MAC address in any usual spelling or an IP address. */
final class DevicePath {
  private DevicePath() {}

  /** Returns the key that a path parameter spells, or fails with 400. */
  static DeviceKey key(ServerRequest request, String parameter) {
    String text = request.path().pathParameters().get(parameter);
    return DeviceKey.parse(text)
        .orElseThrow(
            () -> new Problem(400, "That is neither an IP nor a MAC address: " + shown(text)));
  }

  /** Returns the device that the path parameter {@code device} names, or fails with 400 or 404. */
  static Device device(ServerRequest request, Snapshot snapshot) {
    DeviceKey asked = key(request, "device");
    return find(snapshot, asked)
        .map(DeviceState::device)
        .orElseThrow(() -> new Problem(404, "No device has the address " + asked + "."));
  }

  /** Returns the device that has a key or an address now, or empty when there is none. */
  static Optional<DeviceState> find(Snapshot snapshot, DeviceKey key) {
    return snapshot.devices().stream().filter(state -> matches(state, key)).findFirst();
  }

  private static boolean matches(DeviceState state, DeviceKey key) {
    return state.device().key().equals(key)
        || (key instanceof DeviceKey.ByAddress(InetAddress address)
            && state.device().addresses().contains(address));
  }

  /**
   * Returns the key of a device that people may decide about: one that is known, or one that may
   * come; or fails with 400 or 404.
   */
  static DeviceKey decidable(Snapshot snapshot, DeviceKey key) {
    Optional<DeviceState> known = find(snapshot, key);
    if (known.isPresent()) {
      return known.get().device().key();
    }
    if (key instanceof DeviceKey.ByMac(MacAddress mac)) {
      if (!mac.isDevice()) {
        throw new Problem(400, "No device can have the MAC address " + mac + ".");
      }
      return key;
    }
    throw unknown(key);
  }

  /** Returns what to say about an address that no device has. */
  static Problem unknown(DeviceKey key) {
    return key instanceof DeviceKey.ByAddress(InetAddress address) && !isPrivate(address)
        ? new Problem(400, IpLiteral.text(address) + " is no address of this network.")
        : new Problem(404, "No device has the address " + key + ".");
  }

  /** RFC 1918, RFC 3927, RFC 4193, RFC 4291 §2.4. */
  private static boolean isPrivate(InetAddress address) {
    boolean uniqueLocal =
        address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
    return address.isSiteLocalAddress() || address.isLinkLocalAddress() || uniqueLocal;
  }

  private static String shown(String text) {
    String safe = text.replaceAll("[^\\p{Graph} ]", "?");
    return '"' + (safe.length() > 60 ? safe.substring(0, 60) + "…" : safe) + '"';
  }
}
