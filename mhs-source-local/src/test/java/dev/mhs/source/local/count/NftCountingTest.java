package dev.mhs.source.local.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.IpLiteral;
import dev.mhs.source.local.count.CountingPlan.Sight;
import dev.mhs.source.local.count.KernelCounting.Look;
import dev.mhs.source.local.read.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NftCountingTest {
  private static final String TABLE =
      "{\"nftables\": [{\"set\": {\"name\": \"up_in4\", \"elem\": [{\"elem\": {\"val\": \"10.0.0.7\","
          + " \"counter\": {\"packets\": 1, \"bytes\": 86}}}]}}]}";

  @TempDir Path folder;
  private final List<String> ran = new ArrayList<>();
  private String tables = "";
  private String hurriedAt = "nothing";
  private String refused = "nothing";
  private Outcome table = new Outcome.Printed(TABLE);
  private Outcome script = new Outcome.Printed("");
  private NftCounting counting;

  @BeforeEach
  void makeNft() throws IOException {
    Path nft = Files.createFile(folder.resolve("nft"));
    assertTrue(nft.toFile().setExecutable(true));
    counting = new NftCounting(List.of(folder), this::run, 42, process -> process == 7);
  }

  private Outcome run(List<String> command) throws InterruptedException {
    String words = String.join(" ", command.subList(1, command.size()));
    ran.add(words);
    if (words.startsWith(hurriedAt)) {
      throw new InterruptedException("MHS ends");
    }
    if (words.equals("list tables netdev")) {
      return new Outcome.Printed(tables);
    }
    if (words.startsWith(refused)) {
      return new Outcome.Failed("Could not process rule: No such device");
    }
    return words.startsWith("-j list") ? table : script;
  }

  private static CountingPlan plan(String... entries) {
    return plan(2, entries);
  }

  private static CountingPlan plan(int index, String... entries) {
    Network network = Network.of(IpLiteral.of("10.0.0.1"), 24);
    return new CountingPlan(
        Set.of(entries),
        Set.of("br0"),
        Set.of(),
        Set.of(network),
        Set.of(network),
        Sight.ALL,
        Set.of(index));
  }

  @Test
  void itBeginsAtZeroAndThenReads() throws InterruptedException {
    assertTrue(assertInstanceOf(Look.Counted.class, counting.look(plan("eth0"))).began());

    Look.Counted second = assertInstanceOf(Look.Counted.class, counting.look(plan("eth0")));

    assertFalse(second.began());
    assertEquals(new Counts(0, 100), second.counts().get(IpLiteral.of("10.0.0.7")));
    assertEquals(3, ran.size(), ran::toString);
  }

  @Test
  void theTableIsOursAndEveryChainAccepts() throws InterruptedException {
    counting.look(plan("eth0"));

    String made = ran.getLast();
    assertTrue(made.startsWith("table netdev mhs_42 {"), made);
    assertTrue(
        made.contains(
            "type filter hook ingress devices = { \"eth0\" } priority -500; policy accept;"),
        made);
    assertTrue(
        made.contains(
            "ip saddr @counted4 ip daddr != @household4 update @up_in4 { ip saddr counter }"),
        made);
    assertTrue(made.contains("add element netdev mhs_42 counted4 { 10.0.0.0/24 }"), made);
    assertFalse(made.contains("drop"), made);
  }

  @Test
  void anotherPlanReplacesTheChainsAndKeepsTheCounters() throws InterruptedException {
    counting.look(plan("eth0"));

    Look.Counted look = assertInstanceOf(Look.Counted.class, counting.look(plan("eth0", "eth1")));

    assertFalse(look.began());
    String made = ran.get(ran.size() - 2);
    assertTrue(made.contains("\ndelete chain netdev mhs_42 entering\n"), made);
    assertFalse(made.contains("set up_in4"), made);
  }

  @Test
  void anInterfaceThatWasMadeAnewIsCountedAtAgainAndTheCountersStay() throws InterruptedException {
    counting.look(plan(2, "eth0"));

    Look.Counted look = assertInstanceOf(Look.Counted.class, counting.look(plan(3, "eth0")));

    assertFalse(look.began());
    String made = ran.get(ran.size() - 2);
    assertTrue(made.contains("hook ingress devices = { \"eth0\" }"), made);
    for (String chain : List.of("entering", "leaving")) {
      // It may have gone with its last interface, and only what stands can be deleted.
      assertTrue(
          made.contains(
              "add chain netdev mhs_42 " + chain + "\ndelete chain netdev mhs_42 " + chain),
          made);
    }
  }

  @Test
  void whereTheChainsCannotBeReplacedAllBeginsAtZero() throws InterruptedException {
    counting.look(plan(2, "eth0"));
    refused = "add chain";

    assertTrue(assertInstanceOf(Look.Counted.class, counting.look(plan(3, "eth0"))).began());
  }

  @Test
  void whenSomebodyEmptiedTheRulesItBeginsAnew() throws InterruptedException {
    counting.look(plan("eth0"));
    table = new Outcome.Failed("No such file or directory");

    assertTrue(assertInstanceOf(Look.Counted.class, counting.look(plan("eth0"))).began());
  }

  @Test
  void onlyTablesOfProcessesThatAreGoneAreRemoved() throws InterruptedException {
    tables = "table netdev mhs_7\ntable netdev mhs_8\ntable netdev mhs_42\ntable netdev firewall\n";

    counting.look(plan("eth0"));

    assertEquals(
        List.of("delete table netdev mhs_8", "delete table netdev mhs_42"),
        ran.stream().filter(each -> each.startsWith("delete table")).toList());
  }

  @Test
  void aRefusalIsTold() throws InterruptedException {
    script = new Outcome.Failed("Operation not permitted (you must be root)");

    Look.Unavailable look = assertInstanceOf(Look.Unavailable.class, counting.look(plan("eth0")));

    assertTrue(look.why().contains("not permitted"), look::why);
    counting.close();
    assertFalse(ran.contains("delete table netdev mhs_42"), "nothing was made");
  }

  @Test
  void withoutNftItSaysHowToGetIt() throws IOException, InterruptedException {
    Files.delete(folder.resolve("nft"));

    Look.Unavailable look = assertInstanceOf(Look.Unavailable.class, counting.look(plan("eth0")));

    assertEquals("apt install nftables", look.remedy());
    assertEquals(List.of(), ran);
  }

  @Test
  void closingRemovesTheTableOnceAndNothingIsMadeAfterwards() throws InterruptedException {
    counting.look(plan("eth0"));

    counting.close();
    counting.close();

    assertEquals(1, ran.stream().filter("delete table netdev mhs_42"::equals).count());
    assertInstanceOf(Look.Unavailable.class, counting.look(plan("eth0")));
  }

  @Test
  void whatWasBeingMadeWhenMhsEndedIsRemoved() {
    hurriedAt = "table netdev";
    assertThrows(InterruptedException.class, () -> counting.look(plan("eth0")));

    counting.close();

    assertEquals("delete table netdev mhs_42", ran.getLast());
  }

  @Test
  void whatCouldNotBeReadWhenMhsEndedIsRemoved() throws InterruptedException {
    counting.look(plan("eth0"));
    table = new Outcome.Failed("it was ended by signal 15");
    hurriedAt = "list tables";
    assertThrows(InterruptedException.class, () -> counting.look(plan("eth0")));

    counting.close();

    assertEquals("delete table netdev mhs_42", ran.getLast());
  }

  @Test
  void whatCouldNotBeRemovedIsTriedAgain() throws InterruptedException {
    counting.look(plan("eth0"));
    script = new Outcome.Failed("Device or resource busy");

    counting.rest();
    counting.close();

    assertEquals(2, ran.stream().filter("delete table netdev mhs_42"::equals).count());
  }
}
