package dev.mhs.source.routeros.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.source.routeros.Schema;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked for exists, by what RouterOS says of itself. */
class MenuSchemaTest {
  /** Menus of which nobody published what may be asked for: keys as in samples and manual. */
  private static final Set<String> UNDOCUMENTED =
      Set.of(
          "system/routerboard",
          "user",
          "interface/vlan",
          "interface/bonding",
          "interface/wireless",
          "interface/wireless/registration-table",
          "caps-man/registration-table",
          "ip/dns/static",
          "ipv6/settings",
          "ipv6/firewall/address-list",
          "ip/accounting",
          "ip/accounting/snapshot",
          "ip/accounting/uncounted");

  @ParameterizedTest
  @EnumSource(Menu.class)
  void everyKeyThatIsAskedForIsAPropertyOfItsMenu(Menu menu) {
    Set<String> unknown = new TreeSet<>(keys(menu));
    unknown.remove(".id"); // every table has it, and no schema names it
    if (UNDOCUMENTED.contains(menu.path())) {
      assertFalse(Schema.knows(menu.path()) && Schema.properties(menu.path()).isPresent());
      return;
    }

    unknown.removeAll(Schema.properties(menu.path()).orElseThrow());

    assertEquals(Set.of(), unknown);
  }

  @ParameterizedTest
  @EnumSource(Menu.class)
  void noMenuIsAskedWithoutAListOfKeysNorForASecret(Menu menu) {
    Set<String> keys = keys(menu);

    assertFalse(keys.isEmpty());
    for (String secret : List.of("password", "secret", "pre-shared-key", "passphrase")) {
      assertFalse(keys.contains(secret), secret);
    }
  }

  @Test
  void theGenerationsOfWirelessTakeTurns() {
    for (String version : Schema.versions()) {
      boolean isOld = Integer.parseInt(version.split("\\.", -1)[1]) < 13;
      assertEquals(!isOld, Schema.has(Menu.WIFI_REGISTRATION.path(), version), version);
      assertEquals(isOld, Schema.has(Menu.WIRELESS_REGISTRATION.path(), version), version);
      assertEquals(isOld, Schema.has(Menu.CAPSMAN_REGISTRATION.path(), version), version);
    }
  }

  @Test
  void accountingIsInNoVersionThatHasRest() {
    assertTrue(Schema.versions().stream().noneMatch(one -> Schema.has("ip/accounting", one)));
  }

  private static Set<String> keys(Menu menu) {
    String list = Objects.requireNonNull(menu.request().query().get(".proplist"));
    return new HashSet<>(Arrays.asList(list.split(",", -1)));
  }
}
