package dev.mhs.bench;

import dev.mhs.bench.lab.Lab;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * How long it takes until everybody in a /24 is found who answers ARP, beside arp-scan and nmap in
 * the same place. Real frames in network namespaces: it takes root.
 */
final class SweepFigure implements Figure {
  private static final int MEMBERS = 22;
  private static final int RUNS = 3;
  private static final double BUDGET_SECONDS = 1.0;

  /** After the start, for its first sweep, which finds nobody, to be over. */
  private static final Duration SETTLING = Duration.ofSeconds(8);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** In small letters or, as nmap writes it, in capitals; the router's own (:01) is not among. */
  private static final Pattern MEMBER =
      Pattern.compile("00:00:5e:00:53:[6-9a-f][0-9a-f]", Pattern.CASE_INSENSITIVE);

  @Override
  public void measure(Workshop workshop, Consumer<Measurement> table)
      throws IOException, InterruptedException {
    if (!"root".equals(System.getProperty("user.name"))) {
      workshop.say("Sweeps are not measured: their network namespaces take root.");
      return;
    }
    try (Lab lab = Lab.of(workshop.product().root(), MEMBERS)) {
      workshop.say("A /24 is swept ...");
      String what = "sweep of a /24, " + MEMBERS + " up, ";
      List<Double> answered = new ArrayList<>();
      List<Double> listed = new ArrayList<>();
      for (int run = 0; run < RUNS; run++) {
        byMhs(workshop, lab, answered, listed);
      }
      table.accept(
          new Measurement(what + "MHS: all have answered", Unit.SECONDS, answered, BUDGET_SECONDS));
      table.accept(
          new Measurement(what + "MHS: all are listed", Unit.SECONDS, listed, BUDGET_SECONDS));
      lab.plug(true);
      for (List<String> peer :
          List.of(
              List.of("arp-scan", "--interface=lan", Lab.HOME), List.of("nmap", "-sn", Lab.HOME))) {
        if (lab.has(peer.getFirst())) {
          String name = peer.getFirst().equals("nmap") ? "nmap -sn" : peer.getFirst();
          table.accept(
              new Measurement(what + name, Unit.SECONDS, byPeer(workshop, lab, peer), null));
        } else {
          workshop.say(peer.getFirst() + " is not measured: apt install " + peer.getFirst());
        }
      }
    }
  }

  /** From the wish for a scan until the last of them answered, and until the list has them all. */
  private static void byMhs(Workshop workshop, Lab lab, List<Double> answered, List<Double> listed)
      throws IOException, InterruptedException {
    lab.plug(false);
    try (RunningServer server = workshop.onRouter(lab, "active", "off")) {
      workshop.let(SETTLING);
      lab.plug(true);
      List<Long> before = lab.sentByMembers();
      String scan = server.address().resolve("/api/scan").toString();
      List<String> command = lab.in("router", "curl", "-s", "--fail", "-X", "POST", scan);
      long begun = workshop.time().nanos();
      lab.run(command);
      answered.add(await(workshop, begun, () -> lab.allSpoke(before)));
      URI devices = server.address().resolve("/api/devices");
      listed.add(await(workshop, begun, () -> found(lab.page(devices)) == MEMBERS));
    }
  }

  /** Something that comes about sooner or later. */
  private interface Event {
    boolean happened() throws IOException, InterruptedException;
  }

  /** Returns after how many seconds it had happened. */
  private static double await(Workshop workshop, long begun, Event event)
      throws IOException, InterruptedException {
    while (!event.happened()) {
      if (workshop.time().nanos() - begun > PATIENCE.toNanos()) {
        throw new IOException("MHS does not find the " + MEMBERS + " members of the lab");
      }
      workshop.let(BETWEEN_LOOKS);
    }
    return (workshop.time().nanos() - begun) / 1e9;
  }

  private static long found(String told) {
    return MEMBER
        .matcher(told)
        .results()
        .map(each -> each.group().toLowerCase(Locale.ROOT))
        .distinct()
        .count();
  }

  private static List<Double> byPeer(Workshop workshop, Lab lab, List<String> command)
      throws IOException, InterruptedException {
    List<Double> samples = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      long before = workshop.time().nanos();
      String said = lab.run(lab.in("router", command.toArray(String[]::new)));
      samples.add((workshop.time().nanos() - before) / 1e9);
      long found = found(said);
      if (found != MEMBERS) {
        throw new IOException(command.getFirst() + " found " + found + " of " + MEMBERS);
      }
    }
    return samples;
  }
}
