package dev.mhs.source.routeros;

import dev.mhs.api.FailureKind;
import dev.mhs.api.Finding;
import dev.mhs.source.routeros.client.CertificatePin;
import dev.mhs.source.routeros.client.Menu;
import dev.mhs.source.routeros.client.Trust;
import dev.mhs.source.routeros.limit.FastTrack;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.parse.RouterVersion;
import dev.mhs.source.routeros.parse.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what was found out about a box from what was read anyway. Any thread; no I/O. */
final class RouterFindings {
  private final Router router;
  private final Trust trust;

  RouterFindings(Router router, Trust trust) {
    this.router = router;
    this.trust = trust;
  }

  List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    RouterVersion version = router.version();
    if (version != null) {
      findings.add(new Finding(Finding.Level.GOOD, "RouterOS " + version + " answers", null));
    }
    trust().ifPresent(findings::add);
    for (Menu menu : Menu.values()) {
      denied(menu).ifPresent(findings::add);
    }
    fastTrack().ifPresent(findings::add);
    return findings;
  }

  private Optional<Finding> trust() {
    return switch (trust) {
      case Trust.Pinned(CertificatePin pin) ->
          pin.accepted()
              .map(
                  print ->
                      new Finding(
                          Finding.Level.GOOD, "its certificate is pinned: SHA-256 " + print, null));
      case Trust.Authority authority ->
          Optional.of(
              new Finding(Finding.Level.GOOD, "its certificate is verified by its signer", null));
      case Trust.Anybody anybody ->
          lacking("its certificate is not verified: anybody could pretend to be it", "tls: pin");
      case Trust.Unencrypted unencrypted ->
          lacking(
              "its password crosses the network readable", "tls: pin, and /ip/service/set www-ssl");
    };
  }

  private Optional<Finding> denied(Menu menu) {
    boolean isDenied =
        router.menus().last(menu) instanceof RouterReply.Failed<Row>(FailureKind kind, String words)
            && kind == FailureKind.NOT_PERMITTED;
    return isDenied
        ? lacking(
            "the router's user may not read /" + menu.path(),
            "/user/group/set mhs policy=read,write,rest-api")
        : Optional.empty();
  }

  private Optional<Finding> fastTrack() {
    FastTrack found = FastTrack.of(rows(Menu.FILTER), rows(Menu.FILTER6), rows(Menu.IP_SETTINGS));
    return found.four() || found.six()
        ? lacking(
            "FastTrack is on: a limit does not hold what it speeds up",
            "/ip/firewall/filter/disable [find action=fasttrack-connection]")
        : Optional.empty();
  }

  private List<Row> rows(Menu menu) {
    return router.menus().last(menu) instanceof RouterReply.Answer<Row>(List<Row> rows)
        ? rows
        : List.of();
  }

  private static Optional<Finding> lacking(String what, String remedy) {
    return Optional.of(new Finding(Finding.Level.LACKING, what, remedy));
  }
}
