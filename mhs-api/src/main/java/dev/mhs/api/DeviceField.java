package dev.mhs.api;

/**
 * A describing text of a device that more than one source may know.
 *
 * @since 0.1
 */
public enum DeviceField {
  /** The name that the user gave it; only the core sets it, it beats {@link #HOSTNAME}. */
  ALIAS,
  /** The name by which the network knows it; often chosen by the device itself: untrusted text. */
  HOSTNAME,
  /** The maker, by the OUI of the MAC address or as the device says itself. */
  VENDOR,
  /** The layer-3 interface behind which it was seen, such as {@code bridge} or {@code eth0}. */
  INTERFACE,
  /** The physical port of a router or switch behind which it hangs, such as {@code ether3}. */
  PORT,
  /** The name of the wireless network it is associated with. */
  SSID,
  /** A remark about it that somebody wrote on the router. */
  COMMENT,
  /** The state of its DHCP lease in the server's own words, such as {@code bound}. */
  LEASE_STATUS,
  /** How it was found, such as {@code arp} or {@code mikrotik_api}. */
  SCAN_METHOD
}
