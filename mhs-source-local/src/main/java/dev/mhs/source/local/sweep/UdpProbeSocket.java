package dev.mhs.source.local.sweep;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Sends an empty UDP datagram to the discard port (RFC 863) from a socket bound to our own address
 * on the interface. What comes back is never read.
 */
public final class UdpProbeSocket implements ProbeSocket {
  private static final int DISCARD = 9;
  private static final byte[] NOTHING = new byte[0];

  private final Map<InetAddress, DatagramSocket> sockets = new HashMap<>();

  @Override
  public void send(Probe probe) throws IOException {
    DatagramSocket socket = sockets.get(probe.from());
    if (socket == null) {
      socket = new DatagramSocket(new InetSocketAddress(probe.from(), 0));
      sockets.put(probe.from(), socket);
    }
    socket.send(new DatagramPacket(NOTHING, 0, probe.target(), DISCARD));
  }

  @Override
  public void close() {
    sockets.values().forEach(DatagramSocket::close);
    sockets.clear();
  }
}
