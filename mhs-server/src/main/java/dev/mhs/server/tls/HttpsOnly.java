package dev.mhs.server.tls;

import dev.mhs.server.rest.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Tells whoever speaks plain HTTP to the port of HTTPS so; a browser is sent there. Any thread. */
public final class HttpsOnly implements Handler {
  private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,260}");

  private final Predicate<String> ours;

  private HttpsOnly(Predicate<String> ours) {
    this.ours = ours;
  }

  /**
   * Returns what answers.
   *
   * @param ours tells whether an authority names this server
   */
  public static HttpRouting.Builder routing(Predicate<String> ours) {
    return HttpRouting.builder().any("/*", new HttpsOnly(ours));
  }

  /** Nothing is sent on with what has a body: it has crossed the network in the clear already. */
  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    String host =
        request.headers().contains(HeaderNames.HOST)
            ? request.headers().get(HeaderNames.HOST).get()
            : "";
    if (!request.prologue().method().equals(Method.GET)
        || !AUTHORITY.matcher(host).matches()
        || !ours.test(host)) {
      Problem.send(response, 400, "This port speaks HTTPS: the address begins with https://.");
      return;
    }
    response.status(Status.TEMPORARY_REDIRECT_307);
    response.header(
        HeaderNames.LOCATION, "https://" + host + request.prologue().uriPath().rawPath());
    response.send();
  }
}
