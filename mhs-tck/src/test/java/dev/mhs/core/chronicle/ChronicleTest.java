package dev.mhs.core.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.CapabilityStatus.State;
import dev.mhs.api.Presence;
import dev.mhs.core.event.LimitChanges;
import dev.mhs.core.journal.Alias;
import dev.mhs.core.journal.Event;
import dev.mhs.core.journal.EventKind;
import dev.mhs.core.journal.Watch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is noted of what happens, and what of it is told. */
class ChronicleTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Town town = new Town();

  @Test
  void theFirstStartWithFiftyDevicesTellsNothing() throws Exception {
    town.putAll(1, 40, Presence.ONLINE);
    town.pass(Duration.ofMinutes(3));
    town.putAll(41, 45, Presence.ONLINE); // a sweep finds them later
    town.putAll(46, 50, Presence.IDLE); // these sleep
    town.pass(Duration.ofMinutes(20));
    town.putAll(46, 50, Presence.ONLINE);
    town.pass(Duration.ofMinutes(20));

    assertEquals(List.of(), town.kinds());
    assertEquals(List.of(), town.phone.titles());
  }

  @Test
  void whoComesLaterIsNewOnceAndTold() throws Exception {
    settle(3);

    town.put(9, Presence.ONLINE);
    town.pass(SOON);
    leave(9);
    town.put(9, Presence.ONLINE);
    town.pass(SOON);

    assertEquals(List.of(EventKind.NEW_DEVICE, EventKind.LEFT, EventKind.JOINED), town.kinds());
    assertEquals(List.of("New device: device-9"), town.phone.titles());
    assertEquals(town.phone.titles(), town.hook.titles());
  }

  @Test
  void severalThatComeTogetherAreToldTogether() throws Exception {
    settle(3);

    town.putAll(10, 14, Presence.ONLINE);
    town.pass(SOON);

    assertEquals(List.of("5 new devices"), town.phone.titles());
  }

  @Test
  void aSourcesOutageAndItsReturnTellNothingAboutDevices() throws Exception {
    town.watches.decide(watchOf(1));
    settle(50);

    town.router(State.DOWN);
    town.localState = State.DOWN;
    town.putAll(1, 50, Presence.UNKNOWN);
    town.pass(Duration.ofHours(2));
    town.router(State.UP);
    town.localState = State.UP;
    town.putAll(1, 50, Presence.ONLINE);
    town.pass(Duration.ofMinutes(30));

    assertEquals(2, town.count(EventKind.SOURCE_FAILED));
    assertEquals(2, town.count(EventKind.SOURCE_RECOVERED));
    assertEquals(4, town.kinds().size());
    assertEquals(List.of(), town.phone.titles());
  }

  @Test
  void aFailoverOfTheRouterIsOneEventAndSoIsItsReturn() throws Exception {
    settle(20);

    town.router(State.DOWN);
    town.pass(Duration.ofMinutes(20));
    assertEquals(List.of(EventKind.SOURCE_FAILED), town.kinds());
    assertEquals(
        "no connection: refused; local answers for devices",
        town.journal.events.getFirst().detail());
    town.router(State.UP);
    town.pass(Duration.ofMinutes(20));

    assertEquals(List.of(EventKind.SOURCE_FAILED, EventKind.SOURCE_RECOVERED), town.kinds());
    assertEquals(List.of(), town.phone.titles());
  }

  @Test
  void whomOnlyTheOtherSourceEverSawIsNotNewWhenItFirstTakesOver() throws Exception {
    settle(3);

    town.router(State.DOWN);
    town.put(99, Presence.ONLINE); // the router itself, to the local source
    town.pass(Duration.ofMinutes(20));

    assertEquals(List.of(EventKind.SOURCE_FAILED), town.kinds());
  }

  @Test
  void aSourceThatFailsForAMomentIsNoEvent() throws Exception {
    settle(3);

    for (int i = 0; i < 20; i++) {
      town.router(State.DOWN);
      town.pass(Duration.ofSeconds(6));
      town.router(State.UP);
      town.pass(Duration.ofSeconds(6));
    }

    assertEquals(List.of(), town.kinds());
  }

  @Test
  void aRestartTellsNothing() throws Exception {
    town.watches.decide(watchOf(1));
    settle(50);
    town.putAll(40, 50, Presence.OFFLINE);
    town.pass(SOON);
    int before = town.kinds().size();

    town.restart();
    town.push();
    town.pass(Duration.ofMinutes(1));
    town.putAll(1, 39, Presence.ONLINE);
    town.putAll(40, 50, Presence.OFFLINE);
    town.pass(Duration.ofMinutes(30));

    assertEquals(before, town.kinds().size());
    assertEquals(List.of(), town.phone.titles());
  }

  @Test
  void whoLeftOrCameWhileNobodyLookedIsNotedAfterARestart() throws Exception {
    settle(5);
    leave(4);
    int before = town.kinds().size();

    town.restart();
    town.putAll(1, 2, Presence.ONLINE);
    town.put(3, Presence.OFFLINE);
    town.put(4, Presence.ONLINE);
    town.put(6, Presence.ONLINE);
    town.pass(Duration.ofMinutes(5));

    assertEquals(
        List.of(EventKind.JOINED, EventKind.NEW_DEVICE, EventKind.LEFT),
        town.kinds().subList(before, town.kinds().size()));
  }

  @Test
  void aWatchedDeviceIsToldOnceItIsGoneForLongAndWhenItIsBack() throws Exception {
    settle(5);
    watch(2);

    town.put(2, Presence.OFFLINE);
    town.pass(Duration.ofMinutes(4));
    assertEquals(List.of(), town.phone.titles());
    town.pass(Duration.ofHours(12));
    assertEquals(List.of("device-2 is gone"), town.phone.titles());
    town.put(2, Presence.ONLINE);
    town.pass(SOON);

    assertEquals(List.of("device-2 is gone", "device-2 is back"), town.phone.titles());
  }

  @Test
  void nobodyIsToldOfDevicesThatAreNotWatchedOrComeBackInTime() throws Exception {
    settle(5);
    watch(2);

    town.put(3, Presence.OFFLINE);
    town.put(2, Presence.OFFLINE);
    town.pass(Duration.ofMinutes(4));
    town.put(2, Presence.ONLINE);
    town.pass(Duration.ofHours(2));

    assertEquals(List.of(), town.phone.titles());
  }

  @Test
  void aDeviceThatComesAndGoesIsToldLessAndLess() throws Exception {
    settle(5);
    watch(2);

    for (int i = 0; i < 48; i++) { // a day
      town.put(2, Presence.OFFLINE);
      town.pass(Duration.ofMinutes(15));
      town.put(2, Presence.ONLINE);
      town.pass(Duration.ofMinutes(15));
    }

    long gone = town.phone.titles().stream().filter("device-2 is gone"::equals).count();
    assertTrue(gone >= 4 && gone <= 10, gone + " of 48");
  }

  @Test
  void oneThatStaysAwayAfterComingAndGoingIsToldAllTheSame() throws Exception {
    settle(5);
    watch(2);
    for (int i = 0; i < 10; i++) {
      town.put(2, Presence.OFFLINE);
      town.pass(Duration.ofMinutes(15));
      town.put(2, Presence.ONLINE);
      town.pass(Duration.ofMinutes(15));
    }

    town.put(2, Presence.OFFLINE);
    town.pass(Duration.ofHours(7));

    assertEquals("device-2 is gone", town.phone.titles().getLast());
  }

  @Test
  void whileNobodyLooksTheGraceStandsStill() throws Exception {
    settle(5);
    watch(2);
    town.put(2, Presence.OFFLINE);
    town.pass(Duration.ofMinutes(2));

    town.router(State.DOWN);
    town.localState = State.DOWN;
    town.pass(Duration.ofHours(2));

    assertEquals(List.of(), town.phone.titles());
  }

  @Test
  void aDepartureThatWasOpenAtARestartIsToldOnce() throws Exception {
    settle(5);
    watch(2);
    town.put(2, Presence.OFFLINE);
    town.pass(Duration.ofMinutes(2));

    for (int i = 0; i < 3; i++) {
      town.restart();
      town.putAll(1, 5, Presence.ONLINE);
      town.put(2, Presence.OFFLINE);
      town.pass(Duration.ofMinutes(20));
    }

    assertEquals(List.of("device-2 is gone"), town.phone.titles());
  }

  @Test
  void oneThatIsWatchedOnceItIsGoneIsToldTheNextTime() throws Exception {
    settle(5);
    leave(2);

    watch(2);
    town.pass(Duration.ofHours(2));

    assertEquals(List.of(), town.phone.titles());
  }

  @Test
  void anAddressThatChangesIsNotedAndMakesNobodyNew() throws Exception {
    settle(5);

    town.move(2, "192.0.2.77");
    town.pass(SOON);

    assertEquals(List.of(EventKind.ADDRESS_CHANGED), town.kinds());
    Event event = town.journal.events.getFirst();
    assertEquals("192.0.2.2", event.was());
    assertEquals("192.0.2.77", event.became());
  }

  @Test
  void limitsAreNotedWithWhoSetThem() throws Exception {
    town.limit(1, 20); // was there before
    settle(5);

    town.chronicle.limitWanted(Town.wanted(2, 30), "the page at 192.0.2.50");
    town.limit(2, 30);
    town.pass(SOON);
    town.limit(2, 5);
    town.pass(SOON);
    town.chronicle.limitWanted(Town.wanted(2, null), "a program at 192.0.2.51");
    town.limit(2, null);
    town.pass(SOON);

    assertEquals(
        List.of("the page at 192.0.2.50", LimitChanges.ELSEWHERE, "a program at 192.0.2.51"),
        town.journal.events.stream().map(Event::by).toList());
    assertEquals("30 Mbit/s down, 30 Mbit/s up", town.journal.events.getFirst().became());
    assertNull(town.journal.events.getLast().became());
  }

  @Test
  void limitsOfARouterThatFailsAreNotRemoved() throws Exception {
    town.limit(1, 20);
    settle(5);

    town.router(State.DOWN);
    town.limit(1, null);
    town.pass(Duration.ofMinutes(5));
    town.limit(1, 20);
    town.router(State.UP);
    town.pass(Duration.ofMinutes(5));

    assertEquals(0, town.count(EventKind.LIMIT_CHANGED));
  }

  @Test
  void aRestartOfTheRouterIsNoted() throws Exception {
    settle(5);

    town.reboot();
    town.pass(SOON);

    assertEquals(List.of(EventKind.ROUTER_REBOOTED), town.kinds());
    assertEquals("the router hall", town.journal.events.getFirst().detail());
  }

  @Test
  void anAliasIsKeptAndNotedAndOutlivesARestart() throws Exception {
    settle(5);
    Alias tv = new Alias(Town.key(2), "TV", town.clock.instant(), "the page");
    town.aliases.give(tv);

    town.chronicle.aliasChanged(null, tv, "the page");
    town.restart();

    assertEquals(List.of(EventKind.ALIAS_CHANGED), town.kinds());
    assertEquals("TV", town.journal.events.getFirst().became());
    assertEquals(tv, town.aliases.of(Town.key(2)));
  }

  @Test
  void aFloodOfMadeUpDevicesIsBounded() throws Exception {
    settle(1);

    for (int i = 0; i < 300; i++) {
      town.put(10 + (i % 200), Presence.ONLINE);
    }
    town.pass(SOON);

    assertEquals(List.of("200 new devices"), town.phone.titles());
    assertNotNull(town.journal.kept());
  }

  private void settle(int devices) throws InterruptedException {
    town.putAll(1, devices, Presence.ONLINE);
    town.pass(Town.LEARNING.plusMinutes(1));
    assertEquals(List.of(), town.kinds());
  }

  private void leave(int index) throws InterruptedException {
    town.put(index, Presence.OFFLINE);
    town.pass(Duration.ofSeconds(10));
  }

  private void watch(int index) {
    town.chronicle.watch(Town.key(index), true, "the test");
  }

  private Watch watchOf(int index) {
    return new Watch(Town.key(index), true, town.clock.instant(), "the test");
  }
}
