package dev.mhs.server.security;

import dev.mhs.api.IpLiteral;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The names under which browsers may ask for this server. A page elsewhere can make its own name
 * point to our address (DNS rebinding), but not one of ours; addresses themselves cannot be made
 * to.
 */
public final class OwnNames {
  /** Domains that belong to no stranger: RFC 6762 §3, RFC 8375, and those that home routers use. */
  private static final List<String> HOME_DOMAINS =
      List.of("local", "lan", "home", "home.arpa", "internal", "localdomain");

  private final Set<String> names = new LinkedHashSet<>();

  /**
   * Collects the names.
   *
   * @param hostname the name of this machine
   * @param allowed further names, from the configuration
   */
  public OwnNames(String hostname, Collection<String> allowed) {
    String own = hostname.toLowerCase(Locale.ROOT);
    names.add(own);
    names.add("localhost");
    String first = own.contains(".") ? own.substring(0, own.indexOf('.')) : own;
    HOME_DOMAINS.forEach(domain -> names.add(first + "." + domain));
    allowed.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
  }

  /** Returns those that are host names, this machine's own first. */
  public List<String> hostNames() {
    return names.stream().filter(name -> IpLiteral.parse(name).isEmpty()).toList();
  }

  /**
   * Tells whether an authority names this server.
   *
   * @param authority a host with or without a port, as in the {@code Host} header
   */
  public boolean contains(String authority) {
    String host = host(authority);
    return names.contains(host) || IpLiteral.parse(host).isPresent();
  }

  private static String host(String authority) {
    String lower = authority.toLowerCase(Locale.ROOT);
    if (lower.startsWith("[")) {
      int end = lower.indexOf(']');
      return end < 0 ? "" : lower.substring(1, end);
    }
    int colon = lower.indexOf(':');
    String host = colon < 0 ? lower : lower.substring(0, colon);
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }
}
