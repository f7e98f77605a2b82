package dev.mhs.source.routeros;

import dev.mhs.api.FailureKind;
import dev.mhs.api.Finding;
import dev.mhs.source.routeros.client.CertificatePin;
import dev.mhs.source.routeros.client.Menu;
import dev.mhs.source.routeros.client.MenuReply;
import dev.mhs.source.routeros.client.Trust;
import dev.mhs.source.routeros.limit.FastTrack;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.parse.RouterVersion;
import dev.mhs.source.routeros.parse.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what was found out about a box from what was read anyway. Any thread; no I/O. */
final class RouterFindings {
  private static final List<Menu> WIRELESS =
      List.of(Menu.WIFI_REGISTRATION, Menu.WIRELESS_REGISTRATION, Menu.CAPSMAN_REGISTRATION);

  private final Router router;
  private final RouterOsSettings settings;

  RouterFindings(Router router, RouterOsSettings settings) {
    this.router = router;
    this.settings = settings;
  }

  List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    MenuReply.Failed trouble = router.trouble();
    RouterVersion version = router.version();
    if (trouble != null) {
      findings.add(TroubleFinding.of(trouble, settings));
    } else if (version != null) {
      good("RouterOS " + version + " answers").ifPresent(findings::add);
    }
    trust(findings);
    for (Menu menu : Menu.values()) {
      denied(menu).ifPresent(findings::add);
    }
    rights().ifPresent(findings::add);
    wireless().ifPresent(findings::add);
    absent().ifPresent(findings::add);
    fastTrack().ifPresent(findings::add);
    return findings;
  }

  private void trust(List<Finding> findings) {
    switch (settings.trust()) {
      case Trust.Pinned(CertificatePin pin) -> pinned(pin, findings);
      case Trust.Authority authority ->
          good("its certificate is verified by its signer").ifPresent(findings::add);
      case Trust.Anybody anybody ->
          lacking("its certificate is not verified: anybody could pretend to be it", "tls: pin")
              .ifPresent(findings::add);
      case Trust.Unencrypted unencrypted ->
          lacking(
                  "its password crosses the network readable",
                  "tls: pin, and /ip/service/set www-ssl")
              .ifPresent(findings::add);
    }
  }

  private static void pinned(CertificatePin pin, List<Finding> findings) {
    pin.accepted()
        .flatMap(print -> good("its certificate is pinned: SHA-256 " + print))
        .ifPresent(findings::add);
    pin.unsavedBecause()
        .flatMap(
            why ->
                lacking(
                    "the fingerprint of its certificate holds only until MHS ends, since it cannot"
                        + " be kept in "
                        + pin.file()
                        + " ("
                        + why
                        + ")",
                    null))
        .ifPresent(findings::add);
  }

  private Optional<Finding> denied(Menu menu) {
    boolean isDenied =
        router.menus().last(menu) instanceof RouterReply.Failed<Row>(FailureKind kind, String words)
            && kind == FailureKind.NOT_PERMITTED
            && menu != Menu.USER
            && menu != Menu.USER_GROUP; // without these one does as well
    return isDenied
        ? lacking("the router's user may not read /" + menu.path(), TroubleFinding.policy(settings))
        : Optional.empty();
  }

  private Optional<Finding> rights() {
    Optional<UserRights> known =
        UserRights.of(settings.credentials().user(), rows(Menu.USER), rows(Menu.USER_GROUP));
    return known.flatMap(
        rights -> {
          if (settings.isRouter() && !rights.may("write")) {
            return lacking(
                "the router's user \"" + rights.user() + "\" may not write: no limits can be set",
                "/user/group/set [find name=\""
                    + rights.group()
                    + "\"] policy=read,write,rest-api");
          }
          if (!rights.beyondNeed().isEmpty()) {
            return lacking(
                "the router's user \""
                    + rights.user()
                    + "\" may do more than MHS needs: "
                    + String.join(", ", rights.beyondNeed()),
                "/user/group/add name=mhs policy=read,"
                    + (settings.isRouter() ? "write," : "")
                    + "rest-api\n/user/add name=mhs group=mhs password=\"<a long one>\""
                    + " address=<the host of MHS>/32");
          }
          return good("the router's user \"" + rights.user() + "\" may do what MHS needs, no more");
        });
  }

  private Optional<Finding> wireless() {
    List<String> there =
        WIRELESS.stream()
            .filter(menu -> router.menus().last(menu) instanceof RouterReply.Answer<Row>)
            .map(menu -> "/" + menu.path())
            .toList();
    return there.isEmpty()
        ? Optional.empty()
        : good("wireless clients are read from " + String.join(" and ", there));
  }

  /** Not a lack of this box: another model or version has them. */
  private Optional<Finding> absent() {
    List<String> absent = new ArrayList<>();
    for (Menu menu : Menu.values()) {
      if (router.menus().last(menu) instanceof RouterReply.Absent<Row>) {
        absent.add("/" + menu.path());
      }
    }
    return absent.isEmpty()
        ? Optional.empty()
        : good(
            "done without, and not asked for again until the box restarts: "
                + String.join(", ", absent));
  }

  private Optional<Finding> fastTrack() {
    FastTrack.Rows rows =
        new FastTrack.Rows(
            rows(Menu.FILTER),
            rows(Menu.FILTER6),
            rows(Menu.ADDRESS_LIST),
            rows(Menu.ADDRESS_LIST6),
            rows(Menu.IP_SETTINGS),
            rows(Menu.IPV6_SETTINGS),
            rows(Menu.MANGLE));
    if (!FastTrack.of(rows, settings.fastTrack()).isOn()) {
      return Optional.empty();
    }
    return settings.fastTrack() == FastTrack.Mode.EXEMPT
        ? good("FastTrack is on; limited devices are kept out of it")
        : lacking(
            "FastTrack is on: a limit does not hold what it speeds up", "limits.fasttrack: exempt");
  }

  private List<Row> rows(Menu menu) {
    return router.menus().last(menu) instanceof RouterReply.Answer<Row>(List<Row> rows)
        ? rows
        : List.of();
  }

  private static Optional<Finding> good(String what) {
    return Optional.of(new Finding(Finding.Level.GOOD, what, null));
  }

  private static Optional<Finding> lacking(String what, @Nullable String remedy) {
    return Optional.of(new Finding(Finding.Level.LACKING, what, remedy));
  }
}
