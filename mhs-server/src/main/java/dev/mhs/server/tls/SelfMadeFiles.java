package dev.mhs.server.tls;

import dev.mhs.api.IpLiteral;
import dev.mhs.server.security.PrivateFile;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The self-made certificate in the data folder. It is made anew only when it must be: browsers
 * object to each new one once more.
 *
 * @param certificate its file
 * @param key the file of its key
 */
record SelfMadeFiles(Path certificate, Path key) {
  private static final Duration RENEWED_BEFORE_ITS_END = Duration.ofDays(30);
  private static final int MOST_NAMES = 100; // or each address that a machine ever had would stay
  private static final int NAME = 2; // RFC 5280 §4.2.1.6: dNSName
  private static final int ADDRESS = 7; // iPAddress
  private static final System.Logger LOG = System.getLogger(SelfMadeFiles.class.getName());

  /** What a certificate is good for. */
  private record Subject(Set<String> names, Set<InetAddress> addresses) {
    boolean covers(List<String> otherNames, Collection<InetAddress> otherAddresses) {
      return names.containsAll(otherNames) && addresses.containsAll(otherAddresses);
    }

    int size() {
      return names.size() + addresses.size();
    }
  }

  /** Sees to it that there is one that is good for these. */
  void ensure(List<String> names, Collection<InetAddress> addresses, Instant now)
      throws IOException {
    Optional<X509Certificate> present = present();
    Subject before = subject(present);
    if (present.isPresent()
        && before.covers(names, addresses)
        && now.plus(RENEWED_BEFORE_ITS_END).isBefore(present.get().getNotAfter().toInstant())
        && !now.isBefore(present.get().getNotBefore().toInstant())) {
      return;
    }
    Set<String> allNames = new LinkedHashSet<>(names);
    Set<InetAddress> allAddresses = new LinkedHashSet<>(addresses);
    if (before.size() < MOST_NAMES) { // a machine that comes and goes keeps what it had
      allNames.addAll(before.names());
      allAddresses.addAll(before.addresses());
    }
    Identity made = SelfMade.make(new ArrayList<>(allNames), allAddresses, now);
    PrivateFile.write(key, Pem.of(made.key()).getBytes(StandardCharsets.US_ASCII));
    PrivateFile.write(certificate, Pem.of(made.certificate()).getBytes(StandardCharsets.US_ASCII));
    LOG.log(
        System.Logger.Level.INFO,
        "Made a certificate for HTTPS, which browsers do not know; its SHA-256 is "
            + sha256(made.certificate()));
  }

  private Optional<X509Certificate> present() {
    if (!Files.exists(certificate)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Https.read(certificate, key).certificate());
    } catch (Https.UnusableException damaged) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The self-made certificate is made anew: " + damaged.getMessage());
      return Optional.empty();
    }
  }

  private static Subject subject(Optional<X509Certificate> present) {
    Set<String> names = new LinkedHashSet<>();
    Set<InetAddress> addresses = new LinkedHashSet<>();
    if (present.isPresent()) {
      for (List<?> alternative : alternatives(present.get())) {
        String text = String.valueOf(alternative.get(1));
        if (alternative.get(0).equals(NAME)) {
          names.add(text);
        } else if (alternative.get(0).equals(ADDRESS)) {
          IpLiteral.parse(text).ifPresent(addresses::add);
        }
      }
    }
    return new Subject(names, addresses);
  }

  private static Collection<List<?>> alternatives(X509Certificate present) {
    try {
      Collection<List<?>> found = present.getSubjectAlternativeNames();
      return found == null ? List.of() : found;
    } catch (GeneralSecurityException notOurs) {
      return List.of();
    }
  }

  /** Returns the fingerprint of a certificate as browsers show it. */
  static String sha256(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT);
    } catch (GeneralSecurityException impossible) { // every Java has it
      throw new IllegalStateException(impossible);
    }
  }
}
