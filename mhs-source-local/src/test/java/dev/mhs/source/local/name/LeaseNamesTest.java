package dev.mhs.source.local.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.mhs.api.MacAddress;
import dev.mhs.source.local.FakeTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseNamesTest {
  private static final MacAddress NAS = MacAddress.of("00:00:5e:00:53:11");
  private static final MacAddress TV = MacAddress.of("00:00:5e:00:53:12");

  private static final String DNSMASQ =
      """
      1790003600 00:00:5e:00:53:11 192.168.77.51 nas 01:00:00:5e:00:53:11
      1790003600 00:00:5e:00:53:12 192.168.77.52 * *
      duid 00:01:00:01:2c:aa:bb:cc:00:00:5e:00:53:01
      """;

  private static final String KEA =
      """
      address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id
      192.168.77.51,00:00:5e:00:53:11,,3600,1790003600,1,0,0,old-nas,0,,0
      192.168.77.51,00:00:5e:00:53:11,,3600,1790003600,1,0,0,nas.home.arpa,0,,0
      192.168.77.52,00:00:5e:00:53:12,,3600,1790003600,1,0,0,,0,,0
      """;

  private static final String ISC =
      """
      # The format of this file is documented in the dhcpd.leases(5) manual page.
      lease 192.168.77.51 {
        starts 4 2026/03/05 10:00:00;
        binding state active;
        hardware ethernet 00:00:5e:00:53:11;
        client-hostname "nas";
      }
      lease 192.168.77.52 {
        hardware ethernet 00:00:5e:00:53:12;
      }
      """;

  @TempDir Path folder;
  private final FakeTime time = new FakeTime();

  private LeaseNames names(Path... files) {
    LeaseNames names = new LeaseNames(List.of(files), time);
    names.refresh();
    return names;
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void everyServersFileIsToldApartByWhatIsInIt() throws IOException {
    assertEquals("nas", names(file("a", DNSMASQ)).nameOf(NAS));
    assertEquals("nas.home.arpa", names(file("b", KEA)).nameOf(NAS));
    assertEquals("nas", names(file("c", ISC)).nameOf(NAS));
  }

  @Test
  void aClientThatToldNoNameHasNone() throws IOException {
    for (String text : List.of(DNSMASQ, KEA, ISC)) {
      assertNull(names(file("leases", text)).nameOf(TV));
    }
  }

  @Test
  void aChangedFileIsReadAgainAndAMissingOneIsNoTrouble() throws IOException {
    Path file = folder.resolve("leases");
    LeaseNames names = names(file, folder.resolve("never"));
    assertEquals(Map.of(), names.troubles());
    assertNull(names.nameOf(NAS));

    file("leases", DNSMASQ);
    names.refresh();
    assertNull(names.nameOf(NAS), "it was looked at a moment ago");
    time.pass(Duration.ofSeconds(10));
    names.refresh();
    assertEquals("nas", names.nameOf(NAS));
    assertEquals(List.of(file), names.inUse());

    Files.delete(file);
    time.pass(Duration.ofSeconds(10));
    names.refresh();
    assertNull(names.nameOf(NAS));
  }

  @Test
  void ofAHugeFileTheEndIsRead() throws IOException {
    String filler = "1790003600 00:00:5e:00:53:99 192.168.77.53 other *\n".repeat(60_000);

    assertEquals("nas", names(file("leases", filler + DNSMASQ)).nameOf(NAS));
  }

  @Test
  void whatIsNoLeaseFileHasNoNames() throws IOException {
    for (String text : List.of("", "\n\n", "lease {", "address,hwaddr", "\u0000\uffff a b c d")) {
      assertNull(names(file("leases", text)).nameOf(NAS));
    }
  }
}
