package dev.mhs.source.local.read;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Tells the addresses of this machine. Any thread. */
@FunctionalInterface
public interface OwnAddresses {
  /**
   * Reads the addresses of all interfaces.
   *
   * @return the addresses; empty without any network
   * @throws IOException when the kernel does not tell
   */
  List<OwnAddress> read() throws IOException;

  /**
   * Returns the reader of this machine's addresses.
   *
   * @return a reader through java.net
   */
  static OwnAddresses ofThisMachine() {
    return () -> {
      List<OwnAddress> found = new ArrayList<>();
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        add(each.getName(), each, found);
        // A labelled address ("eth0:1") is one of the interface before the colon.
        for (NetworkInterface labelled : each.subInterfaces().toList()) {
          add(each.getName(), labelled, found);
        }
      }
      return List.copyOf(found);
    };
  }

  private static void add(String name, NetworkInterface from, List<OwnAddress> found)
      throws UnknownHostException {
    for (InterfaceAddress each : from.getInterfaceAddresses()) {
      InetAddress withoutZone = InetAddress.getByAddress(each.getAddress().getAddress());
      found.add(new OwnAddress(name, withoutZone, each.getNetworkPrefixLength()));
    }
  }
}
