package dev.mhs.server.rest;

import io.helidon.http.BadRequestException;
import io.helidon.http.HttpException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import org.jspecify.annotations.Nullable;

/** Tells every error as a {@link Problem}; a stack trace goes to the log and never to a client. */
public final class ApiErrors {
  private static final System.Logger LOG = System.getLogger(ApiErrors.class.getName());

  private ApiErrors() {}

  /**
   * Adds the handlers.
   *
   * @param routing where to
   */
  public static void register(HttpRouting.Builder routing) {
    routing.error(Problem.class, (request, response, problem) -> problem.send(response));
    routing.error(
        BadRequestException.class,
        (request, response, bad) -> Problem.send(response, 400, sentence(bad.getMessage())));
    routing.error(
        HttpException.class,
        (request, response, failure) ->
            Problem.send(response, failure.status().code(), sentence(failure.getMessage())));
    routing.error(Throwable.class, ApiErrors::unexpected);
  }

  private static void unexpected(
      ServerRequest request, ServerResponse response, Throwable failure) {
    LOG.log(
        System.Logger.Level.WARNING,
        "answering " + request.prologue().method() + " " + request.path().path() + " failed",
        failure);
    Problem.send(response, 500, "Something went wrong here; the log says what.");
  }

  private static String sentence(@Nullable String message) {
    return message == null || message.isBlank() ? "The request makes no sense." : message;
  }
}
