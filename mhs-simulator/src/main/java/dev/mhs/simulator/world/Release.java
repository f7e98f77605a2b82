package dev.mhs.simulator.world;

/**
 * A version of RouterOS 7 as far as its answers differ. Origin of the differences: ROUTEROS console
 * schemas 7.9.2 to 7.24 and the official manual; which of two spellings belongs to which version is
 * partly known from single sightings only, so each is held by at least one version here.
 */
public enum Release {
  /** Singletons as arrays, wireless menus, port inside the address, no IPv6 counters. */
  V7_10("7.10.2 (stable)"),
  /** The wifi menus, ports apart, {@code DHCP} in capitals, no IPv6 counters. */
  V7_16("7.16.2 (stable)"),
  /** IPv6 with counters and FastTrack. */
  V7_20("7.20.8 (long-term)"),
  /** As 7.20, with a few keys more. */
  V7_22("7.22.3 (stable)");

  private final String text;

  Release(String text) {
    this.text = text;
  }

  /**
   * Returns what {@code /system/resource} says.
   *
   * @return such as {@code 7.16.2 (stable)}
   */
  public String text() {
    return text;
  }

  /**
   * Tells whether menus with one item answer with an array.
   *
   * @return whether they do, as up to 7.10
   */
  public boolean wrapsSingletons() {
    return this == V7_10;
  }

  /**
   * Tells whether the port stands inside the address of a connection.
   *
   * @return whether it does
   */
  public boolean joinsPorts() {
    return this == V7_10;
  }

  /**
   * Tells whether radios are those of the package wireless.
   *
   * @return whether they are, as up to 7.12
   */
  public boolean hasWireless() {
    return this == V7_10;
  }

  /**
   * Tells whether ids come although {@code .proplist} does not name them.
   *
   * @return whether they do
   */
  public boolean addsIds() {
    return this == V7_10 || this == V7_16;
  }

  /**
   * Tells whether the flag of an ARP entry is written {@code DHCP}.
   *
   * @return whether it is, else {@code dhcp}
   */
  public boolean shoutsDhcp() {
    return this == V7_10 || this == V7_16;
  }

  /**
   * Tells whether IPv6 connections have byte counters.
   *
   * @return whether they do
   */
  public boolean countsSix() {
    return this == V7_20 || this == V7_22;
  }

  /**
   * Tells whether IPv6 has FastTrack.
   *
   * @return whether it does, as from 7.18
   */
  public boolean fastTracksSix() {
    return this == V7_20 || this == V7_22;
  }

  /**
   * Tells whether months are written as words.
   *
   * @return whether dates are {@code mar/02/2026}, else {@code 2026-03-02}
   */
  public boolean writesMonths() {
    return this == V7_10;
  }

  /**
   * Tells whether tables carry {@code vrf}.
   *
   * @return whether they do
   */
  public boolean namesVrf() {
    return this == V7_22;
  }
}
