package dev.mhs.server;

import dev.mhs.server.connect.OtherContext;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.RequestException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Refuses requests that say more than once, or in an unknown way, how long they are, and closes
 * their connection: where a proxy in front and this server disagree about where a request ends, a
 * second one can hide in the first. RFC 9112 §6.3 and §11.2. None follows one that is to be the
 * last. Any thread.
 */
final class OneLength implements Http1ConnectionListener {
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  @Override
  public void headers(ConnectionContext connection, Headers headers) {
    if (isLast(headers)) {
      OtherContext.endAfterThis(connection);
    }
    if (!isClear(headers)) {
      throw RequestException.builder()
          .type(DirectHandler.EventType.BAD_REQUEST)
          .message("A request must say how long it is once, and in one way.")
          .safeMessage(true)
          .setKeepAlive(false)
          .build();
    }
  }

  /**
   * RFC 9112 §9.6. Helidon 4.1.7 says that it closes and does not, and then takes what it has not
   * read of a body for the next request: one that no filter has seen with its headers.
   */
  private static boolean isLast(Headers headers) {
    return headers.contains(HeaderNames.CONNECTION)
        && headers.get(HeaderNames.CONNECTION).allValues().stream()
            .flatMap(value -> List.of(value.split(",", -1)).stream())
            .anyMatch(option -> option.strip().equalsIgnoreCase("close"));
  }

  private static boolean isClear(Headers headers) {
    boolean coded = headers.contains(HeaderNames.TRANSFER_ENCODING);
    boolean counted = headers.contains(HeaderNames.CONTENT_LENGTH);
    if (coded) {
      return !counted
          && headers.contains(HeaderValues.TRANSFER_ENCODING_CHUNKED)
          && headers.get(HeaderNames.TRANSFER_ENCODING).valueCount() == 1;
    }
    return !counted || LENGTH.matcher(lengths(headers)).matches();
  }

  private static String lengths(Headers headers) {
    return String.join(",", headers.get(HeaderNames.CONTENT_LENGTH).allValues());
  }
}
