package dev.mhs.server.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.IpLiteral;
import dev.mhs.tck.MutableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelfMadeTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path folder;

  @Test
  void theCertificateIsGoodForEveryNameAndAddressAndSignedByItsOwnKey() throws Exception {
    Identity made =
        SelfMade.make(
            List.of("nas", "nas.local"),
            List.of(IpLiteral.of("192.0.2.7"), IpLiteral.of("2001:db8::7")),
            NOW);
    X509Certificate certificate = made.certificate();

    certificate.verify(certificate.getPublicKey());
    certificate.checkValidity(Date.from(NOW));
    assertTrue(made.isWhole());
    assertEquals(3, certificate.getVersion());
    assertEquals("CN=nas", certificate.getSubjectX500Principal().getName());
    assertEquals(-1, certificate.getBasicConstraints(), "it vouches for no other");
    assertTrue(certificate.getKeyUsage()[0]);
    assertEquals(List.of("1.3.6.1.5.5.7.3.1"), certificate.getExtendedKeyUsage());
    assertEquals(
        List.of(
            List.of(2, "nas"),
            List.of(2, "nas.local"),
            List.of(7, "192.0.2.7"),
            List.of(7, "2001:db8:0:0:0:0:0:7")),
        List.copyOf(certificate.getSubjectAlternativeNames()));
    assertTrue(certificate.getSerialNumber().signum() > 0);
    assertEquals(
        SelfMade.LIFE,
        Duration.between(
            certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2049-12-31T23:59:59Z", "2050-01-01T00:00:00Z", "2100-06-01T00:00:00Z"})
  void aTimeIsWrittenInEveryCentury(String time) throws Exception {
    X509Certificate made =
        SelfMade.make(List.of("nas"), List.of(), Instant.parse(time).plus(Duration.ofDays(1)))
            .certificate();

    assertEquals(Instant.parse(time), made.getNotBefore().toInstant());
  }

  @Test
  void hundredsOfNamesAreWritten() throws Exception {
    List<String> names = IntStream.range(0, 500).mapToObj(i -> "name-" + i + ".example").toList();

    assertEquals(
        500,
        SelfMade.make(names, List.of(), NOW).certificate().getSubjectAlternativeNames().size());
  }

  @ParameterizedTest
  @CsvSource({ // ITU-T X.690 §8.19.5 has the first one as its example
    "2.999.3,             0603883703",
    "1.2.840.10045.4.3.2, 06082a8648ce3d040302",
    "2.5.29.17,           0603551d11",
    "1.2.0,               06022a00"
  })
  void objectIdentifiersAreWrittenAsTheStandardSays(String oid, String hex) {
    assertArrayEquals(HexFormat.of().parseHex(hex), Der.oid(oid));
  }

  @Test
  void lengthsAreWrittenAsTheStandardSays() {
    assertArrayEquals(new byte[] {4, 0}, Der.octets(new byte[0]));
    assertEquals(127, Der.octets(new byte[127])[1]);
    assertArrayEquals(
        new byte[] {4, (byte) 0x81, (byte) 128}, Arrays.copyOf(Der.octets(new byte[128]), 3));
    assertArrayEquals(
        new byte[] {4, (byte) 0x82, 1, 0}, Arrays.copyOf(Der.octets(new byte[256]), 4));
  }

  @Test
  void itIsKeptAsLongAsItIsGoodForWhatThisMachineIs() throws Exception {
    SelfMadeFiles files = files();
    List<String> names = List.of("nas");
    files.ensure(names, List.of(IpLiteral.of("192.0.2.7")), NOW);
    String first = Files.readString(files.certificate());
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(files.key())));

    files.ensure(names, List.of(IpLiteral.of("192.0.2.7")), NOW.plus(Duration.ofDays(700)));
    assertEquals(first, Files.readString(files.certificate()));

    files.ensure(names, List.of(IpLiteral.of("192.0.2.8")), NOW);
    String second = Files.readString(files.certificate());
    assertNotEquals(first, second, "another address");

    files.ensure(names, List.of(IpLiteral.of("192.0.2.7")), NOW);
    assertEquals(second, Files.readString(files.certificate()), "it was good for both");

    files.ensure(names, List.of(), NOW.plus(Duration.ofDays(800)));
    assertNotEquals(second, Files.readString(files.certificate()), "it ends soon");
  }

  @Test
  void aDamagedOneIsMadeAnew() throws Exception {
    SelfMadeFiles files = files();
    files.ensure(List.of("nas"), List.of(), NOW);
    Files.writeString(files.key(), "nothing");

    files.ensure(List.of("nas"), List.of(), NOW);

    assertTrue(Https.read(files.certificate(), files.key()).isWhole());
  }

  @Test
  void aRenewedCertificateIsUsedWithinAMinuteAndHalfOfOneIsNot() throws Exception {
    MutableClock clock = new MutableClock();
    SelfMadeFiles files = files();
    files.ensure(List.of("nas"), List.of(), NOW);
    Https https = Https.given(files.certificate(), files.key(), clock);
    Object first = https.get();

    Files.writeString(files.certificate(), "half");
    clock.advance(Duration.ofSeconds(61));
    assertEquals(first, https.get());

    files.ensure(List.of("nas"), List.of(), NOW);
    assertEquals(first, https.get(), "not looked at yet");
    clock.advance(Duration.ofSeconds(61));
    assertNotEquals(first, https.get());
  }

  private SelfMadeFiles files() {
    return new SelfMadeFiles(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
  }
}
