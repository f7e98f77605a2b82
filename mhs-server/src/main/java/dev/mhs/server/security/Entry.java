package dev.mhs.server.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides about one request from its headers. Pure but for the password that it holds. Any thread.
 */
public final class Entry {
  /** What was decided. */
  public enum Verdict {
    /** Come in. */
    WELCOME,
    /** The {@code Host} header names somebody else. */
    FOREIGN_HOST,
    /** The request was made by a page that is not ours. */
    FOREIGN_ORIGIN,
    /** A password is set, and none or a wrong one was given. */
    NOT_SIGNED_IN
  }

  /**
   * What is known of a request.
   *
   * @param host the {@code Host} header, or null
   * @param origin the {@code Origin} header, or null
   * @param fetchSite the {@code Sec-Fetch-Site} header, or null
   * @param authorization the {@code Authorization} header, or null
   * @param changes whether it may change something, or opens the live view
   */
  public record Request(
      @Nullable String host,
      @Nullable String origin,
      @Nullable String fetchSite,
      @Nullable String authorization,
      boolean changes) {}

  private final OwnNames names;
  private final byte @Nullable [] digest; // of "user:password"; null when everybody may read

  /**
   * Makes the rule.
   *
   * @param names the names of this server
   * @param userAndPassword both joined by a colon, or null when everybody may come in
   */
  public Entry(OwnNames names, @Nullable String userAndPassword) {
    this.names = names;
    this.digest =
        userAndPassword == null ? null : digest(userAndPassword.getBytes(StandardCharsets.UTF_8));
  }

  /** Decides about a request. */
  public Verdict judge(Request request) {
    if (request.host() == null || !names.contains(request.host())) {
      return Verdict.FOREIGN_HOST;
    }
    if (request.changes() && isForeign(request)) {
      return Verdict.FOREIGN_ORIGIN;
    }
    return digest == null || isSignedIn(request.authorization(), digest)
        ? Verdict.WELCOME
        : Verdict.NOT_SIGNED_IN;
  }

  /** A program sends no origin; a browser does for every write and every WebSocket. */
  private static boolean isForeign(Request request) {
    if ("cross-site".equals(request.fetchSite())) {
      return true;
    }
    return request.origin() != null
        && !authority(request.origin()).equalsIgnoreCase(request.host());
  }

  private static String authority(String origin) {
    return origin.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "");
  }

  private static boolean isSignedIn(@Nullable String authorization, byte[] expected) {
    return basic(authorization)
        .map(given -> MessageDigest.isEqual(digest(given), expected))
        .orElse(false);
  }

  /** RFC 7617 §2. */
  private static Optional<byte[]> basic(@Nullable String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getDecoder().decode(authorization.substring(6).strip()));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static byte[] digest(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (NoSuchAlgorithmException impossible) { // every Java has it
      throw new IllegalStateException(impossible);
    }
  }
}
