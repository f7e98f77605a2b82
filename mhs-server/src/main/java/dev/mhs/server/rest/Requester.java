package dev.mhs.server.rest;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import org.jspecify.annotations.Nullable;

/** Who sends a request, in words for people: what they change is noted with it. */
public final class Requester {
  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

  private record Known(@Nullable String name, String address) {}

  private Requester() {}

  /**
   * Notes who was let in.
   *
   * @param request what they ask
   * @param name how they are called, or null where nobody needs to say
   * @param address from where they ask
   */
  public static void note(ServerRequest request, @Nullable String name, String address) {
    request.context().register(Requester.class, new Known(name, address));
  }

  /** Returns who it is: by name, else the page in a browser, or some program; and where. */
  static String of(ServerRequest request) {
    Known known =
        request
            .context()
            .get(Requester.class, Known.class)
            .orElseGet(() -> new Known(null, request.remotePeer().host()));
    return (known.name() == null ? kind(request) : known.name()) + " at " + known.address();
  }

  private static String kind(ServerRequest request) {
    boolean isBrowser =
        request.headers().contains(HeaderNames.ORIGIN) || request.headers().contains(FETCH_SITE);
    return isBrowser ? "the page" : "a program";
  }
}
