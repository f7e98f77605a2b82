package dev.mhs.server.rest;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

/** Tells who sends a request, in words for people. */
final class Requester {
  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

  private Requester() {}

  /** Returns who it is: the page in a browser, or some program; and where. */
  static String of(ServerRequest request) {
    boolean isBrowser =
        request.headers().contains(HeaderNames.ORIGIN) || request.headers().contains(FETCH_SITE);
    return (isBrowser ? "the page at " : "a program at ") + request.remotePeer().host();
  }
}
