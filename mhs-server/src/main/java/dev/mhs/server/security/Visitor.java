package dev.mhs.server.security;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who was let in.
 *
 * @param name the user, or the name of the token; null where nobody needs to sign in
 * @param means how
 * @param scope what may be done
 * @param welcome whether that still holds: a session ends, a token is revoked; quick, any thread
 */
public record Visitor(@Nullable String name, Means means, Scope scope, BooleanSupplier welcome) {
  /** By what somebody came in. */
  public enum Means {
    /** Nobody needs to sign in. */
    OPEN,
    /** User and password, with the request. */
    PASSWORD,
    /** A session that was opened on the sign-in page. */
    SESSION,
    /** A token. */
    TOKEN
  }

  static final Visitor ANYBODY = new Visitor(null, Means.OPEN, Scope.WRITE, () -> true);
}
