package dev.mhs.server.security;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes the two cookies of the door: RFC 6265. Stateless. */
final class Cookies {
  /** Holds the id of a session. */
  static final String SESSION = "mhs_session";

  /** Holds what tells a browser that has signed in before. */
  static final String BROWSER = "mhs_browser";

  private Cookies() {}

  /**
   * Returns the value of a cookie.
   *
   * @param header what the browser sends, or null for nothing
   * @param name which one
   */
  static Optional<String> value(@Nullable String header, String name) {
    if (header == null) {
      return Optional.empty();
    }
    for (String pair : header.split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
        String value = pair.substring(equals + 1).strip();
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns what sets a cookie that no script can read and no other site can make use of.
   *
   * @param name which one
   * @param value its value
   * @param path where it is sent
   * @param age for how long it is kept; zero removes it
   * @param secure whether it must only travel over HTTPS
   */
  static String set(String name, String value, String path, Duration age, boolean secure) {
    return name
        + "="
        + value
        + "; Path="
        + path
        + "; Max-Age="
        + age.toSeconds()
        + "; HttpOnly; SameSite=Strict"
        + (secure ? "; Secure" : "");
  }
}
