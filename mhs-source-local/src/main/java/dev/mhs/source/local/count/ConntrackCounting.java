package dev.mhs.source.local.count;

import dev.mhs.source.local.read.CommandRunner;
import dev.mhs.source.local.read.Outcome;
import dev.mhs.source.local.read.Rights;
import dev.mhs.source.local.read.SystemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts by the connections that the kernel tracks for its firewall, where this machine routes. It
 * changes nothing. The table is read from {@code /proc/net/nf_conntrack}, which only root may, else
 * by conntrack(8), which the right {@code CAP_NET_ADMIN} may.
 */
public final class ConntrackCounting implements KernelCounting {
  private static final String SWITCH = "net.netfilter.nf_conntrack_acct";

  private final SystemFiles files;
  private final List<Path> places;
  private final CommandRunner runner;
  private final ConnectionTotals totals = new ConnectionTotals();
  private @Nullable CountingPlan planBefore;

  /**
   * Makes it.
   *
   * @param files the files of the kernel
   * @param places the folders in which {@code conntrack} may be
   * @param runner what runs it
   */
  public ConntrackCounting(SystemFiles files, List<Path> places, CommandRunner runner) {
    this.files = files;
    this.places = List.copyOf(places);
    this.runner = runner;
  }

  @Override
  public Look look(CountingPlan plan) throws InterruptedException {
    if (!files.forwards()) {
      return no("this machine does not route, so that it tracks no connections of others", null);
    }
    Optional<String> counts =
        SystemFiles.line(files.proc().resolve("sys/" + SWITCH.replace('.', '/')));
    if (counts.isEmpty()) {
      return no("the kernel tracks no connections (nf_conntrack)", null);
    }
    if (counts.get().equals("0")) {
      return no("the kernel does not count by connection", "sysctl -w " + SWITCH + "=1");
    }
    if (!plan.equals(planBefore)) {
      planBefore = plan;
      totals.reset();
    }
    boolean begins = !totals.hasBegun();
    Look refusal = read(plan);
    if (refusal != null) {
      totals.reset();
      return refusal;
    }
    return new Look.Counted(totals.totals(), begins, Way.CONNTRACK, 0, null);
  }

  private @Nullable Look read(CountingPlan plan) throws InterruptedException {
    Path table = files.proc().resolve("net/nf_conntrack");
    if (!Files.isReadable(table)) {
      return ask(plan);
    }
    try (Stream<String> lines = Files.lines(table, StandardCharsets.ISO_8859_1)) {
      return enter(lines, plan);
    } catch (IOException | UncheckedIOException failed) {
      return no("the table of connections cannot be read: " + failed.getMessage(), null);
    }
  }

  private @Nullable Look ask(CountingPlan plan) throws InterruptedException {
    Optional<Path> program =
        places.stream()
            .map(each -> each.resolve("conntrack"))
            .filter(Files::isExecutable)
            .findFirst();
    if (program.isEmpty()) {
      return no("conntrack is not installed", "apt install conntrack");
    }
    List<String> lines = new ArrayList<>();
    for (String family : List.of("ipv4", "ipv6")) {
      switch (runner.run(List.of(program.get().toString(), "-L", "-f", family))) {
        case Outcome.Printed(String text) -> text.lines().forEach(lines::add);
        case Outcome.Failed(String reason) -> {
          boolean denied = reason.contains("not permitted") || reason.contains("must be root");
          return no("conntrack: " + reason, denied ? Rights.REMEDY : null);
        }
      }
    }
    return enter(lines.stream(), plan);
  }

  /** An empty table means that no rule has the kernel track anything, not that nobody talks. */
  private @Nullable Look enter(Stream<String> lines, CountingPlan plan) {
    int held = totals.enter(lines.map(Connection::parse).flatMap(Optional::stream), plan);
    return held == 0 ? no("no rule of the firewall has the kernel track connections", null) : null;
  }

  private static Look no(String why, @Nullable String remedy) {
    return new Look.Unavailable(why, remedy);
  }

  @Override
  public void rest() {
    totals.reset();
  }

  @Override
  public void close() {}
}
