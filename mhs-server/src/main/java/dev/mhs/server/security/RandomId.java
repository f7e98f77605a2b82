package dev.mhs.server.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Makes what nobody can guess: 256 bits of chance. Only their digest is kept, which needs neither
 * salt nor slowness, since there is nothing that one could try. Any thread.
 */
final class RandomId {
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomId() {}

  /** Returns a new one, in letters, digits, dashes and underscores. */
  static String next() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(BYTES));
  }

  /** Returns so many bytes of chance. */
  static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /** Returns what is kept in its place. */
  static String digest(String id) {
    return HexFormat.of().formatHex(digest(id.getBytes(StandardCharsets.UTF_8)));
  }

  static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) { // every Java has it
      throw new IllegalStateException(impossible);
    }
  }
}
