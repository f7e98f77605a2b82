package dev.mhs.bench;

import dev.mhs.bench.lab.Lab;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What it costs to count packets on a router, in each way, beside darkstat on the same traffic; and
 * up to which rate all are counted. The same packets go through two equal labs by turns: in one
 * they are counted, in the other not. Real packets in network namespaces: it takes root.
 */
final class CountingFigure implements Figure {
  private static final List<String> WAYS = List.of("nftables", "conntrack", "pcap");
  private static final int STEADY = 50_000;
  private static final int STEADY_SECONDS = 4;

  /** A machine with much else to do sends fewer than it should, but some it must. */
  private static final int FEWEST = STEADY / 5;

  private static final List<Integer> STEPS =
      List.of(10_000_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000);
  private static final int STEP_SECONDS = 2;
  private static final Duration SETTLING = Duration.ofSeconds(12);
  private static final int RUNS = 5;

  /** MHS reads its counters every 2 s while somebody looks. */
  private static final Duration READ_AFTER = Duration.ofSeconds(6);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  /** Of what the interface sent; the rest are questions for addresses, which are not counted. */
  private static final double ALL = 0.9999;

  private static final double TOO_MUCH = 1.001;

  /** Per million packets. */
  private static final double CAPTURE_BUDGET_MILLIS = 1_200;

  private static final Pattern OURS =
      Pattern.compile(
          "mhs_device_transmit_bytes_total\\{mac=\"00:00:5e:00:53:11\"[^}]*} ([0-9.e+]+)");
  private static final Pattern SEEN = Pattern.compile("id=\"tp\">([0-9,]+)<");

  /** Something that counts what the laptop sends. */
  private interface Counter extends AutoCloseable {
    /** Returns the processor time that it has used so far, its programs' included. */
    Duration cpu() throws IOException;

    /** Returns what it has counted so far. */
    long counted() throws IOException, InterruptedException;

    /** Returns what of that which was sent it counts: packets or bytes. */
    long of(Lab.Sent sent);

    /** Returns the part of what was just sent that it has seen; less than 1 when it loses some. */
    double seen(Lab.Sent sent, long countedBefore) throws IOException, InterruptedException;

    @Override
    void close();
  }

  /**
   * Milliseconds of processor time for a million packets that are counted.
   *
   * @param program of who counts
   * @param kernel of the kernel, on the packets' way
   */
  private record Cost(double program, double kernel) {}

  /**
   * What a flood of packets took.
   *
   * @param program the processor time of who counts
   * @param kernel the nanoseconds of processor time for a packet on its way
   * @param seen how many packets were seen by who counts
   */
  private record Flood(Duration program, double kernel, double seen) {}

  /**
   * Two equal labs.
   *
   * @param counted where packets are counted
   * @param free where they are not
   */
  private record Labs(Lab counted, Lab free) {}

  @Override
  public void measure(Workshop workshop, Consumer<Measurement> table)
      throws IOException, InterruptedException {
    if (!"root".equals(System.getProperty("user.name"))) {
      workshop.say("Counting packets is not measured: its network namespaces take root.");
      return;
    }
    try (Lab counted = Lab.build(workshop.product().root());
        Lab free = Lab.build(workshop.product().root())) {
      Labs labs = new Labs(counted, free);
      counted.countByConnection();
      for (String way : WAYS) {
        try (Counter counter = mhs(workshop, counted, way)) {
          measure(workshop, labs, way, counter, table);
        }
      }
      if (counted.has("darkstat")) {
        try (Counter counter = darkstat(counted)) {
          measure(workshop, labs, "darkstat", counter, table);
        }
      } else {
        workshop.say("darkstat is not measured beside it: apt install darkstat");
      }
    }
  }

  private static void measure(
      Workshop workshop, Labs labs, String way, Counter counter, Consumer<Measurement> table)
      throws IOException, InterruptedException {
    workshop.say("Packets are counted by " + way + " ...");
    workshop.let(SETTLING);
    List<Cost> costs = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      costs.add(cost(labs, counter, run % 2 == 0));
    }
    String what = "counting by " + way;
    table.accept(
        new Measurement(
            what + ", CPU per million packets, its own",
            Unit.CPU_MILLISECONDS,
            costs.stream().map(Cost::program).toList(),
            way.equals("pcap") ? CAPTURE_BUDGET_MILLIS : null));
    table.accept(
        new Measurement(
            what + ", CPU per million packets, the kernel's",
            Unit.CPU_MILLISECONDS,
            costs.stream().map(Cost::kernel).toList(),
            null));
    table.accept(
        new Measurement(
            what + ", highest rate without loss",
            Unit.PER_SECOND,
            List.of(highestWithoutLoss(workshop, labs.counted(), counter)),
            null));
  }

  /** What packets cost more where they are counted; by turns, for what changes meanwhile. */
  private static Cost cost(Labs labs, Counter counter, boolean countedFirst)
      throws IOException, InterruptedException {
    Flood first = flood(countedFirst ? labs.counted() : labs.free(), counter);
    Flood second = flood(countedFirst ? labs.free() : labs.counted(), counter);
    Flood counted = countedFirst ? first : second;
    Flood free = countedFirst ? second : first;
    Duration program = counted.program().minus(free.program());
    return new Cost(program.toNanos() / counted.seen(), counted.kernel() - free.kernel());
  }

  private static Flood flood(Lab lab, Counter counter) throws IOException, InterruptedException {
    long countedBefore = counter.counted();
    Lab.Sent before = lab.sent();
    Duration program = counter.cpu();
    Duration delivery = ThreadTimes.ofDelivery();
    Duration sending = lab.send(STEADY, STEADY_SECONDS);
    Lab.Sent sent = lab.sent().since(before);
    if (sent.packets() < FEWEST) {
      throw new IOException("only " + sent + " were sent");
    }
    Duration kernel = sending.plus(ThreadTimes.ofDelivery()).minus(delivery);
    return new Flood(
        counter.cpu().minus(program),
        kernel.toNanos() / (double) sent.packets(),
        sent.packets() * counter.seen(sent, countedBefore));
  }

  /**
   * Tries one step after the other, the highest first. What was really sent counts: this machine
   * may not be able to send more.
   */
  private static double highestWithoutLoss(Workshop workshop, Lab lab, Counter counter)
      throws IOException, InterruptedException {
    for (int step : STEPS) {
      Lab.Sent before = lab.sent();
      long countedBefore = counter.counted();
      lab.send(step, STEP_SECONDS);
      Lab.Sent sent = lab.sent().since(before);
      if (counts(workshop, counter, countedBefore + (long) (counter.of(sent) * ALL))) {
        long counted = counter.counted() - countedBefore;
        if (counted > counter.of(sent) * TOO_MUCH) {
          throw new IOException(counted + " were counted of " + sent);
        }
        return sent.packets() / (double) STEP_SECONDS;
      }
    }
    return 0;
  }

  /** Waits until so much is counted, and tells whether it ever is. */
  private static boolean counts(Workshop workshop, Counter counter, long all)
      throws IOException, InterruptedException {
    long begun = workshop.time().nanos();
    while (counter.counted() < all) {
      if (workshop.time().nanos() - begun > READ_AFTER.toNanos()) {
        return false;
      }
      workshop.let(BETWEEN_LOOKS);
    }
    return true;
  }

  private static Counter mhs(Workshop workshop, Lab lab, String way)
      throws IOException, InterruptedException {
    RunningServer server = workshop.onRouter(lab, "passive", way);
    return new Counter() {
      @Override
      public Duration cpu() throws IOException {
        long pid = server.process().pid();
        return ThreadTimes.of(pid).plus(ProcessCost.ofPrograms(pid));
      }

      @Override
      public long counted() throws IOException, InterruptedException {
        if (!lab.page(server.address().resolve("/api/devices")).contains("local/" + way)) {
          throw new IOException("MHS does not count by " + way);
        }
        return (long)
            Double.parseDouble(told(lab, server.address().resolve("/observe/metrics"), OURS));
      }

      @Override
      public long of(Lab.Sent sent) {
        return sent.bytes();
      }

      @Override
      public double seen(Lab.Sent sent, long countedBefore) {
        return 1; // it may read its counters later, but at the steady rate all is in them
      }

      @Override
      public void close() {
        server.close();
      }
    };
  }

  private static Counter darkstat(Lab lab) throws IOException {
    List<String> words = new ArrayList<>(List.of("darkstat", "-i", "lan", "--no-daemon"));
    words.addAll(List.of("--no-dns", "-b", "127.0.0.1", "-l", "192.168.77.0/255.255.255.0"));
    Process process =
        new ProcessBuilder(lab.in("router", words.toArray(String[]::new)))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new Counter() {
      @Override
      public Duration cpu() throws IOException {
        return ThreadTimes.of(process.pid());
      }

      @Override
      public long counted() throws IOException, InterruptedException {
        String packets = told(lab, URI.create("http://127.0.0.1:667/"), SEEN);
        return Long.parseLong(packets.replace(",", ""));
      }

      @Override
      public long of(Lab.Sent sent) {
        return sent.packets();
      }

      @Override
      public double seen(Lab.Sent sent, long countedBefore)
          throws IOException, InterruptedException {
        return (counted() - countedBefore) / (double) sent.packets();
      }

      @Override
      public void close() {
        process.destroy();
      }
    };
  }

  /** Returns what a page in the lab tells. */
  private static String told(Lab lab, URI page, Pattern figure)
      throws IOException, InterruptedException {
    Matcher told = figure.matcher(lab.page(page));
    if (!told.find()) {
      throw new IOException(page + " does not tell " + figure);
    }
    return told.group(1);
  }
}
