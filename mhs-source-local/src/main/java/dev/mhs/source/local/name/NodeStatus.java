package dev.mhs.source.local.name;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The NetBIOS node status request (RFC 1002 §4.2.17) and its response (§4.2.18). Pure. */
final class NodeStatus {
  private static final int STATUS = 0x21;
  private static final int ENTRY = 18;
  private static final int NAME = 15;
  private static final int GROUP_BIT = 0x80;

  /** What Windows writes here depends on its language; the letters of most are the same. */
  private static final Charset NAMES = StandardCharsets.ISO_8859_1;

  private NodeStatus() {}

  /** Returns a question for all names of whoever gets it. */
  static byte[] question(int id) {
    byte[] question = new byte[50];
    question[0] = (byte) (id >> 8);
    question[1] = (byte) id;
    question[5] = 1;
    question[12] = 32;
    Arrays.fill(
        question, 13, 45, (byte) 'A'); // the name "*" and 15 zeros, half-octet by half-octet
    question[13] = 'C';
    question[14] = 'K';
    question[47] = STATUS;
    question[49] = 1;
    return question;
  }

  /**
   * Reads a response.
   *
   * @param message what was received
   * @return the machine's own name: of the unique ones the workstation's; empty when there is none
   */
  static Optional<String> name(byte[] message) {
    int at = afterOwner(message);
    if (at < 0 || at + 11 > message.length || message[at + 1] != STATUS) {
      return Optional.empty();
    }
    int count = message[at + 10] & 0xff;
    for (int index = 0; index < count; index++) {
      int entry = at + 11 + index * ENTRY;
      if (entry + ENTRY > message.length) {
        return Optional.empty();
      }
      boolean isWorkstation = message[entry + NAME] == 0;
      boolean isGroup = (message[entry + NAME + 1] & GROUP_BIT) != 0;
      if (isWorkstation && !isGroup) {
        String name = new String(message, entry, NAME, NAMES).strip();
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /** The owner's name stands first: 34 octets, or a pointer. */
  private static int afterOwner(byte[] message) {
    boolean isAnswer = message.length > 14 && (message[2] & 0x80) != 0 && message[7] > 0;
    if (!isAnswer) {
      return -1;
    }
    if ((message[12] & 0xc0) == 0xc0) {
      return 14;
    }
    return message[12] == 32 ? 12 + 34 : -1;
  }
}
