package dev.mhs.source.routeros.parse;

import dev.mhs.api.FailureKind;
import java.util.Locale;

/**
 * Understands an answer that is none: the HTTP status and the router's own words.
 *
 * <p>Origin: RouterOS REST API manual; which words come with which status was recorded on 7.1 to
 * 7.23.
 */
public final class Refusal {
  private Refusal() {}

  /**
   * Turns a refusal into a reply.
   *
   * @param <T> what the rows would have been read as
   * @param status the HTTP status, 300 or higher
   * @param body the router's JSON body, or an empty row when it had none
   * @param policy the policy that the request needs of the router's user
   * @return that it is absent, or that it failed and how
   */
  public static <T> RouterReply<T> of(int status, Row body, String policy) {
    String words = words(status, body);
    String lower = words.toLowerCase(Locale.ROOT);
    if (status == 401) {
      return failed(
          FailureKind.UNAUTHORIZED,
          "the router refused the login ("
              + words
              + "): wrong name or password, an address restriction of its user, or the policy"
              + " rest-api is missing");
    }
    if (status == 403
        || lower.contains("not allowed")
        || lower.contains("not enough permissions")) {
      return failed(
          FailureKind.NOT_PERMITTED,
          "the router's user lacks the policy \"" + policy + "\" (" + words + ")");
    }
    if (status == 404 || lower.contains("no such command")) {
      return new RouterReply.Absent<>(words);
    }
    if (status < 400) {
      return failed(
          FailureKind.REFUSED,
          "the peer redirects elsewhere (HTTP " + status + "), which is not followed");
    }
    return failed(FailureKind.REFUSED, words);
  }

  private static <T> RouterReply<T> failed(FailureKind kind, String detail) {
    return new RouterReply.Failed<>(kind, detail);
  }

  private static String words(int status, Row body) {
    return body.text("detail").or(() -> body.text("message")).orElse("HTTP " + status);
  }
}
