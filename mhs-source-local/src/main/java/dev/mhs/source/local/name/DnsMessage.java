package dev.mhs.source.local.name;

import dev.mhs.api.IpLiteral;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The little of DNS messages (RFC 1035 §4) that reverse questions and answers need. Pure; a message
 * that contradicts itself has no answers beyond that point.
 */
final class DnsMessage {
  private static final int HEADER = 12;
  private static final int A = 1;
  private static final int PTR = 12;
  private static final int ANSWER_BIT = 0x80;
  private static final int UNICAST_WANTED = 0x8000; // RFC 6762 §5.4
  private static final int MOST_RECORDS = 128;
  private static final int LONGEST_NAME = 255;

  /**
   * A name and what it stands for.
   *
   * @param name the name, without a dot at its end
   * @param address the address that has it
   */
  record Named(String name, InetAddress address) {}

  private final byte[] octets;
  private int at;

  private DnsMessage(byte[] octets) {
    this.octets = octets;
  }

  /** Returns a question for the name of an IPv4 address, to be sent to everybody. */
  static byte[] reverseQuestion(int id, InetAddress address) {
    ByteArrayOutputStream question = new ByteArrayOutputStream();
    question.write(id >> 8);
    question.write(id);
    question.writeBytes(new byte[] {0, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    for (String label : reverseName(address).split("\\.", -1)) {
      question.write(label.length());
      question.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    question.writeBytes(new byte[] {0, 0, PTR, (byte) (UNICAST_WANTED >> 8), 1});
    return question.toByteArray();
  }

  private static String reverseName(InetAddress address) {
    byte[] octets = address.getAddress();
    StringBuilder name = new StringBuilder();
    for (int index = octets.length - 1; index >= 0; index--) {
      name.append(octets[index] & 0xff).append('.');
    }
    return name + "in-addr.arpa";
  }

  /**
   * Reads the names that a message tells: reverse ones and host names with an IPv4 address.
   *
   * @param message what was received
   * @return as many as could be read
   */
  static List<Named> names(byte[] message) {
    List<Named> found = new ArrayList<>();
    if (message.length < HEADER || (message[2] & ANSWER_BIT) == 0) {
      return found;
    }
    try {
      new DnsMessage(message).read(found);
    } catch (IndexOutOfBoundsException cutOff) {
      return found; // what was read before holds
    }
    return found;
  }

  private void read(List<Named> found) {
    int questions = two(4);
    int records = two(6) + two(8) + two(10);
    at = HEADER;
    for (int count = 0; count < Math.min(questions, MOST_RECORDS); count++) {
      skipName();
      at += 4;
    }
    for (int count = 0; count < Math.min(records, MOST_RECORDS); count++) {
      record().ifPresent(found::add);
    }
  }

  private Optional<Named> record() {
    String owner = name(at);
    skipName();
    int type = two(at);
    int length = two(at + 8);
    int data = at + 10;
    at = data + length;
    if (at > octets.length) {
      throw new IndexOutOfBoundsException(at);
    }
    return switch (type) {
      case A -> length == 4 ? named(owner, Arrays.copyOfRange(octets, data, at)) : Optional.empty();
      case PTR -> reversed(owner).map(address -> new Named(name(data), address));
      default -> Optional.empty();
    };
  }

  private static Optional<Named> named(String name, byte[] address) {
    try {
      return Optional.of(new Named(name, InetAddress.getByAddress(address)));
    } catch (UnknownHostException wrongLength) {
      throw new IllegalStateException("four octets are an IPv4 address", wrongLength);
    }
  }

  private static Optional<InetAddress> reversed(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!lower.endsWith(".in-addr.arpa")) {
      return Optional.empty();
    }
    String[] digits = lower.split("\\.", -1);
    if (digits.length != 6) {
      return Optional.empty();
    }
    return IpLiteral.parse(digits[3] + "." + digits[2] + "." + digits[1] + "." + digits[0]);
  }

  private void skipName() {
    while (true) {
      int length = octets[at] & 0xff;
      at++;
      if (length >= 0xc0) {
        at++;
        return;
      }
      if (length == 0) {
        return;
      }
      at += length;
    }
  }

  /** Follows pointers backwards only, so that no message leads in a circle. */
  private String name(int from) {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    int place = from;
    int lowest = from;
    while (true) {
      int length = octets[place] & 0xff;
      if (length >= 0xc0) {
        int target = ((length & 0x3f) << 8) | (octets[place + 1] & 0xff);
        if (target >= lowest) {
          throw new IndexOutOfBoundsException(target);
        }
        lowest = target;
        place = target;
        continue;
      }
      if (length == 0) {
        return name.toString(StandardCharsets.UTF_8);
      }
      if (length > 63 || name.size() + length >= LONGEST_NAME || place + length >= octets.length) {
        throw new IndexOutOfBoundsException(place);
      }
      if (name.size() > 0) {
        name.write('.');
      }
      name.write(octets, place + 1, length);
      place += length + 1;
    }
  }

  private int two(int place) {
    return ((octets[place] & 0xff) << 8) | (octets[place + 1] & 0xff);
  }
}
