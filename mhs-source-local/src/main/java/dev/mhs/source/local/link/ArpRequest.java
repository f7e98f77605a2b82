package dev.mhs.source.local.link;

import dev.mhs.api.MacAddress;
import java.net.Inet4Address;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes questions for who has an address (RFC 826). Pure. */
final class ArpRequest {
  private static final int SHORTEST_FRAME = 60; // IEEE 802.3 §4.2.3.3, without the checksum
  private static final byte[] QUESTION = {0x08, 0x06, 0, 1, 0x08, 0, 6, 4, 0, 1};

  private ArpRequest() {}

  /**
   * Returns a frame.
   *
   * @param ownMac who asks
   * @param own who asks
   * @param target about whom
   * @param to whom to ask alone (RFC 1122 §2.3.2.1), or null for everybody
   */
  static byte[] frame(
      MacAddress ownMac, Inet4Address own, Inet4Address target, @Nullable MacAddress to) {
    byte[] frame = new byte[SHORTEST_FRAME];
    if (to == null) {
      Arrays.fill(frame, 0, 6, (byte) 0xff);
    } else {
      Octets.putMac(to, frame, 0);
    }
    Octets.putMac(ownMac, frame, 6);
    System.arraycopy(QUESTION, 0, frame, 12, QUESTION.length);
    Octets.putMac(ownMac, frame, 22);
    System.arraycopy(own.getAddress(), 0, frame, 28, 4);
    System.arraycopy(target.getAddress(), 0, frame, 38, 4);
    return frame;
  }
}
