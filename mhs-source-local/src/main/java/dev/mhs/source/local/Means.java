package dev.mhs.source.local;

import java.util.Locale;

/** How a device was found; the better means first. */
enum Means {
  /** By nmap. */
  NMAP,
  /** By our own questions and ears on the link. */
  ARP,
  /** In the kernel's neighbor cache, IPv4. */
  NEIGHBOR,
  /** In the kernel's neighbor cache, IPv6. */
  NDP;

  /** Returns the word that {@code scan_method} has for it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
