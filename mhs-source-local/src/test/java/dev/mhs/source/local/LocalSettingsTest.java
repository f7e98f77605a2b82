package dev.mhs.source.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.core.spi.SettingException;
import dev.mhs.core.spi.SourceSettings;
import dev.mhs.source.local.LocalSettings.Scan;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LocalSettingsTest {
  private static LocalSettings of(Map<String, String> values) {
    return LocalSettings.of(new SourceSettings(values));
  }

  @Test
  void withoutSettingsEverythingSuitableIsSwept() {
    assertEquals(new LocalSettings(Scan.ACTIVE, Set.of(), true), of(Map.of()));
  }

  @Test
  void settingsAreRead() {
    assertEquals(
        new LocalSettings(Scan.PASSIVE, Set.of("eth0", "wlan0.7"), true),
        of(Map.of("scan", "passive", "interfaces", " eth0, wlan0.7 ,")));
  }

  @Test
  void anUnknownWordIsRefusedInOneSentence() {
    var refused = assertThrows(SettingException.class, () -> of(Map.of("scan", "sometimes")));

    assertTrue(String.valueOf(refused.getMessage()).contains("active, passive, off"));
  }

  @Test
  void whatCannotNameAnInterfaceIsRefused() {
    for (String name : new String[] {"../etc", "a b", "averyveryverylongname", ".", ".."}) {
      var refused = assertThrows(SettingException.class, () -> of(Map.of("interfaces", name)));
      assertTrue(String.valueOf(refused.getMessage()).contains(name));
    }
  }
}
