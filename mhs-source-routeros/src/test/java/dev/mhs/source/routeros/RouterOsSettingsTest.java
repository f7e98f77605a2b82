package dev.mhs.source.routeros;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.Box;
import dev.mhs.core.spi.SettingException;
import dev.mhs.core.spi.SourceProvider;
import dev.mhs.core.spi.SourceSettings;
import dev.mhs.source.routeros.client.Trust;
import dev.mhs.source.routeros.limit.FastTrack;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterOsSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "192.168.4.1, pin, 192.168.4.1:443",
    "192.168.4.1:8443, pin, 192.168.4.1:8443",
    "router.lan, plain, router.lan:80",
    "[2001:db8::1]:8443, pin, [2001:db8::1]:8443",
    "[2001:db8::1], pin, [2001:db8::1]:443",
    "2001:db8::1, pin, [2001:db8::1]:443"
  })
  void everyFormOfAHostIsRead(String host, String tls, String expected) {
    assertEquals(expected, read(Map.of("host", host, "tls", tls)).endpoint().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exa mple",
        "https://192.168.4.1",
        "192.168.4.1:99999",
        "192.168.4.1:0",
        "a/b",
        ":80"
      })
  void whatIsNoHostIsRefusedInOneSentence(String host) {
    SettingException thrown =
        assertThrows(SettingException.class, () -> read(Map.of("host", host)));

    assertTrue(String.valueOf(thrown.getMessage()).startsWith("host "), host);
  }

  @Test
  void withoutAHostThereIsNoSource() {
    assertThrows(SettingException.class, () -> read(Map.of("user", "x")));
  }

  @Test
  void theUsualTrustIsThePin() {
    assertInstanceOf(Trust.Pinned.class, trust(Map.of()));
    assertInstanceOf(Trust.Pinned.class, trust(Map.of("verify-ssl", "false")));
    assertInstanceOf(Trust.Authority.class, trust(Map.of("verify-ssl", "true")));
    assertInstanceOf(Trust.Authority.class, trust(Map.of("ca-file", "/tmp/ca.pem")));
    assertInstanceOf(Trust.Anybody.class, trust(Map.of("tls", "insecure")));
    assertInstanceOf(Trust.Unencrypted.class, trust(Map.of("tls", "plain")));
    assertThrows(SettingException.class, () -> trust(Map.of("tls", "plain", "verify-ssl", "true")));
    assertThrows(SettingException.class, () -> trust(Map.of("tls", "maybe")));
  }

  @Test
  void aSlipInANameIsNamed() {
    SettingException slip =
        assertThrows(SettingException.class, () -> trust(Map.of("ca_file", "/etc/ca.pem")));

    String words = String.valueOf(slip.getMessage());
    assertTrue(words.startsWith("\"ca_file\" is no setting"), words);
    assertTrue(words.contains("ca-file"), words);
    assertThrows(
        SettingException.class, () -> trust(Map.of("ca-file", "/etc/ca.pem", "tls", "pin")));
  }

  @Test
  void nothingIsDoneAboutFastTrackUnlessWished() {
    assertEquals(FastTrack.Mode.EXPLAIN, read(Map.of("host", "a")).fastTrack());
    assertEquals(
        FastTrack.Mode.EXEMPT, read(Map.of("host", "a", "fasttrack", "exempt")).fastTrack());
  }

  @Test
  void everyBoxIsAskedForDevicesUnlessToldNotTo() {
    RouterOsSettings router = read(Map.of("host", "a"));
    RouterOsSettings box = read(Map.of("host", "a", "role", "switch"));

    assertEquals(Box.Role.ROUTER, router.role());
    assertTrue(router.devices());
    assertEquals(Box.Role.SWITCH, box.role());
    assertTrue(box.devices());
    assertFalse(read(Map.of("host", "a", "devices", "false")).devices());
  }

  @Test
  void theServiceLoaderFindsTheProvider() {
    SourceProvider found =
        ServiceLoader.load(SourceProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(one -> one.type().equals("routeros"))
            .findFirst()
            .orElseThrow();

    assertEquals(100, found.priority());
    assertEquals("MikroTik", found.vendor());
  }

  private static Trust trust(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put("host", "a");
    return read(all).trust();
  }

  private static RouterOsSettings read(Map<String, String> values) {
    return RouterOsSettings.of(new SourceSettings(values), Path.of("unused"));
  }
}
