package dev.mhs.server.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a message for sending (RFC 6455 §5.4). Helidon copies each frame for each client, into a
 * buffer that grows to the longest one and stays as long as the connection: a household of 500
 * devices in one frame would hold half a megabyte for every client.
 */
final class Pieces {
  /** In characters; some more bytes in UTF-8. */
  static final int LONGEST = 16 * 1024;

  private Pieces() {}

  /** Returns the pieces in order, at least one; no character is torn. */
  static List<String> of(String message) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    do {
      int to = Math.min(from + LONGEST, message.length());
      if (to < message.length() && Character.isHighSurrogate(message.charAt(to - 1))) {
        to--;
      }
      pieces.add(message.substring(from, to));
      from = to;
    } while (from < message.length());
    return List.copyOf(pieces);
  }

  /** Returns the pieces in order, at least one. */
  static List<byte[]> of(byte[] message) {
    List<byte[]> pieces = new ArrayList<>();
    int from = 0;
    do {
      int to = Math.min(from + LONGEST, message.length);
      pieces.add(Arrays.copyOfRange(message, from, to));
      from = to;
    } while (from < message.length);
    return List.copyOf(pieces);
  }
}
