package dev.mhs.server.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates and keys as OpenSSL 3.0 has made them, for nobody but this test. */
class PemTest {
  @ParameterizedTest
  @CsvSource({
    "ec.crt,  ec-pkcs8.key",
    "ec.crt,  ec-sec1.key",
    "rsa.crt, rsa-pkcs8.key",
    "rsa.crt, rsa-pkcs1.key"
  })
  void aKeyInEachUsualFormBelongsToItsCertificate(String certificate, String key) throws Exception {
    Identity identity = new Identity(Pem.certificates(text(certificate)), Pem.key(text(key)));

    assertTrue(identity.isWhole());
    assertFalse(new Identity(Pem.certificates(text(other(certificate))), identity.key()).isWhole());
  }

  private static String other(String certificate) {
    return certificate.equals("ec.crt") ? "rsa.crt" : "ec.crt";
  }

  @Test
  void aChainKeepsItsOrderAndWhatStandsBetweenIsIgnored() throws Exception {
    String both = "Bag Attributes\n" + text("rsa.crt") + "\n# root\r\n" + text("ec.crt");

    List<?> chain = Pem.certificates(both);

    assertEquals(
        List.of(
            Pem.certificates(text("rsa.crt")).getFirst(),
            Pem.certificates(text("ec.crt")).getFirst()),
        chain);
  }

  @ParameterizedTest
  @CsvSource({
    "encrypted.key,     holds a key that is encrypted; MHS needs one that is not",
    "encrypted-old.key, holds a key that is encrypted; MHS needs one that is not",
    "ec.crt,            holds no private key (-----BEGIN PRIVATE KEY-----)"
  })
  void whatIsNoKeyForUsIsSaid(String file, String what) throws Exception {
    Pem.PemException refused = assertThrows(Pem.PemException.class, () -> Pem.key(text(file)));

    assertEquals(what, refused.getMessage());
  }

  @Test
  void noPrefixOfAFileIsMoreThanRefused() throws Exception {
    for (String file : List.of("ec.crt", "ec-sec1.key", "rsa-pkcs1.key", "ec-pkcs8.key")) {
      String whole = text(file).strip();
      for (int length = 0; length < whole.length(); length++) {
        String part = whole.substring(0, length);
        assertThrows(Pem.PemException.class, () -> Pem.certificates(part));
        assertThrows(Pem.PemException.class, () -> Pem.key(part));
      }
    }
  }

  @Test
  void damagedContentIsRefused() {
    for (String label : List.of("PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY")) {
      String text = "-----BEGIN %s-----\nAAAA\n-----END %s-----".formatted(label, label);
      assertThrows(Pem.PemException.class, () -> Pem.key(text), label);
    }
    assertThrows(
        Pem.PemException.class,
        () -> Pem.certificates("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"));
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    Identity made = SelfMade.make(List.of("nas"), List.of(), Instant.parse("2026-03-01T00:00:00Z"));

    assertEquals(made.chain(), Pem.certificates(Pem.of(made.certificate())));
    assertEquals(made.key(), Pem.key(Pem.of(made.key())));
  }

  private static String text(String file) throws IOException {
    try (InputStream in = PemTest.class.getResourceAsStream("/tls/" + file)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
