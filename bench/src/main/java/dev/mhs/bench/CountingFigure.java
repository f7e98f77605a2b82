package dev.mhs.bench;

import dev.mhs.bench.lab.Lab;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What it costs to count packets on a router, in each way, beside darkstat on the same traffic; and
 * up to which rate none is lost. Real packets in network namespaces: it takes root.
 */
final class CountingFigure implements Figure {
  private static final List<String> WAYS = List.of("nftables", "conntrack", "pcap");
  private static final int STEADY = 20_000;
  private static final int STEADY_SECONDS = 10;
  private static final List<Integer> STEPS =
      List.of(5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 1_000_000);
  private static final int STEP_SECONDS = 6;
  private static final Duration SETTLING = Duration.ofSeconds(20);
  private static final int RUNS = 3;

  /** Per million packets. */
  private static final double CAPTURE_BUDGET_MILLIS = 1_200;

  private static final Pattern SEEN = Pattern.compile("id=\"tp\">([0-9,]+)<");
  private static final Pattern DROPPED = Pattern.compile("id=\"pd\">([0-9,]+)<");

  /**
   * Something that counts: what it has cost, and whether it has lost packets since it was asked
   * last.
   */
  private interface Counter extends AutoCloseable {
    long pid();

    /** Returns how many packets it has seen so far, or null when it sees all that are sent. */
    @Nullable Long seen() throws IOException, InterruptedException;

    boolean hasLost() throws IOException, InterruptedException;

    @Override
    void close();
  }

  @Override
  public void measure(Workshop workshop, Consumer<Measurement> table)
      throws IOException, InterruptedException {
    if (!"root".equals(System.getProperty("user.name"))) {
      workshop.say("Counting packets is not measured: its network namespaces take root.");
      return;
    }
    try (Lab lab = Lab.build(workshop.product().root())) {
      for (String way : WAYS) {
        try (Counter counter = mhs(workshop, lab, way)) {
          measure(workshop, lab, way, counter, way.equals("pcap"), table);
        }
      }
      if (lab.has("darkstat")) {
        try (Counter counter = darkstat(lab)) {
          measure(workshop, lab, "darkstat", counter, true, table);
        }
      } else {
        workshop.say("darkstat is not measured beside it: apt install darkstat");
      }
    }
  }

  private static void measure(
      Workshop workshop,
      Lab lab,
      String way,
      Counter counter,
      boolean canLose,
      Consumer<Measurement> table)
      throws IOException, InterruptedException {
    workshop.say("Packets are counted by " + way + " ...");
    workshop.let(SETTLING);
    List<Double> costs = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      costs.add(costPerMillion(workshop, lab, counter));
    }
    String what = "counting by " + way;
    Double budget = way.equals("pcap") ? CAPTURE_BUDGET_MILLIS : null;
    table.accept(
        new Measurement(what + ", CPU per million packets", Unit.CPU_MILLISECONDS, costs, budget));
    if (canLose) {
      table.accept(
          new Measurement(
              what + ", highest rate without loss",
              Unit.PER_SECOND,
              List.of(highestWithoutLoss(lab, counter)),
              null));
    }
  }

  /** Milliseconds of CPU, beyond what doing nothing for as long costs. */
  private static double costPerMillion(Workshop workshop, Lab lab, Counter counter)
      throws IOException, InterruptedException {
    Duration atFirst = ThreadTimes.of(counter.pid());
    workshop.let(Duration.ofSeconds(STEADY_SECONDS));
    Duration before = ThreadTimes.of(counter.pid());
    Long seenBefore = counter.seen();
    long sentBefore = lab.sentPackets();
    lab.send(STEADY, STEADY_SECONDS).waitFor();
    long sent = lab.sentPackets() - sentBefore;
    Duration cost = ThreadTimes.of(counter.pid()).minus(before).minus(before.minus(atFirst));
    if (sent < STEADY) {
      throw new IOException("only " + sent + " packets were sent");
    }
    Long seenAfter = counter.seen();
    long seen = seenBefore == null || seenAfter == null ? sent : seenAfter - seenBefore;
    return Math.max(0, cost.toNanos()) / (double) seen;
  }

  private static double highestWithoutLoss(Lab lab, Counter counter)
      throws IOException, InterruptedException {
    double highest = 0;
    counter.hasLost();
    for (int step : STEPS) {
      long before = lab.sentPackets();
      Process sending = lab.send(step, STEP_SECONDS);
      boolean lost = false;
      while (sending.isAlive()) {
        sending.waitFor(1, TimeUnit.SECONDS);
        lost |= counter.hasLost();
      }
      if (lost || counter.hasLost()) {
        return highest;
      }
      // What was really sent: this machine may not be able to send more.
      highest = Math.max(highest, (lab.sentPackets() - before) / (double) STEP_SECONDS);
    }
    return highest;
  }

  private static Counter mhs(Workshop workshop, Lab lab, String way)
      throws IOException, InterruptedException {
    RunningServer server = workshop.onRouter(lab, "passive", way);
    return new Counter() {
      @Override
      public long pid() {
        return server.process().pid();
      }

      @Override
      public @Nullable Long seen() {
        return null;
      }

      @Override
      public boolean hasLost() throws IOException, InterruptedException {
        String devices = lab.page(server.address().resolve("/api/devices"));
        if (!devices.contains("local/" + way)) {
          throw new IOException("MHS does not count by " + way);
        }
        return devices.contains("(estimated)");
      }

      @Override
      public void close() {
        server.close();
      }
    };
  }

  private static Counter darkstat(Lab lab) throws IOException {
    Process process =
        new ProcessBuilder(
                lab.in(
                    "router",
                    "darkstat",
                    "-i",
                    "lan",
                    "--no-daemon",
                    "--no-dns",
                    "-b",
                    "127.0.0.1",
                    "-l",
                    "192.168.77.0/255.255.255.0"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new Counter() {
      private long before;

      @Override
      public long pid() {
        return process.pid();
      }

      @Override
      public @Nullable Long seen() throws IOException, InterruptedException {
        return told(SEEN);
      }

      @Override
      public boolean hasLost() throws IOException, InterruptedException {
        long now = told(DROPPED);
        boolean lost = now > before;
        before = now;
        return lost;
      }

      private long told(Pattern figure) throws IOException, InterruptedException {
        Matcher told = figure.matcher(lab.page(URI.create("http://127.0.0.1:667/")));
        if (!told.find()) {
          throw new IOException("darkstat does not tell what it saw and lost");
        }
        return Long.parseLong(told.group(1).replace(",", ""));
      }

      @Override
      public void close() {
        process.destroy();
      }
    };
  }
}
