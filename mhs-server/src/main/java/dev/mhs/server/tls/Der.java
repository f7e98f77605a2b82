package dev.mhs.server.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes ASN.1 in its distinguished encoding: ITU-T X.690. What a certificate needs of it. */
final class Der {
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter GENERALIZED_TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** RFC 5280 §4.1.2.5: from then on the other one. */
  private static final Instant LAST_UTC_TIME = Instant.parse("2050-01-01T00:00:00Z");

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return tagged(SEQUENCE, parts);
  }

  static byte[] set(byte[]... parts) {
    return tagged(SET, parts);
  }

  /** A tag, the length of what follows (§8.1.3), and that. */
  static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(tag);
    writeLength(whole, content.size());
    whole.writeBytes(content.toByteArray());
    return whole.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
      return;
    }
    byte[] bytes = BigInteger.valueOf(length).toByteArray();
    int from = bytes[0] == 0 ? 1 : 0;
    out.write(0x80 | (bytes.length - from));
    out.write(bytes, from, bytes.length - from);
  }

  static byte[] integer(BigInteger value) {
    return tagged(0x02, value.toByteArray());
  }

  static byte[] integer(long value) {
    return integer(BigInteger.valueOf(value));
  }

  static byte[] bool(boolean value) {
    return tagged(0x01, new byte[] {(byte) (value ? 0xff : 0)});
  }

  static byte[] nothing() {
    return tagged(0x05);
  }

  static byte[] octets(byte[] bytes) {
    return tagged(0x04, bytes);
  }

  /** Bits, the last of which leave so many unused in their byte. */
  static byte[] bits(int unused, byte[] bytes) {
    return tagged(0x03, new byte[] {(byte) unused}, bytes);
  }

  static byte[] utf8(String text) {
    return tagged(0x0c, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] time(Instant time) {
    return time.isBefore(LAST_UTC_TIME)
        ? tagged(0x17, UTC_TIME.format(time).getBytes(StandardCharsets.US_ASCII))
        : tagged(0x18, GENERALIZED_TIME.format(time).getBytes(StandardCharsets.US_ASCII));
  }

  /** An object identifier from its dotted form: §8.19. */
  static byte[] oid(String dotted) {
    String[] arcs = dotted.split("\\.", -1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writeArc(out, 40L * Long.parseLong(arcs[0]) + Long.parseLong(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      writeArc(out, Long.parseLong(arcs[i]));
    }
    return tagged(0x06, out.toByteArray());
  }

  /** Seven bits in each byte; all but the last have the eighth set. */
  private static void writeArc(ByteArrayOutputStream out, long arc) {
    int septets = Math.max(1, (64 - Long.numberOfLeadingZeros(arc) + 6) / 7);
    for (int left = septets - 1; left >= 0; left--) {
      int septet = (int) (arc >> (7 * left)) & 0x7f;
      out.write(left == 0 ? septet : septet | 0x80);
    }
  }
}
