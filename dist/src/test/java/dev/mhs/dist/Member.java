package dev.mhs.dist;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One machine of a {@link Home}, with one interface, {@code eth0}. */
final class Member implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("inet ([0-9.]+)/");

  private final String hostname;
  private final String mac;
  private final Namespace namespace;

  Member(String hostname, String mac, Namespace namespace) {
    this.hostname = hostname;
    this.mac = mac;
    this.namespace = namespace;
  }

  String hostname() {
    return hostname;
  }

  /** Returns its MAC address in lower case with colons. */
  String mac() {
    return mac;
  }

  Namespace namespace() {
    return namespace;
  }

  /** Returns the IPv4 address that it leased. */
  String address() {
    String shown = namespace.ip("-o", "-4", "address", "show", "dev", "eth0");
    Matcher matcher = ADDRESS.matcher(shown);
    if (!matcher.find()) {
      throw new Command.CommandFailed(hostname + " has no address: " + shown);
    }
    return matcher.group(1);
  }

  /** Leaves as most devices do: without a word. */
  void leave() {
    namespace.ip("link", "set", "eth0", "down");
  }

  @Override
  public void close() {
    namespace.close();
  }
}
