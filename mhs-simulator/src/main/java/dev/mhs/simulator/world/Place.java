package dev.mhs.simulator.world;

/**
 * Where a device is plugged in or associated.
 *
 * @param box at the router or at the switch
 * @param port such as {@code ether3}; a radio is {@code wifi1} whatever the version calls it
 */
public record Place(Where box, String port) {
  /** Which box. */
  public enum Where {
    /** The router. */
    ROUTER,
    /** The switch. */
    SWITCH
  }

  /** Tells whether it is in the air. */
  boolean isWifi() {
    return port.startsWith("wifi");
  }

  /** At the router. */
  public static Place router(String port) {
    return new Place(Where.ROUTER, port);
  }

  /** At the switch. */
  public static Place atSwitch(String port) {
    return new Place(Where.SWITCH, port);
  }
}
