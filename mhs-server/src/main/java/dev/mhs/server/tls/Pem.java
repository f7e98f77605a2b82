package dev.mhs.server.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads and writes certificates and keys as text: RFC 7468. Stateless. */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");
  private static final Pattern OLD_ENCRYPTION = Pattern.compile("(?m)^Proc-Type:.*ENCRYPTED");
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String KEY = "PRIVATE KEY";

  private Pem() {}

  /** A text that holds not what it should; the message is a half-sentence. */
  static final class PemException extends Exception {
    private static final long serialVersionUID = 1L;

    PemException(String what) {
      super(what);
    }
  }

  /** One block: its label and what it holds. */
  @SuppressWarnings("ArrayRecordComponent") // never handed out
  private record Block(String label, byte[] bytes) {}

  /** Returns the certificates in a text, in their order, at least one. */
  static List<X509Certificate> certificates(String text) throws PemException {
    List<X509Certificate> found = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Block block : blocks(text)) {
        if (block.label().equals(CERTIFICATE)) {
          found.add(
              (X509Certificate)
                  factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
        }
      }
    } catch (GeneralSecurityException broken) {
      throw new PemException("holds a certificate that is broken");
    }
    if (found.isEmpty()) {
      throw new PemException("holds no certificate (-----BEGIN CERTIFICATE-----)");
    }
    return found;
  }

  /** Returns the first private key in a text. */
  static PrivateKey key(String text) throws PemException {
    if (text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----")
        || OLD_ENCRYPTION.matcher(text).find()) {
      throw new PemException("holds a key that is encrypted; MHS needs one that is not");
    }
    for (Block block : blocks(text)) {
      Optional<byte[]> pkcs8 =
          switch (block.label()) {
            case KEY -> Optional.of(block.bytes());
            case "RSA PRIVATE KEY" -> Optional.of(rsa(block.bytes()));
            case "EC PRIVATE KEY" -> Optional.of(ec(block.bytes()));
            default -> Optional.empty();
          };
      if (pkcs8.isPresent()) {
        return decoded(pkcs8.get());
      }
    }
    throw new PemException("holds no private key (-----BEGIN PRIVATE KEY-----)");
  }

  /** RFC 8017 appendix A.1.2, put into the wrapping of RFC 5208 §5 that Java reads. */
  private static byte[] rsa(byte[] pkcs1) {
    byte[] algorithm = Der.sequence(Der.oid("1.2.840.113549.1.1.1"), Der.nothing());
    return Der.sequence(Der.integer(0), algorithm, Der.octets(pkcs1));
  }

  /** RFC 5915 §3: its curve stands in {@code [0]}, and is wanted beside the algorithm. */
  private static byte[] ec(byte[] sec1) throws PemException {
    byte[] algorithm = Der.sequence(Der.oid("1.2.840.10045.2.1"), curve(sec1));
    return Der.sequence(Der.integer(0), algorithm, Der.octets(sec1));
  }

  private static byte[] curve(byte[] sec1) throws PemException {
    for (String curve : List.of("1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35")) {
      byte[] oid = Der.oid(curve);
      if (indexOf(sec1, Der.tagged(0xa0, oid)) >= 0) {
        return oid;
      }
    }
    throw new PemException("holds a key on a curve other than P-256, P-384 and P-521");
  }

  private static int indexOf(byte[] whole, byte[] part) {
    for (int at = 0; at + part.length <= whole.length; at++) {
      if (Arrays.equals(whole, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    return -1;
  }

  private static PrivateKey decoded(byte[] pkcs8) throws PemException {
    return Stream.of("EC", "RSA", "Ed25519")
        .flatMap(algorithm -> decoded(algorithm, pkcs8).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new PemException("holds a key that is broken, or neither RSA nor EC nor Ed25519"));
  }

  /** The bytes say of which kind it is, but only the factory of that kind reads that. */
  private static Optional<PrivateKey> decoded(String algorithm, byte[] pkcs8) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    } catch (GeneralSecurityException another) {
      return Optional.empty();
    }
  }

  private static List<Block> blocks(String text) throws PemException {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      try {
        blocks.add(
            new Block(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2).strip())));
      } catch (IllegalArgumentException notBase64) {
        throw new PemException("is broken");
      }
    }
    return blocks;
  }

  /** Writes a certificate. */
  static String of(X509Certificate certificate) {
    try {
      return block(CERTIFICATE, certificate.getEncoded());
    } catch (GeneralSecurityException impossible) { // it was read from such bytes
      throw new IllegalStateException(impossible);
    }
  }

  /** Writes a private key. */
  static String of(PrivateKey key) {
    return block(KEY, key.getEncoded());
  }

  private static String block(String label, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, text, label);
  }
}
