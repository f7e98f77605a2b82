package dev.mhs.source.routeros;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.source.routeros.parse.Row;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UserRightsTest {
  private static final List<Row> USERS =
      Samples.of("[{'name':'admin','group':'full'},{'name':'mhs','group':'mhs'}]");
  private static final List<Row> GROUPS =
      Samples.of("[{'name':'mhs','policy':'read,write,rest-api,!ftp,!reboot,!sensitive'}]");

  @Test
  void whatIsDeniedIsNotGranted() {
    UserRights rights = UserRights.of("mhs", USERS, GROUPS).orElseThrow();

    assertTrue(rights.may("write"));
    assertFalse(rights.may("ftp"));
    assertEquals(List.of(), rights.beyondNeed());
  }

  @Test
  void theGroupReadMayMoreThanNeededAndNotWrite() {
    List<Row> group = Samples.rows("user-group.read.json");

    UserRights rights =
        UserRights.of("mhs", Samples.of("[{'name':'mhs','group':'read'}]"), group).orElseThrow();

    assertFalse(rights.may("write"));
    assertTrue(rights.beyondNeed().contains("reboot"));
    assertFalse(rights.beyondNeed().contains("read"));
  }

  @Test
  void whatTheBoxDoesNotTellIsUnknown() {
    assertEquals(Optional.empty(), UserRights.of("admin", USERS, GROUPS));
    assertEquals(Optional.empty(), UserRights.of("nobody", USERS, GROUPS));
    assertEquals(Optional.empty(), UserRights.of("mhs", List.of(), List.of()));
  }
}
