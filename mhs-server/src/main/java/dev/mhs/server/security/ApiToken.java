package dev.mhs.server.security;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a program signs in with.
 *
 * @param name what its owner calls it; no two have the same
 * @param scope what it allows
 * @param digest of the token, which only its owner has
 * @param created when
 * @param expires when it ends, or null when it does not
 */
record ApiToken(
    String name, Scope scope, String digest, Instant created, @Nullable Instant expires) {
  /** Tokens begin with this, so that one that was left somewhere is recognized. */
  static final String PREFIX = "mhs_";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  boolean isOver(Instant now) {
    return expires != null && !now.isBefore(expires);
  }
}
