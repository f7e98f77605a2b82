package dev.mhs.server.rest;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import java.util.List;

/**
 * What every answer tells a browser, errors included: trust nothing but this server's own files.
 */
public final class ProtectiveHeaders {
  private static final List<Header> ALWAYS =
      List.of(
          HeaderValues.createCached(
              "Content-Security-Policy",
              "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"),
          HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
          HeaderValues.createCached("Referrer-Policy", "no-referrer"),
          HeaderValues.createCached("Cross-Origin-Resource-Policy", "same-origin"));

  private ProtectiveHeaders() {}

  /**
   * Sets them.
   *
   * @param headers of an answer that was not sent yet
   */
  public static void set(ServerResponseHeaders headers) {
    ALWAYS.forEach(headers::set);
  }
}
