package dev.mhs.server.connect;

import dev.mhs.api.IpLiteral;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The reverse proxies that are believed when they say for whom they ask: this machine's own, and
 * those of the configuration. Immutable.
 */
public final class Proxies {
  private static final HeaderName FORWARDED_FOR = HeaderNames.create("X-Forwarded-For");

  private final Set<InetAddress> trusted;

  /**
   * Names them.
   *
   * @param trusted their addresses; loopback need not be among them
   */
  public Proxies(Collection<InetAddress> trusted) {
    this.trusted = Set.copyOf(trusted);
  }

  /** Tells whether what comes from an address may come from anybody. */
  public boolean trusts(InetAddress peer) {
    return peer.isLoopbackAddress() || trusted.contains(peer);
  }

  /**
   * Returns who asks.
   *
   * @param peer whose connection it is
   * @param headers of the request: what a trusted proxy has added last is believed
   */
  public InetAddress client(InetAddress peer, Headers headers) {
    if (!trusts(peer) || !headers.contains(FORWARDED_FOR)) {
      return peer;
    }
    List<String> hops =
        headers.get(FORWARDED_FOR).allValues().stream()
            .flatMap(value -> List.of(value.split(",", -1)).stream())
            .map(String::strip)
            .toList();
    return nearest(hops).orElse(peer);
  }

  /** Each proxy adds whom it sees: from the end, the first that is no proxy of ours. */
  private Optional<InetAddress> nearest(List<String> hops) {
    Optional<InetAddress> nearest = Optional.empty();
    for (String hop : hops.reversed()) {
      Optional<InetAddress> address = IpLiteral.parse(hop);
      if (address.isEmpty()) {
        return nearest;
      }
      nearest = address;
      if (!trusts(address.get())) {
        return nearest;
      }
    }
    return nearest;
  }
}
