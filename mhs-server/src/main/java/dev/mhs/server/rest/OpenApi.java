package dev.mhs.server.rest;

import dev.mhs.server.content.Representation;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The description of this API (OpenAPI 3.0), as it lies in the program: {@code
 * META-INF/openapi.yaml}. Any thread.
 */
public final class OpenApi implements HttpService {
  private static final String DOCUMENT = "/META-INF/openapi.yaml";
  private static final Header TYPE = // RFC 9512
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/yaml");

  private final String basePath;

  /**
   * Makes the service.
   *
   * @param basePath what stands before every path
   */
  public OpenApi(String basePath) {
    this.basePath = basePath;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get(
        "/",
        (request, response) -> {
          response.header(TYPE);
          response.header(Representation.ASK_AGAIN);
          response.send(document());
        });
  }

  /** Read anew each time: it is seldom asked for, and need not lie in memory. */
  private byte[] document() {
    try (InputStream stream = OpenApi.class.getResourceAsStream(DOCUMENT)) {
      if (stream == null) {
        throw new IllegalStateException(DOCUMENT + " is missing in the program");
      }
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return text.replace("url: /\n", "url: " + (basePath.isEmpty() ? "/" : basePath) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (IOException damaged) {
      throw new UncheckedIOException("cannot read " + DOCUMENT, damaged);
    }
  }
}
