package dev.mhs.source.local.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.MacAddress;
import dev.mhs.source.local.FakeLinks;
import dev.mhs.source.local.FakeTime;
import dev.mhs.source.local.link.LinkException.Kind;
import dev.mhs.source.local.sweep.Ipv4Network;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArpScoutTest {
  private static final String US = "00:00:5e:00:53:aa";
  private static final String TV = "00:00:5e:00:53:07";
  private static final String THIEF = "00:00:5e:00:53:66";
  private static final Segment LAN = segment("lan0");

  private final FakeTime time = new FakeTime();
  private final FakeLinks links = new FakeLinks();
  private final List<Heard> others = new CopyOnWriteArrayList<>();
  private ArpScout scout = scout(true);

  private static Segment segment(String name) {
    return new Segment(
        name, MacAddress.of(US), List.of(new Ipv4Network(name, Frames.ip("10.0.0.2"), 24)));
  }

  private ArpScout scout(boolean mayAsk) {
    return new ArpScout(links, mayAsk, time, time::pass, others::add);
  }

  @BeforeEach
  void open() {
    links.refusal = null;
    scout.watch(List.of(LAN));
  }

  @AfterEach
  void close() {
    scout.close();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int round = 0; round < 400 && !condition.getAsBoolean(); round++) {
      assertFalse(never.await(25, TimeUnit.MILLISECONDS));
    }
    assertTrue(condition.getAsBoolean());
  }

  private void awaitSent(int count) throws InterruptedException {
    await(() -> links.sent.size() >= count);
  }

  private static List<Inet4Address> everybody() {
    List<Inet4Address> all = new ArrayList<>();
    for (int last = 3; last < 255; last++) {
      all.add(Frames.ip("10.0.0." + last));
    }
    return all;
  }

  private Holder only() {
    List<Holder> holders = scout.holders(time.instant());
    assertEquals(1, holders.size(), holders::toString);
    return holders.getFirst();
  }

  private void answer(String mac, String address) {
    links.hear("lan0", Frames.answer(mac, address, US));
  }

  private void learn(String mac, String address) throws InterruptedException {
    int before = links.sent.size();
    scout.ask("lan0", List.of(Frames.ip(address)), true);
    awaitSent(before + 1);
    answer(mac, address);
  }

  @Test
  void aSweepAsksEverybodyAndThoseWhoAreSilentOnceMore() throws InterruptedException {
    scout.ask("lan0", everybody(), false);

    awaitSent(252 * 2);
    assertEquals(
        252, links.sent.stream().map(each -> Frames.asked(each.frame())).distinct().count());
    assertTrue(
        links.sent.stream()
            .allMatch(each -> Frames.destination(each.frame()).equals(Frames.EVERYBODY)));
    assertTrue(time.nanos() < Duration.ofSeconds(3).toNanos(), "both passes take " + time.nanos());
  }

  @Test
  void whoAnswersHoldsTheAddress() throws InterruptedException {
    learn(TV, "10.0.0.7");

    assertEquals(MacAddress.of(TV), only().mac());
    assertEquals(time.instant(), only().answeredAt());
    assertNull(only().silentSince());
  }

  @Test
  void whoIsKnownIsAskedAloneAndAfterSilenceBeforeEverybody() throws InterruptedException {
    learn(TV, "10.0.0.7");
    time.pass(Duration.ofSeconds(20));

    scout.ask("lan0", List.of(Frames.ip("10.0.0.7")), true);
    awaitSent(2);
    assertEquals(MacAddress.of(TV), Frames.destination(links.sent.get(1).frame()));

    time.pass(Duration.ofSeconds(20));
    scout.ask("lan0", List.of(Frames.ip("10.0.0.7")), true);
    awaitSent(3);
    assertEquals(Frames.EVERYBODY, Frames.destination(links.sent.get(2).frame()));
    time.pass(Duration.ofSeconds(2));
    assertNotNull(only().silentSince(), "twice without an answer");

    answer(TV, "10.0.0.7");
    assertNull(only().silentSince(), "it answered after all");
  }

  @Test
  void aNewcomerThatIsOverheardIsAskedAndThenBelieved() throws InterruptedException {
    links.hear("lan0", Frames.question(TV, "10.0.0.7", "10.0.0.1"));

    assertEquals(List.of(), scout.holders(time.instant()));
    awaitSent(1);
    assertEquals(Frames.ip("10.0.0.7"), Frames.asked(links.sent.getFirst().frame()));
    answer(TV, "10.0.0.7");
    assertEquals(MacAddress.of(TV), only().mac());
  }

  @Test
  void whatAKnownDeviceSaysInPassingProvesThatItIsThere() throws InterruptedException {
    learn(TV, "10.0.0.7");
    time.pass(Duration.ofMinutes(1));

    links.hear("lan0", Frames.question(TV, "10.0.0.7", "10.0.0.1"));

    assertEquals(time.instant(), only().heardAt());
    assertEquals(1, links.sent.size());
  }

  @Test
  void anAddressIsNotStolenByAClaimButPassesToWhoAnswers() throws InterruptedException {
    learn(TV, "10.0.0.7");
    time.pass(Duration.ofSeconds(10));

    links.hear("lan0", Frames.question(THIEF, "10.0.0.7", "10.0.0.1"));
    awaitSent(2);
    assertEquals(MacAddress.of(TV), only().mac());
    assertEquals(Frames.EVERYBODY, Frames.destination(links.sent.get(1).frame()));
    answer(TV, "10.0.0.7");
    answer(THIEF, "10.0.0.7");
    assertEquals(MacAddress.of(TV), only().mac(), "the first to answer keeps it");
    awaitSent(3); // since two answered, it is asked once more

    time.pass(Duration.ofSeconds(10));
    learn(THIEF, "10.0.0.7");
    assertEquals(MacAddress.of(THIEF), only().mac(), "nobody else answered: it is another device");
  }

  @Test
  void twoThatBothAnswerForOneAddressAreNotAskedOnAndOn() throws InterruptedException {
    for (int everyNth : new int[] {100, 3, 2}) { // how often the thief is the faster one
      int before = links.sent.size();
      links.neighbor =
          frame -> {
            time.pass(Duration.ofMillis(1));
            int asked = links.sent.size() - before;
            if (asked < 100) { // or this test would never end
              boolean isThiefFirst = asked % everyNth == 0;
              answer(isThiefFirst ? THIEF : TV, "10.0.0.7");
              answer(isThiefFirst ? TV : THIEF, "10.0.0.7");
            }
          };

      for (int round = 0; round < 2; round++) {
        scout.ask("lan0", List.of(Frames.ip("10.0.0.7")), true);
        await(() -> !isAsking());
        time.pass(Duration.ofSeconds(20));
      }

      int asked = links.sent.size() - before;
      assertTrue(asked >= 2 && asked <= 4, asked + " questions in two rounds");
      time.pass(Duration.ofMinutes(2));
    }
  }

  @Test
  void oneThatAnswersForEverybodyIsNotAskedForEachAddressAgainAndAgain()
      throws InterruptedException {
    links.neighbor = frame -> answer(TV, Frames.asked(frame).getHostAddress());

    scout.ask("lan0", everybody(), false);
    await(() -> !isAsking());

    assertEquals(252, scout.holders(time.instant()).size());
    assertTrue(links.sent.size() < 2 * 252, links.sent.size() + " questions");
  }

  private static boolean isAsking() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(each -> each.getName().equals("mhs-local-arp"));
  }

  @Test
  void anAnswerToNoQuestionIsAClaimOnly() {
    answer(TV, "10.0.0.7");

    assertEquals(List.of(), scout.holders(time.instant()));
  }

  @Test
  void aFloodOfMadeUpSourcesIsAskedWithinBoundsAndRobsNobody() throws InterruptedException {
    for (int device = 10; device < 60; device++) {
      learn("00:00:5e:00:53:%02x".formatted(device), "10.0.0." + device);
    }
    long before = time.nanos();
    int sentBefore = links.sent.size();
    for (int made = 0; made < 64_000; made++) {
      String mac = String.format(Locale.ROOT, "02:13:00:00:%02x:%02x", made >> 8, made & 255);
      links.hear("lan0", Frames.question(mac, "10.0.0." + made % 256, "10.0.0.1"));
      links.hear("lan0", Frames.question(mac, "10.9." + (made >> 8) % 256 + ".9", "10.0.0.1"));
    }

    List<Holder> holders = scout.holders(time.instant());
    assertEquals(50, holders.size());
    for (Holder each : holders) {
      int device = each.address().getAddress()[3];
      assertEquals(MacAddress.of("00:00:5e:00:53:%02x".formatted(device)), each.mac());
    }
    double seconds = (time.nanos() - before) / 1e9;
    assertTrue(
        links.sent.size() - sentBefore <= 500 * seconds + 300, links.sent.size() + " were asked");
  }

  @Test
  void passiveItBelievesNewcomersAndSendsNothing() {
    scout.close();
    scout = scout(false);
    scout.watch(List.of(LAN));

    links.hear("lan0", Frames.question(TV, "10.0.0.7", "10.0.0.1"));
    links.hear("lan0", Frames.question(THIEF, "10.0.0.7", "10.0.0.1"));
    scout.ask("lan0", everybody(), false);

    assertEquals(MacAddress.of(TV), only().mac());
    assertFalse(scout.canAsk("lan0"));
    time.pass(Duration.ofSeconds(61));
    links.hear("lan0", Frames.question(THIEF, "10.0.0.7", "10.0.0.1"));
    assertEquals(MacAddress.of(THIEF), only().mac(), "the other one was silent for a minute");
    assertEquals(List.of(), links.sent);
  }

  @Test
  void passiveItRemembersOnlySoMany() {
    scout.close();
    scout = scout(false);
    var wide = new Ipv4Network("lan0", Frames.ip("10.0.0.2"), 8);
    scout.watch(List.of(new Segment("lan0", MacAddress.of(US), List.of(wide))));

    for (int made = 0; made < 64_000; made++) {
      String mac = String.format(Locale.ROOT, "02:13:00:00:%02x:%02x", made >> 8, made & 255);
      links.hear(
          "lan0", Frames.question(mac, "10.7.%d.%d".formatted(made >> 8, made & 255), "10.0.0.1"));
    }

    assertEquals(ArpTable.MOST, scout.holders(time.instant()).size());
  }

  @Test
  void ourselvesAndOtherNetworksAreNotHeard() throws InterruptedException {
    links.hear("lan0", Frames.question(US, "10.0.0.9", "10.0.0.1"));
    links.hear("lan0", Frames.question(TV, "10.0.1.7", "10.0.0.1"));
    links.hear("lan0", Frames.question(TV, "10.0.0.2", "10.0.0.1"));
    links.hear("lan0", Frames.question(TV, "10.0.0.255", "10.0.0.1"));
    learn(TV, "10.0.0.7");

    assertEquals(1, links.sent.size());
  }

  @Test
  void everythingButArpIsPassedOn() {
    links.hear("lan0", Frames.leaseRequest(TV, "tv"));

    assertEquals(List.of(new Heard.LeaseRequest(MacAddress.of(TV), "tv")), others);
  }

  @Test
  void whatCannotBeOpenedIsToldAndTriedAgainAfterAWhile() {
    links.refusal = new LinkException(Kind.NO_PERMISSION, "Operation not permitted");
    scout.watch(List.of(LAN, segment("lan1")));
    assertEquals(Set.of("lan1"), scout.failures().keySet());
    assertEquals(Set.of("lan0"), scout.heardOn());

    links.refusal = null;
    scout.watch(List.of(LAN, segment("lan1")));
    assertEquals(Set.of("lan0"), scout.heardOn());
    time.pass(Duration.ofSeconds(61));
    scout.watch(List.of(LAN, segment("lan1")));

    assertEquals(Set.of("lan0", "lan1"), scout.heardOn());
    assertTrue(scout.failures().isEmpty());
  }

  @Test
  void whereListeningEndedItBeginsAnewAsSoonAsTheInterfaceIsBack() {
    links.end("lan0");
    links.refusal = new LinkException(Kind.OTHER, "lan0: No such device exists");
    for (int question = 0; question < 3; question++) {
      assertFalse(scout.watch(List.of(LAN)));
      assertEquals(Set.of(), scout.heardOn());
      assertEquals(Set.of("lan0"), scout.failures().keySet());
      assertFalse(scout.canAsk("lan0"));
      time.pass(Duration.ofSeconds(2));
    }

    links.refusal = null;
    assertTrue(scout.watch(List.of(LAN)), "who came before was not heard");

    assertTrue(links.isOpen("lan0"));
    assertTrue(scout.failures().isEmpty());
    assertTrue(scout.canAsk("lan0"));
    assertFalse(scout.watch(List.of(LAN)), "it goes on");
  }

  @Test
  void aLinkThatEndsAgainAndAgainIsNotOpenedAtEachQuestion() {
    links.end("lan0");

    assertFalse(scout.watch(List.of(LAN)));
    time.pass(Duration.ofMillis(1_999));
    assertFalse(scout.watch(List.of(LAN)));
    assertFalse(links.isOpen("lan0"));
    time.pass(Duration.ofMillis(1));

    assertTrue(scout.watch(List.of(LAN)));
    assertTrue(links.isOpen("lan0"));
  }

  @Test
  void anInterfaceThatDoesNotSendIsClosedAndTold() throws InterruptedException {
    links.sendRefusal = new LinkException(Kind.OTHER, "Network is down");

    scout.ask("lan0", List.of(Frames.ip("10.0.0.7")), true);

    await(() -> !scout.failures().isEmpty());
    await(() -> !links.isOpen("lan0"));
    assertFalse(scout.canAsk("lan0"));
  }

  @Test
  void whatIsNotWatchedAnyMoreIsClosedAndForgotten() throws InterruptedException {
    learn(TV, "10.0.0.7");

    scout.watch(List.of());

    assertFalse(links.isOpen("lan0"));
    assertEquals(List.of(), scout.holders(time.instant()));
  }
}
