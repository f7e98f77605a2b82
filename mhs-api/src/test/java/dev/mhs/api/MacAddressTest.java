package dev.mhs.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"00:00:5e:00:53:af", "00-00-5E-00-53-AF", "0000.5e00.53af", "00005E0053AF"})
  void everyUsualSpellingIsUnderstood(String text) {
    assertEquals("00:00:5e:00:53:af", MacAddress.of(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00:00:5e:00:53",
        "00:00:5e:00:53:af:01",
        "00:00-5e:00:53:af",
        "00:00:5e:00:53:ag",
        " 00:00:5e:00:53:af",
        "0000.5e00.53a",
        "00:00:5e:00:53:af\n"
      })
  void whatSpellsNoneIsEmpty(String text) {
    assertTrue(MacAddress.parse(text).isEmpty());
    assertThrows(IllegalArgumentException.class, () -> MacAddress.of(text));
  }

  @Test
  void anAddressThatADeviceMadeUpIsKnownByItsBit() {
    assertTrue(MacAddress.of("0a:1b:2c:3d:4e:5f").isRandomized());
    assertFalse(MacAddress.of("08:1b:2c:3d:4e:5f").isRandomized());
    assertFalse(MacAddress.of("33:33:00:00:00:01").isRandomized(), "a group, not a device");
  }

  @Test
  void groupsAndZerosAreNoDevices() {
    assertFalse(MacAddress.of("ff:ff:ff:ff:ff:ff").isDevice());
    assertFalse(MacAddress.of("01:00:5e:00:00:01").isDevice());
    assertFalse(new MacAddress(0).isDevice());
    assertTrue(MacAddress.of("00:00:5e:00:53:01").isDevice());
  }

  @Test
  void fortyEightBitsAreAllThereAre() {
    assertEquals("ff:ff:ff:ff:ff:ff", new MacAddress(0xffff_ffff_ffffL).toString());
    assertThrows(IllegalArgumentException.class, () -> new MacAddress(1L << 48));
    assertThrows(IllegalArgumentException.class, () -> new MacAddress(-1));
  }
}
