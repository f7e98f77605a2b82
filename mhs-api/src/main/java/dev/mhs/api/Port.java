package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A socket of a box, or an interface that stands for one.
 *
 * <p>Viewpoint: the port's own. What a LAN port transmits is its device's download; what the WAN
 * port receives is the household's download.
 *
 * @param name its name, unique within its box, such as {@code ether1}
 * @param type what kind it is, such as {@code ether}, {@code sfp}, {@code wifi}, {@code bridge}
 * @param link whether it has a link
 * @param linkSpeed the negotiated capacity, or null when it is not known
 * @param mac its own address, or null when it has none
 * @param comment its owner's remark, or null
 * @param wan whether the household's line is behind it
 * @param counters its counters, or null when it has none
 * @param defaultName the name that its maker gave it, or null when the box does not say
 * @since 0.1
 */
public record Port(
    String name,
    String type,
    Link link,
    @Nullable BitRate linkSpeed,
    @Nullable MacAddress mac,
    @Nullable String comment,
    boolean wan,
    @Nullable Counters counters,
    @Nullable String defaultName) {
  /** Whether a port has a link to its peer. */
  public enum Link {
    /** It has. */
    UP,
    /** It has not: unplugged, or switched off. */
    DOWN,
    /** The box does not tell. */
    UNKNOWN
  }

  /**
   * Cumulative counters of a port.
   *
   * @param rxBytes bytes received by the port
   * @param txBytes bytes transmitted by the port
   * @param width the width of the byte counters
   * @param epoch changes whenever the counters began anew
   * @param rxErrors frames received with errors, or null when not counted
   * @param txErrors frames not transmitted because of errors, or null when not counted
   */
  public record Counters(
      long rxBytes,
      long txBytes,
      CounterWidth width,
      long epoch,
      @Nullable Long rxErrors,
      @Nullable Long txErrors) {
    /** Checks the counters. */
    public Counters {
      requireNonNull(width, "width is null");
      if (rxBytes < 0 || txBytes < 0) {
        throw new IllegalArgumentException(
            "negative bytes: " + rxBytes + " rx, " + txBytes + " tx");
      }
    }
  }

  /** Checks that nothing needed is missing. */
  public Port {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(link, "link is null");
  }

  /**
   * Makes a port of which only one name is known.
   *
   * @param name its name, unique within its box
   * @param type what kind it is
   * @param link whether it has a link
   * @param linkSpeed the negotiated capacity, or null when it is not known
   * @param mac its own address, or null when it has none
   * @param comment its owner's remark, or null
   * @param wan whether the household's line is behind it
   * @param counters its counters, or null when it has none
   */
  public Port(
      String name,
      String type,
      Link link,
      @Nullable BitRate linkSpeed,
      @Nullable MacAddress mac,
      @Nullable String comment,
      boolean wan,
      @Nullable Counters counters) {
    this(name, type, link, linkSpeed, mac, comment, wan, counters, null);
  }

  /**
   * Returns this port as one that is not the household's line.
   *
   * @return the same port without the mark
   */
  public Port withoutWan() {
    return new Port(name, type, link, linkSpeed, mac, comment, false, counters, defaultName);
  }
}
