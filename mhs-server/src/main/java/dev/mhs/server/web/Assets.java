package dev.mhs.server.web;

import dev.mhs.server.content.Gzip;
import dev.mhs.server.content.Representation;
import dev.mhs.server.rest.Problem;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Serves the few files of the dashboard, each read once, made as small as may be and kept in
 * memory. A browser asks again each time whether its copy is still good, so that an upgrade shows
 * at once. Any thread.
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

  private final Map<String, Representation> known = new ConcurrentHashMap<>();

  @Override
  public void routing(HttpRules rules) {
    rules.get("/", (request, response) -> serve("index.html", request, response));
    rules.get(
        "/{+path}",
        (request, response) ->
            serve(request.path().pathParameters().get("path"), request, response));
  }

  private void serve(String name, ServerRequest request, ServerResponse response) {
    asset(name)
        .ifPresentOrElse(
            asset -> asset.send(request, response),
            () -> Problem.send(response, 404, "There is no such page."));
  }

  private Optional<Representation> asset(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    if (ending.equals(name) || !TYPES.containsKey(ending) || !NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    Representation asset = known.get(name);
    return asset != null ? Optional.of(asset) : read(name, TYPES.get(ending));
  }

  private Optional<Representation> read(String name, String type) {
    try (InputStream stream = Assets.class.getResourceAsStream(FOLDER + name)) {
      if (stream == null) {
        return Optional.empty();
      }
      byte[] bytes = slim(name, stream.readAllBytes());
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      byte[] zipped = Gzip.zip(bytes);
      Representation asset =
          new Representation(
              type,
              HexFormat.of().formatHex(hash, 0, 8),
              () -> bytes,
              zipped.length < bytes.length ? () -> zipped : null);
      known.put(name, asset);
      return Optional.of(asset);
    } catch (IOException damaged) {
      throw new UncheckedIOException("cannot read " + name + " from the program itself", damaged);
    } catch (NoSuchAlgorithmException impossible) { // every Java has it
      throw new IllegalStateException(impossible);
    }
  }

  /** What others wrote stays as it is. */
  private static byte[] slim(String name, byte[] file) {
    if (name.startsWith("js/") && name.endsWith(".js")) {
      return Slim.script(new String(file, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }
    return name.endsWith(".css")
        ? Slim.style(new String(file, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8)
        : file;
  }
}
