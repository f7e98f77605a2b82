package dev.mhs.server.web;

import dev.mhs.server.rest.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Serves the few files of the dashboard, each read once and kept in memory. A browser asks again
 * each time whether its copy is still good, so that an upgrade shows at once. Any thread.
 */
public final class Assets implements HttpService {
  private static final String FOLDER = "/web/";
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9-]+(?:[./][a-z0-9-]+)*", Pattern.CASE_INSENSITIVE);
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "webmanifest", "application/manifest+json");

  private final Map<String, Asset> known = new ConcurrentHashMap<>();

  /** One file. */
  @SuppressWarnings("ArrayRecordComponent") // never handed out but to be sent
  private record Asset(byte[] bytes, String type, String etag) {}

  @Override
  public void routing(HttpRules rules) {
    rules.get("/", (request, response) -> serve("index.html", request, response));
    rules.get(
        "/{+path}",
        (request, response) ->
            serve(request.path().pathParameters().get("path"), request, response));
  }

  private void serve(String name, ServerRequest request, ServerResponse response) {
    Optional<Asset> found = asset(name);
    if (found.isEmpty()) {
      Problem.send(response, 404, "There is no such page.");
      return;
    }
    Asset asset = found.get();
    response.header(HeaderNames.ETAG, asset.etag());
    response.header(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-cache"));
    if (request.headers().contains(HeaderNames.IF_NONE_MATCH)
        && request.headers().get(HeaderNames.IF_NONE_MATCH).get().contains(asset.etag())) {
      response.status(Status.NOT_MODIFIED_304).send();
      return;
    }
    response.header(HeaderNames.CONTENT_TYPE, asset.type());
    response.send(asset.bytes());
  }

  private Optional<Asset> asset(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    if (ending.equals(name) || !TYPES.containsKey(ending) || !NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    Asset asset = known.get(name);
    return asset != null ? Optional.of(asset) : read(name, TYPES.get(ending));
  }

  private Optional<Asset> read(String name, String type) {
    try (InputStream stream = Assets.class.getResourceAsStream(FOLDER + name)) {
      if (stream == null) {
        return Optional.empty();
      }
      byte[] bytes = stream.readAllBytes();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      String etag = '"' + HexFormat.of().formatHex(hash, 0, 8) + '"';
      Asset asset = new Asset(bytes, type, etag);
      known.put(name, asset);
      return Optional.of(asset);
    } catch (IOException damaged) {
      throw new UncheckedIOException("cannot read " + name + " from the program itself", damaged);
    } catch (NoSuchAlgorithmException impossible) { // every Java has it
      throw new IllegalStateException(impossible);
    }
  }
}
