package dev.mhs.source.local.sweep;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mhs.api.IpLiteral;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class UdpProbeSocketTest {
  @Test
  void aProbeLeavesAndTheSocketMayBeUsedAgainAfterClosing() {
    Probe toSelf = new Probe(IpLiteral.of("127.0.0.1"), IpLiteral.of("127.0.0.2"), "lo", true);
    UdpProbeSocket socket = new UdpProbeSocket();

    assertDoesNotThrow(() -> socket.send(toSelf));
    socket.close();
    assertDoesNotThrow(() -> socket.send(toSelf));
    socket.close();
  }

  @Test
  void anAddressThatIsNotOursIsARefusal() {
    Probe foreign = new Probe(IpLiteral.of("198.51.100.7"), IpLiteral.of("127.0.0.2"), "lo", true);
    try (UdpProbeSocket socket = new UdpProbeSocket()) {
      assertThrows(IOException.class, () -> socket.send(foreign));
    }
  }
}
