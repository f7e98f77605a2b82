package dev.mhs.source.local.name;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The search of UPnP devices (UPnP Device Architecture 2.0 §1.3) and its answers. Pure. */
final class Search {
  private Search() {}

  /** Returns the question to everybody; answers come within a second. */
  static byte[] question() {
    return """
    M-SEARCH * HTTP/1.1\r
    HOST: 239.255.255.250:1900\r
    MAN: "ssdp:discover"\r
    MX: 1\r
    ST: upnp:rootdevice\r
    \r
    """
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads where the description of a device is. It must be on the device itself, so that nobody can
   * make us ask others.
   *
   * @param message what was received
   * @param from who sent it
   * @return the address, empty when it is not an answer or leads elsewhere
   */
  static Optional<URI> description(byte[] message, InetAddress from) {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    if (!text.startsWith("HTTP/1.1 200")) {
      return Optional.empty();
    }
    return text.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("location:"))
        .findFirst()
        .flatMap(line -> uri(line.substring("location:".length()).strip()))
        .filter(uri -> "http".equalsIgnoreCase(uri.getScheme()))
        .filter(uri -> from.getHostAddress().equals(uri.getHost()) && uri.getUserInfo() == null);
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException notAnAddress) {
      return Optional.empty();
    }
  }
}
