package dev.mhs.source.routeros.client;

import static java.util.Objects.requireNonNull;

import dev.mhs.core.spi.SettingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the REST service of a box listens.
 *
 * @param host a name or an address; an IPv6 address without brackets
 * @param port the TCP port
 * @param encrypted whether it speaks TLS
 */
public record Endpoint(String host, int port, boolean encrypted) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([A-Za-z0-9._-]+))(?::(\\d{1,5}))?");
  private static final Pattern BARE_V6 =
      Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /** Checks the host and the port. */
  public Endpoint {
    requireNonNull(host, "host is null");
    if (port < 1 || port > 65_535) {
      throw new SettingException("host has the port " + port + ", but it must be 1 to 65535");
    }
  }

  /**
   * Reads the setting {@code host}.
   *
   * @param text {@code host}, {@code host:port}, {@code [v6]:port} or an IPv6 address alone
   * @param encrypted whether TLS is spoken, which decides the usual port (443, or else 80)
   * @return the endpoint
   * @throws SettingException when the text is none of them
   */
  public static Endpoint parse(String text, boolean encrypted) {
    int usual = encrypted ? 443 : 80;
    if (BARE_V6.matcher(text).matches()) {
      return new Endpoint(text, usual, encrypted);
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new SettingException(
          "host is \"" + text + "\", but must be a name or an address, alone or with :port");
    }
    String host = form.group(1) != null ? form.group(1) : form.group(2);
    String port = form.group(3);
    return new Endpoint(host, port == null ? usual : Integer.parseInt(port), encrypted);
  }

  /**
   * Returns the beginning of every address below it.
   *
   * @return such as {@code https://192.168.88.1:443}
   */
  public String base() {
    return (encrypted ? "https://" : "http://") + this;
  }

  /** Returns host and port as a person writes them. */
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
