package dev.mhs.core.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.Presence;
import dev.mhs.core.alert.ChannelStatus;
import dev.mhs.core.alert.Delivery;
import dev.mhs.core.alert.QuietHours;
import dev.mhs.core.journal.Notice;
import dev.mhs.core.journal.Parcel;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** That each message reaches every channel, once, whatever happens on the way. */
class AlertDeskTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private Town town = new Town();

  @Test
  void aChannelThatIsDownForAMinuteLosesNothingAndGetsNothingTwice() throws Exception {
    settle();
    town.phone.fails();
    for (int i = 10; i < 13; i++) {
      town.put(i, Presence.ONLINE);
      town.pass(SOON);
    }
    assertEquals(List.of(), town.phone.titles());
    assertEquals(3, town.hook.titles().size(), "one that works does not wait for the other");
    assertEquals(ChannelStatus.State.FAILING, phone().state());
    assertEquals(3, phone().waiting());

    town.phone.works();
    town.pass(Duration.ofMinutes(2));

    assertEquals(
        List.of("New device: device-10", "New device: device-11", "New device: device-12"),
        town.phone.titles());
    assertEquals(town.phone.titles(), town.hook.titles());
    assertEquals(ChannelStatus.State.UP, phone().state());
  }

  @Test
  void itIsAskedLessAndLessOften() throws Exception {
    settle();
    town.phone.fails();
    town.put(10, Presence.ONLINE);

    town.pass(Duration.ofMinutes(59));

    int attempts = town.phone.attempts.size();
    assertTrue(attempts >= 8 && attempts <= 14, attempts + " attempts in an hour");
    assertEquals(1, new HashSet<>(town.phone.attempts).size(), "always the same id");
  }

  @Test
  void whenThePeerSaysWhenItIsAskedThen() throws Exception {
    settle();
    town.phone.answers(() -> new Delivery.Failed("it answers 429", Duration.ofMinutes(10)));
    town.put(10, Presence.ONLINE);

    town.pass(Duration.ofMinutes(9));

    assertEquals(1, town.phone.attempts.size());
  }

  @Test
  void aRefusalIsToldAndNotTriedForEverAndHoldsUpNothingElse() throws Exception {
    settle();
    town.phone.answers(() -> new Delivery.Refused("it answers 401 Unauthorized"));
    town.put(10, Presence.ONLINE);
    town.pass(Duration.ofMinutes(1));
    assertEquals(ChannelStatus.State.REFUSING, phone().state());
    assertEquals("it answers 401 Unauthorized", phone().problem());

    town.pass(Duration.ofHours(5));

    assertEquals(5, town.phone.attempts.size());
    assertEquals(1, phone().lost());
    assertEquals(0, phone().waiting());
    assertEquals(1, town.hook.titles().size());
  }

  @Test
  void whatWaitsOutlivesARestart() throws Exception {
    settle();
    town.phone.fails();
    town.hook.fails();
    for (int i = 10; i < 60; i++) {
      town.put(i, Presence.ONLINE);
      town.pass(SOON);
    }

    town.restart();
    assertEquals(50, phone().waiting());
    town.phone.works();
    town.hook.works();
    town.pass(Duration.ofMinutes(5));

    assertEquals(50, town.phone.titles().size());
    assertFalse(town.phone.titles().toString().contains("AGAIN"));
    assertEquals(town.phone.titles(), town.hook.titles());
  }

  @Test
  void whoEndsBetweenSendingAndNotingItSendsTheSameIdAgain() throws Exception {
    settle();
    town.phone.answers(
        () -> {
          town.phone.taken.put(town.phone.attempts.getLast(), "New device: device-10");
          throw new Killed();
        });
    town.put(10, Presence.ONLINE);
    passUntilKilled();

    town.restart();
    town.phone.works();
    town.pass(SOON);

    assertEquals(2, town.phone.attempts.size());
    assertEquals(1, new HashSet<>(town.phone.attempts).size());
    assertEquals(1, town.phone.taken.size());
  }

  @Test
  void whatHappensInQuietHoursIsToldAfterwardsInOneMessage() throws Exception {
    // The clock starts at 12:00 UTC, 13:00 in Berlin; this night it is set forward.
    town =
        new Town(
            true,
            new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0)),
            ZoneId.of("Europe/Berlin"));
    town.clock.advance(Duration.ofDays(27)); // the 28th of March
    settle();
    town.pass(Duration.ofHours(10));
    assertEquals(List.of(), town.phone.titles());

    town.put(2, Presence.OFFLINE);
    town.pass(Duration.ofHours(1));
    town.put(2, Presence.ONLINE);
    town.put(10, Presence.ONLINE);
    town.pass(Duration.ofMinutes(30));
    town.restart();
    town.putAll(1, 3, Presence.ONLINE);
    town.put(10, Presence.ONLINE);
    assertEquals(List.of(), town.phone.attempts);
    passUntil("2026-03-29T04:59:00Z");
    assertEquals(List.of(), town.phone.attempts);
    passUntil("2026-03-29T05:02:00Z"); // 07:02 in summer time

    assertEquals(
        List.of("While it was quiet: 1 new device, 1 device gone, 1 device back"),
        town.phone.titles());
  }

  @Test
  void newsOfMoreThanAWeekAgoIsToldToNobody() throws Exception {
    town = new Town(false, new QuietHours(LocalTime.of(0, 0), LocalTime.of(18, 0)), ZoneOffset.UTC);
    settle();
    town.put(10, Presence.ONLINE);
    town.push();
    assertEquals(1, town.journal.kept().of(Notice.class).size());

    town.clock.advance(Duration.ofDays(7).plusHours(1));
    town.restart();
    town.put(12, Presence.ONLINE);
    town.pass(Duration.ofHours(8));

    assertEquals(List.of("While it was quiet: New device: device-12"), town.phone.titles());
    assertEquals(List.of(), town.journal.kept().of(Notice.class));
  }

  @Test
  void whatGrewOldWhileTheMachineSleptIsToldToNobody() throws Exception {
    town = new Town(false, new QuietHours(LocalTime.of(0, 0), LocalTime.of(18, 0)), ZoneOffset.UTC);
    settle();
    town.put(10, Presence.ONLINE);
    town.push();

    town.clock.advance(Duration.ofDays(7).plusHours(8));
    town.push();

    assertEquals(List.of(), town.phone.titles());
    assertEquals(List.of(), town.journal.kept().of(Notice.class));
    assertEquals(0, town.desk.status().held());
  }

  @Test
  void whereNobodyIsToldNothingIsKeptForThem() throws Exception {
    settle();
    town.phone.fails();
    town.put(10, Presence.ONLINE);
    town.push();
    assertEquals(1, town.journal.kept().of(Notice.class).size());
    town.channels = List.of();

    town.restart();
    settle();
    town.put(11, Presence.ONLINE);
    town.pass(SOON);

    assertEquals(List.of(), town.journal.kept().of(Notice.class));
    assertEquals(List.of(), town.journal.kept().of(Parcel.class));
  }

  @Test
  void aFloodIsBoundedAndSaysHowMuchWasLeftOut() throws Exception {
    town =
        new Town(
            false,
            new QuietHours(LocalTime.of(0, 0), LocalTime.of(18, 0)),
            ZoneId.of("Europe/Berlin"));
    settle();
    for (int i = 10; i < 250; i++) {
      town.put(i, Presence.ONLINE);
      town.push();
    }
    assertEquals(240, town.desk.status().held());

    town.clock.advance(Duration.ofHours(6));
    town.push();

    assertEquals(List.of("While it was quiet: 200 new devices, 40 more"), town.phone.titles());
  }

  @Test
  void aTestIsSentAtOnceAndFreesWhatWaits() throws Exception {
    settle();
    town.phone.fails();
    town.put(10, Presence.ONLINE);
    town.pass(Duration.ofMinutes(30));
    town.phone.works();

    assertTrue(town.desk.testPause().isEmpty());
    assertEquals(2, town.desk.test().size());
    assertTrue(town.desk.testPause().isPresent());
    town.pass(Town.PUSH);

    assertEquals(List.of("Test", "New device: device-10"), town.phone.titles());
  }

  @Test
  void whateverFailsWheneverItIsRestartedNothingIsLostAndNothingComesTwice() throws Exception {
    for (long seed = 1; seed <= 30; seed++) {
      Random random = new Random(seed);
      town = new Town();
      settle();
      List<String> expected = new ArrayList<>();
      for (int i = 10; i < 60; i++) {
        switch (random.nextInt(6)) {
          case 0 -> town.phone.fails();
          case 1 -> town.phone.works();
          case 2 -> town.hook.fails();
          case 3 -> town.hook.works();
          case 4 -> {
            town.restart();
            town.putAll(1, 3, Presence.ONLINE);
            town.putAll(10, i - 1, Presence.ONLINE);
          }
          default -> {}
        }
        town.put(i, Presence.ONLINE);
        expected.add("New device: device-" + i);
        town.pass(SOON.plusSeconds(random.nextInt(60)));
      }
      town.phone.works();
      town.hook.works();
      town.pass(Duration.ofMinutes(40));

      String why = "with seed " + seed;
      assertEquals(expected, town.phone.titles(), why);
      assertEquals(expected, town.hook.titles(), why);
      assertTrue(town.journal.kept().of(Parcel.class).isEmpty(), why);
    }
  }

  /** The process ends here. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private void passUntilKilled() throws InterruptedException {
    try {
      town.pass(SOON);
    } catch (Killed end) {
      return;
    }
    throw new AssertionError("nothing was sent");
  }

  private void passUntil(String time) throws InterruptedException {
    town.pass(Duration.between(town.clock.instant(), Instant.parse(time)));
  }

  private ChannelStatus phone() {
    return town.desk.status().channels().getFirst();
  }

  private void settle() throws InterruptedException {
    town.putAll(1, 3, Presence.ONLINE);
    town.pass(Town.LEARNING.plusMinutes(1));
  }
}
