package dev.mhs.source.local.link;

import dev.mhs.api.MacAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads what DHCP clients ask (RFC 2131 §2, options of RFC 2132). Pure. */
final class LeaseRequests {
  private static final int HARDWARE_ADDRESS = 28;
  private static final int COOKIE = 236;
  private static final int OPTIONS = 240;
  private static final int PAD = 0;
  private static final int END = 255;
  private static final int HOST_NAME = 12;
  private static final int MESSAGE_TYPE = 53;
  private static final int DISCOVER = 1;
  private static final int REQUEST = 3;
  private static final int INFORM = 8;

  private LeaseRequests() {}

  static Optional<Heard> read(byte[] message) {
    boolean isRequest =
        message.length > OPTIONS
            && message[0] == 1 // BOOTREQUEST
            && message[1] == 1 // Ethernet
            && message[2] == 6
            && Octets.two(message, COOKIE) == 0x6382
            && Octets.two(message, COOKIE + 2) == 0x5363;
    if (!isRequest) {
      return Optional.empty();
    }
    MacAddress client = Octets.mac(message, HARDWARE_ADDRESS);
    return client.isDevice() ? options(message, client) : Optional.empty();
  }

  /** Some clients end it with a zero, which is to be taken off (RFC 2132 §2). */
  private static String name(byte[] message, int at, int length) {
    int end = at + length;
    while (end > at && message[end - 1] == 0) {
      end--;
    }
    return new String(message, at, end - at, StandardCharsets.UTF_8);
  }

  private static Optional<Heard> options(byte[] message, MacAddress client) {
    String name = "";
    int type = 0;
    int at = OPTIONS;
    while (at < message.length && (message[at] & 0xff) != END) {
      if (message[at] == PAD) {
        at++;
        continue;
      }
      int length = at + 1 < message.length ? message[at + 1] & 0xff : message.length;
      if (at + 2 + length > message.length) {
        return Optional.empty();
      }
      if (message[at] == MESSAGE_TYPE && length == 1) {
        type = message[at + 2];
      } else if (message[at] == HOST_NAME) {
        name = name(message, at + 2, length);
      }
      at += 2 + length;
    }
    boolean wants = type == DISCOVER || type == REQUEST || type == INFORM;
    return wants && !name.isBlank()
        ? Optional.of(new Heard.LeaseRequest(client, name))
        : Optional.empty();
  }
}
