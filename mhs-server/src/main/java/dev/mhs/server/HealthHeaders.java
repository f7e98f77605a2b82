package dev.mhs.server;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * Says in one header that nobody may keep how MHS is. Helidon 4.1.7 says it in four ({@code
 * HeaderValues.CACHE_NO_CACHE}), of which some clients read the first only.
 *
 * @param path where the health is
 */
record HealthHeaders(String path) implements Filter {
  private static final Header NOT_KEPT =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    if (request.path().path().startsWith(path)) {
      response.streamFilter( // the last moment before the headers are sent
          body -> {
            response.headers().set(NOT_KEPT);
            return body;
          });
    }
    chain.proceed();
  }
}
