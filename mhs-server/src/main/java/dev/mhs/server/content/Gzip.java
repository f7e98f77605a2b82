package dev.mhs.server.content;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** Makes bytes smaller (RFC 1952). Any thread. */
public final class Gzip {
  private static final Pattern ACCEPTED =
      Pattern.compile("(?i)(?:^|,)\\s*gzip\\s*(?:,|$|;\\s*q=(?!0(?:\\.0*)?\\s*(?:,|$)))");

  private Gzip() {}

  /**
   * Returns bytes as gzip.
   *
   * @param bytes what is to be made smaller
   */
  public static byte[] zip(byte[] bytes) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream(bytes.length / 4 + 64);
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    } catch (IOException impossible) { // it stays in memory
      throw new UncheckedIOException(impossible);
    }
    return zipped.toByteArray();
  }

  /** RFC 9110 §12.5.3, as far as clients go: what is refused has the weight zero. */
  static boolean isAccepted(ServerRequest request) {
    return request.headers().contains(HeaderNames.ACCEPT_ENCODING)
        && ACCEPTED.matcher(request.headers().get(HeaderNames.ACCEPT_ENCODING).values()).find();
  }
}
