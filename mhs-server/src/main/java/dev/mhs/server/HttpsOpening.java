package dev.mhs.server;

import dev.mhs.api.IpLiteral;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.server.config.Settings;
import dev.mhs.server.connect.Opening;
import dev.mhs.server.security.OwnNames;
import dev.mhs.server.tls.Https;
import dev.mhs.server.tls.HttpsOnly;
import dev.mhs.server.tls.TlsOpening;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What comes before HTTP: nothing, or TLS as it is configured. */
final class HttpsOpening {
  private static final System.Logger LOG = System.getLogger(HttpsOpening.class.getName());

  private HttpsOpening() {}

  /** Returns it; throws {@link CannotStart} when there is no certificate to use. */
  static Opening of(Settings settings, OwnNames names, TimeSource time) {
    try {
      return switch (settings.door().tls()) {
        case Settings.Tls.Off off -> Opening.plain();
        case Settings.Tls.SelfSigned made ->
            opening(
                Https.selfMade(
                    settings.dataFolder().resolve("tls"),
                    names.hostNames(),
                    addresses(settings.server().allowedHosts()),
                    time),
                names);
        case Settings.Tls.Files files ->
            opening(Https.given(files.certificate(), files.key(), time), names);
      };
    } catch (Https.UnusableException reason) {
      throw new CannotStart("There is no HTTPS (server.tls): " + reason.getMessage());
    }
  }

  private static Opening opening(Https https, OwnNames names) {
    return new TlsOpening(https, HttpsOnly.routing(names::contains));
  }

  /**
   * This machine's addresses and those that are configured. Addresses of one link need a zone,
   * which no certificate knows; those of IPv6 that serve for privacy change daily, and cannot be
   * told.
   */
  private static Set<InetAddress> addresses(List<String> allowedHosts) {
    Set<InetAddress> found = new TreeSet<>(IpLiteral.ORDER);
    allowedHosts.forEach(host -> IpLiteral.parse(host).ifPresent(found::add));
    found.add(IpLiteral.of("127.0.0.1"));
    found.add(IpLiteral.of("::1"));
    try {
      for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        for (InetAddress address : Collections.list(one.getInetAddresses())) {
          if (address.getAddress().length == 4) {
            found.add(address);
          }
        }
      }
    } catch (SocketException unknown) {
      LOG.log(System.Logger.Level.WARNING, "this machine's addresses cannot be told", unknown);
    }
    return found;
  }
}
