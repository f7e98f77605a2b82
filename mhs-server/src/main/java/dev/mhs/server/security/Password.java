package dev.mhs.server.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The one user and password that open the door. Both are compared at once and in constant time:
 * what is wrong with a pair cannot be told. Immutable.
 */
public final class Password {
  private static final int MARK_BITS = 256;
  private static final int ROUNDS = 50_000;

  private final String user;
  private final String both;
  private final byte[] digest;

  /**
   * Sets it.
   *
   * @param user the name, without a colon
   * @param pass the password
   */
  public Password(String user, String pass) {
    this.user = user;
    this.both = user + ':' + pass;
    this.digest = RandomId.digest(both.getBytes(StandardCharsets.UTF_8));
  }

  String user() {
    return user;
  }

  /** Tells whether a user and a password, joined by a colon, are the right ones. */
  boolean matches(byte[] userAndPassword) {
    return MessageDigest.isEqual(RandomId.digest(userAndPassword), digest);
  }

  /**
   * Returns what tells whether it is still the same one after a restart, and is slow to make, so
   * that the password cannot be found by trying.
   *
   * @param salt some chance that is kept with it
   */
  byte[] mark(byte[] salt) {
    PBEKeySpec spec = new PBEKeySpec(both.toCharArray(), salt, ROUNDS, MARK_BITS);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException impossible) { // every Java has it
      throw new IllegalStateException(impossible);
    } finally {
      spec.clearPassword();
    }
  }
}
