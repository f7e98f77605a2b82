package dev.mhs.server.rest;

import io.helidon.webserver.http.ServerRequest;

/** Reads a number from the query of a request. */
final class WholeNumber {
  private WholeNumber() {}

  /** Returns a parameter, clamped to 1 … the most; fails with 400 when it is no whole number. */
  static long of(ServerRequest request, String parameter, long usual, long most) {
    String text = request.query().first(parameter).orElse(Long.toString(usual));
    try {
      return Math.clamp(Long.parseLong(text.strip()), 1, most);
    } catch (NumberFormatException notANumber) {
      throw new Problem(400, parameter + " must be a whole number, such as " + usual + ".");
    }
  }
}
