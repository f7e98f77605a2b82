package dev.mhs.source.routeros.client;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The name and password of a router's user.
 *
 * @param user the name
 * @param password the password; may be empty; {@link #toString()} hides it
 */
public record Credentials(String user, String password) {
  /** Checks that both are there. */
  public Credentials {
    requireNonNull(user, "user is null");
    requireNonNull(password, "password is null");
  }

  /** Returns the value of the header {@code Authorization} (RFC 7617). */
  String header() {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  /** Returns the name only. */
  @Override
  public String toString() {
    return "Credentials[" + user + "]";
  }
}
