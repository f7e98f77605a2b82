package dev.mhs.source.routeros;

import dev.mhs.api.FailureKind;
import dev.mhs.api.Finding;
import dev.mhs.source.routeros.client.CertificatePin;
import dev.mhs.source.routeros.client.ConnectionTrouble;
import dev.mhs.source.routeros.client.MenuReply;
import dev.mhs.source.routeros.client.Trust;
import org.jspecify.annotations.Nullable;

/** Says why a box does not answer, and what a person may do about it. */
final class TroubleFinding {
  private TroubleFinding() {}

  /**
   * Makes the finding.
   *
   * @param trouble what went wrong
   * @param settings what the configuration says for the box
   * @return it, with the command that mends it where there is one
   */
  static Finding of(MenuReply.Failed trouble, RouterOsSettings settings) {
    return new Finding(
        Finding.Level.BROKEN,
        settings.endpoint() + " does not answer: " + trouble.detail(),
        remedy(trouble.kind(), trouble.detail(), settings));
  }

  private static @Nullable String remedy(
      FailureKind kind, String detail, RouterOsSettings settings) {
    return switch (kind) {
      case UNAUTHORIZED ->
          "/user/set [find name=\""
              + settings.credentials().user()
              + "\"] password=\"<the one that MHS has>\" address=<the host of MHS>/32";
      case NOT_PERMITTED -> policy(settings);
      case UNTRUSTED -> untrusted(settings);
      case UNREACHABLE -> unreachable(detail, settings);
      case TIMED_OUT -> "/ip/service/set www-ssl disabled=no address=<the host of MHS>/32";
      case REFUSED, MALFORMED, BUG -> null;
    };
  }

  /** Returns the command that gives the user just what MHS needs. */
  static String policy(RouterOsSettings settings) {
    return "/user/group/set mhs policy="
        + (settings.isRouter() ? "read,write" : "read")
        + ",rest-api";
  }

  private static @Nullable String untrusted(RouterOsSettings settings) {
    return switch (settings.trust()) {
      case Trust.Pinned(CertificatePin pin) -> "rm '" + pin.file() + "'";
      case Trust.Authority authority -> certificate(settings);
      case Trust.Anybody anybody -> null;
      case Trust.Unencrypted unencrypted -> null;
    };
  }

  private static String unreachable(String detail, RouterOsSettings settings) {
    if (detail.startsWith(ConnectionTrouble.NO_CIPHER)) {
      return certificate(settings);
    }
    if (detail.equals(ConnectionTrouble.NO_TLS)) {
      return "/ip/service/print where name=www-ssl";
    }
    String service = settings.endpoint().encrypted() ? "www-ssl" : "www";
    return "/ip/service/set " + service + " disabled=no port=" + settings.endpoint().port();
  }

  /** Returns the commands that give the service a certificate; see docs/routeros.md. */
  private static String certificate(RouterOsSettings settings) {
    String host = settings.endpoint().host();
    return String.join(
        "\n",
        "/certificate/add name=mhs-ca common-name=mhs-ca key-usage=key-cert-sign,crl-sign"
            + " days-valid=3650",
        "/certificate/sign mhs-ca",
        "/certificate/add name=mhs-router common-name="
            + host
            + " subject-alt-name=IP:"
            + host
            + " key-usage=digital-signature,key-encipherment,tls-server days-valid=3650",
        "/certificate/sign mhs-router ca=mhs-ca",
        "/ip/service/set www-ssl certificate=mhs-router disabled=no");
  }
}
