package dev.mhs.server.web;

import static java.util.Objects.requireNonNull;

import dev.mhs.server.rest.Problem;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
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
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

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

  private static final Pattern ACCEPTED =
      Pattern.compile("(?i)(?:^|,)\\s*gzip\\s*(?:,|$|;\\s*q=(?!0(?:\\.0*)?\\s*(?:,|$)))");
  private static final Header ASK_AGAIN =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");
  private static final Header VARY = HeaderValues.createCached(HeaderNames.VARY, "Accept-Encoding");
  private static final Header GZIP =
      HeaderValues.createCached(HeaderNames.CONTENT_ENCODING, "gzip");

  private final Map<String, Asset> known = new ConcurrentHashMap<>();

  /** One file. */
  @SuppressWarnings("ArrayRecordComponent") // never handed out but to be sent
  private record Asset(byte[] bytes, byte @Nullable [] zipped, String type, String etag) {}

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
    send(found.get(), request, response);
  }

  private static void send(Asset asset, ServerRequest request, ServerResponse response) {
    boolean zipped = asset.zipped() != null && acceptsGzip(request);
    String etag = zipped ? "\"" + asset.etag() + "-gzip\"" : "\"" + asset.etag() + "\"";
    response.header(HeaderNames.ETAG, etag);
    response.header(ASK_AGAIN);
    response.header(VARY);
    if (request.headers().contains(HeaderNames.IF_NONE_MATCH)
        && request.headers().get(HeaderNames.IF_NONE_MATCH).get().contains(etag)) {
      response.status(Status.NOT_MODIFIED_304).send();
      return;
    }
    response.header(HeaderNames.CONTENT_TYPE, asset.type());
    if (zipped) {
      response.header(GZIP);
    }
    response.send(zipped ? requireNonNull(asset.zipped()) : asset.bytes());
  }

  /** RFC 9110 §12.5.3, as far as browsers go: what is refused has the weight zero. */
  private static boolean acceptsGzip(ServerRequest request) {
    return request.headers().contains(HeaderNames.ACCEPT_ENCODING)
        && ACCEPTED.matcher(request.headers().get(HeaderNames.ACCEPT_ENCODING).values()).find();
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
      byte[] bytes = slim(name, stream.readAllBytes());
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      byte[] zipped = zip(bytes);
      Asset asset =
          new Asset(
              bytes,
              zipped.length < bytes.length ? zipped : null,
              type,
              HexFormat.of().formatHex(hash, 0, 8));
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

  private static byte[] zip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream(bytes.length / 2 + 64);
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }
}
