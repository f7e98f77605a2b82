package dev.mhs.source.routeros;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.Box;
import dev.mhs.core.spi.SettingException;
import dev.mhs.core.spi.SourceSettings;
import dev.mhs.source.routeros.client.CertificatePin;
import dev.mhs.source.routeros.client.Credentials;
import dev.mhs.source.routeros.client.Endpoint;
import dev.mhs.source.routeros.client.Trust;
import dev.mhs.source.routeros.limit.FastTrack;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the configuration says for one box.
 *
 * @param endpoint where it listens
 * @param credentials who logs in
 * @param trust how it proves to be the right box
 * @param role what it does in the household
 * @param devices whether it is asked for devices; a switch only knows where they are
 * @param fastTrack what is done where FastTrack keeps a limit from biting
 */
record RouterOsSettings(
    Endpoint endpoint,
    Credentials credentials,
    Trust trust,
    Box.Role role,
    boolean devices,
    FastTrack.Mode fastTrack) {

  /** The names of all settings. */
  private static final List<String> KNOWN =
      List.of(
          "host", "user", "pass", "role", "devices", "tls", "ca-file", "verify-ssl", "fasttrack");

  /** The words of the setting {@code tls}. */
  enum TlsMode {
    PIN,
    CA,
    INSECURE,
    PLAIN
  }

  /** The words of the setting {@code role}. */
  enum Role {
    ROUTER,
    SWITCH
  }

  RouterOsSettings {
    requireNonNull(endpoint, "endpoint is null");
    requireNonNull(credentials, "credentials is null");
    requireNonNull(trust, "trust is null");
    requireNonNull(role, "role is null");
    requireNonNull(fastTrack, "fastTrack is null");
  }

  boolean isRouter() {
    return role == Box.Role.ROUTER;
  }

  /** Reads the settings; the folder is where a pinned certificate is kept. */
  static RouterOsSettings of(SourceSettings settings, Path storage) {
    checkNames(settings);
    TlsMode mode = mode(settings);
    String host = settings.text("host").orElseThrow(() -> new SettingException("host is missing"));
    Endpoint endpoint = Endpoint.parse(host.strip(), mode != TlsMode.PLAIN);
    boolean isRouter = settings.choice("role", Role.ROUTER) == Role.ROUTER;
    return new RouterOsSettings(
        endpoint,
        new Credentials(settings.text("user").orElse("admin"), settings.text("pass").orElse("")),
        trust(mode, settings, new CertificatePin(storage, endpoint)),
        isRouter ? Box.Role.ROUTER : Box.Role.SWITCH,
        settings.flag("devices", true),
        settings.choice("fasttrack", FastTrack.Mode.EXPLAIN));
  }

  /** A slip would otherwise mean the default, and with it perhaps less safety than was wanted. */
  private static void checkNames(SourceSettings settings) {
    for (String name : new TreeSet<>(settings.values().keySet())) {
      if (!KNOWN.contains(name)) {
        throw new SettingException(
            "\""
                + name
                + "\" is no setting of a RouterOS box; there are "
                + String.join(", ", KNOWN));
      }
    }
  }

  /**
   * Without the setting {@code tls}: a CA file, or {@code verify-ssl: true}, asks for verification;
   * {@code verify-ssl: false}, which once meant none, gets the pin, which is no trouble and safer.
   */
  private static TlsMode mode(SourceSettings settings) {
    boolean hasFile = settings.text("ca-file").isPresent();
    boolean verifies = settings.flag("verify-ssl", false) || hasFile;
    TlsMode mode = settings.choice("tls", verifies ? TlsMode.CA : TlsMode.PIN);
    if (settings.flag("verify-ssl", false) && mode != TlsMode.CA && mode != TlsMode.PIN) {
      throw new SettingException("verify-ssl is true, so tls must be ca or pin");
    }
    if (hasFile && mode != TlsMode.CA) {
      throw new SettingException("ca-file is given, so tls must be ca");
    }
    return mode;
  }

  private static Trust trust(TlsMode mode, SourceSettings settings, CertificatePin pin) {
    Optional<Path> file = settings.text("ca-file").map(Path::of);
    return switch (mode) {
      case PIN -> new Trust.Pinned(pin);
      case CA -> new Trust.Authority(file.orElse(null));
      case INSECURE -> new Trust.Anybody();
      case PLAIN -> new Trust.Unencrypted();
    };
  }
}
