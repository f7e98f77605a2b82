package dev.mhs.source.routeros.client;

import dev.mhs.core.spi.SettingException;
import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** How a box proves that it is the right one. */
public sealed interface Trust {
  /**
   * By the certificate that it showed the first time.
   *
   * @param pin where that is remembered
   */
  record Pinned(CertificatePin pin) implements Trust {}

  /**
   * By a certificate that somebody trusted signed, and that names the host.
   *
   * @param file the signer's certificate (PEM), or null for the signers that Java knows
   */
  record Authority(@Nullable Path file) implements Trust {}

  /** Not at all, by explicit choice. */
  record Anybody() implements Trust {}

  /** Not at all, and nothing is encrypted either, by explicit choice. */
  record Unencrypted() implements Trust {}

  /**
   * Returns what the client needs to hold a peer to it.
   *
   * @return made once for each box and kept: connections are reused under the same one only
   * @throws SettingException when the signer's certificate cannot be read
   */
  default Tls tls() {
    return switch (this) {
      case Pinned(CertificatePin pin) ->
          tls(new TrustManager[] {new PinningTrust(pin)}, Tls.ENDPOINT_IDENTIFICATION_NONE);
      case Anybody() ->
          tls(new TrustManager[] {new PinningTrust(null)}, Tls.ENDPOINT_IDENTIFICATION_NONE);
      case Authority(Path file) -> tls(authority(file), Tls.ENDPOINT_IDENTIFICATION_HTTPS);
      case Unencrypted() -> Tls.builder().enabled(false).build();
    };
  }

  private static Tls tls(TrustManager @Nullable [] trust, String nameCheck) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust, null);
      return Tls.builder().sslContext(context).endpointIdentificationAlgorithm(nameCheck).build();
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static TrustManager @Nullable [] authority(@Nullable Path file) {
    if (file == null) {
      return null;
    }
    try (InputStream pem = Files.newInputStream(file)) {
      KeyStore signers = KeyStore.getInstance(KeyStore.getDefaultType());
      signers.load(null, null);
      int count = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        signers.setCertificateEntry("signer-" + count++, one);
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(signers);
      return managers.getTrustManagers();
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new SettingException(
          "ca-file is \"" + file + "\", but no certificate can be read there (" + unreadable + ")");
    }
  }
}
