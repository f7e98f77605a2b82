package dev.mhs.server.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes certificates that nobody vouches for: RFC 5280, with a key on the curve P-256 (RFC 5480)
 * that every browser knows. The JDK has no call for it but {@code keytool}, which a small runtime
 * lacks.
 */
public final class SelfMade {
  /** No longer, or Apple's systems refuse it: support.apple.com/103769. */
  static final Duration LIFE = Duration.ofDays(825);

  private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final int SERIAL_BITS = 127; // positive, and at most 20 bytes: §4.1.2.2
  private static final Duration CLOCKS_MAY_DIFFER_BY = Duration.ofDays(1);

  private SelfMade() {}

  /**
   * Makes a key and its certificate.
   *
   * @param names the host names for which it is good, the first one its own; at least one
   * @param addresses the addresses for which it is good
   * @param now from when, to {@link #LIFE} later
   */
  static Identity make(List<String> names, Collection<InetAddress> addresses, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      byte[] content = content(keys, names, addresses, now);
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(content);
      byte[] whole = Der.sequence(content, algorithm(), Der.bits(0, signature.sign()));
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(whole));
      return new Identity(List.of(certificate), keys.getPrivate());
    } catch (GeneralSecurityException impossible) { // every Java has all of it
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Makes a key and its certificate for this machine's loopback addresses, for the played boxes of
   * the demo.
   *
   * @param name the host name that it says is its own
   * @param now from when it is good, to 825 days later
   * @return both
   */
  public static KeyStore.PrivateKeyEntry forLoopback(String name, Instant now) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    Identity made = make(List.of(name, "localhost"), List.of(loopback), now);
    return new KeyStore.PrivateKeyEntry(made.key(), new Certificate[] {made.certificate()});
  }

  private static byte[] content(
      KeyPair keys, List<String> names, Collection<InetAddress> addresses, Instant now) {
    Instant from = now.minus(CLOCKS_MAY_DIFFER_BY);
    byte[] name =
        Der.sequence(
            Der.set(Der.sequence(Der.oid(COMMON_NAME), Der.utf8(shortened(names.getFirst())))));
    return Der.sequence(
        Der.tagged(0xa0, Der.integer(2)), // version 3
        Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0)),
        algorithm(),
        name,
        Der.sequence(Der.time(from), Der.time(from.plus(LIFE))),
        name,
        keys.getPublic().getEncoded(),
        Der.tagged(0xa3, extensions(names, addresses)));
  }

  private static byte[] algorithm() {
    return Der.sequence(Der.oid(ECDSA_WITH_SHA256));
  }

  private static byte[] extensions(List<String> names, Collection<InetAddress> addresses) {
    byte[] digitalSignature = Der.bits(7, new byte[] {(byte) 0x80});
    byte[][] alternatives =
        Stream.concat(
                names.stream()
                    .map(name -> name.getBytes(StandardCharsets.US_ASCII))
                    .map(name -> Der.tagged(0x82, name)),
                addresses.stream().map(address -> Der.tagged(0x87, address.getAddress())))
            .toArray(byte[][]::new);
    return Der.sequence(
        extension(BASIC_CONSTRAINTS, true, Der.sequence()),
        extension(KEY_USAGE, true, digitalSignature),
        extension(EXTENDED_KEY_USAGE, false, Der.sequence(Der.oid(SERVER_AUTH))),
        extension(ALTERNATIVE_NAMES, false, Der.sequence(alternatives)));
  }

  private static byte[] extension(String oid, boolean critical, byte[] value) {
    return critical
        ? Der.sequence(Der.oid(oid), Der.bool(true), Der.octets(value))
        : Der.sequence(Der.oid(oid), Der.octets(value));
  }

  /** RFC 5280, appendix A: ub-common-name is 64. */
  private static String shortened(String name) {
    return name.length() > 64 ? name.substring(0, 64) : name;
  }
}
