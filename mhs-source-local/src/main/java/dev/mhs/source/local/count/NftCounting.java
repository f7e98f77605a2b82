package dev.mhs.source.local.count;

import dev.mhs.source.local.read.CommandRunner;
import dev.mhs.source.local.read.Outcome;
import dev.mhs.source.local.read.Rights;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Counts by nftables, in a table of family netdev whose name ends with the number of this process.
 * No other table is touched, but those that processes of ours left behind when they were killed.
 * Packets are only counted: every chain accepts, and neither order nor fate of any changes.
 */
public final class NftCounting implements KernelCounting {
  private static final System.Logger LOG = System.getLogger(NftCounting.class.getName());
  private static final String PREFIX = "mhs_";
  private static final String GONE = "No such file or directory";
  private static final Pattern OURS = Pattern.compile("table netdev " + PREFIX + "(\\d{1,18})");

  private final List<Path> places;
  private final CommandRunner runner;
  private final String table;
  private final LongPredicate isAlive;
  private final ReentrantLock lock = new ReentrantLock(); // a close may meet a look
  private @Nullable CountingPlan inForce;
  private boolean mayStand; // also when we were hurried while it was made, or could not read it
  private boolean closed;

  /**
   * Makes it; nothing is installed yet.
   *
   * @param places the folders in which {@code nft} may be
   * @param runner what runs it
   * @param process the number of this process
   * @param isAlive whether a process is alive
   */
  public NftCounting(List<Path> places, CommandRunner runner, long process, LongPredicate isAlive) {
    this.places = List.copyOf(places);
    this.runner = runner;
    this.table = PREFIX + process;
    this.isAlive = isAlive.and(one -> one != process);
  }

  @Override
  public Look look(CountingPlan plan) throws InterruptedException {
    Optional<Path> nft =
        places.stream().map(each -> each.resolve("nft")).filter(Files::isExecutable).findFirst();
    if (nft.isEmpty()) {
      return new Look.Unavailable("nft is not installed", "apt install nftables");
    }
    lock.lockInterruptibly();
    try {
      return closed
          ? new Look.Unavailable("MHS is ending", null)
          : look(nft.get().toString(), plan);
    } finally {
      lock.unlock();
    }
  }

  private Look look(String nft, CountingPlan plan) throws InterruptedException {
    if (plan.equals(inForce)) {
      Optional<Map<InetAddress, Counts>> counts = read(nft);
      if (counts.isPresent()) {
        return new Look.Counted(counts.get(), false);
      }
      inForce = null; // somebody emptied the rule set, as a firewall that is reloaded does
    }
    if (inForce != null && run(nft, NftScript.replace(table, plan)) == null) {
      inForce = plan;
      return read(nft)
          .<Look>map(counts -> new Look.Counted(counts, false))
          .orElseGet(() -> new Look.Unavailable("the counters cannot be read back", null));
    }
    return begin(nft, plan);
  }

  private Look begin(String nft, CountingPlan plan) throws InterruptedException {
    inForce = null;
    removeLeftovers(nft);
    boolean stood = mayStand;
    mayStand = true;
    String refusal = run(nft, NftScript.install(table, plan));
    if (refusal != null) {
      mayStand = stood;
      return new Look.Unavailable(refusal, remedy(refusal));
    }
    inForce = plan;
    return new Look.Counted(Map.of(), true);
  }

  private Optional<Map<InetAddress, Counts>> read(String nft) throws InterruptedException {
    return runner
        .run(List.of(nft, "-j", "list", "table", "netdev", table))
        .printed()
        .flatMap(CountsParser::parse);
  }

  private void removeLeftovers(String nft) throws InterruptedException {
    Outcome listed = runner.run(List.of(nft, "list", "tables", "netdev"));
    for (String line : listed.printed().stream().flatMap(String::lines).toList()) {
      Matcher ours = OURS.matcher(line.strip());
      if (ours.matches() && !isAlive.test(Long.parseLong(ours.group(1)))) {
        run(nft, NftScript.remove(PREFIX + ours.group(1)));
      }
    }
  }

  /** Runs a script; returns why it was refused, or null. */
  private @Nullable String run(String nft, String script) throws InterruptedException {
    return switch (runner.run(List.of(nft, script))) {
      case Outcome.Printed nothing -> null;
      case Outcome.Failed(String reason) -> reason;
    };
  }

  private static @Nullable String remedy(String refusal) {
    return refusal.contains("not permitted") ? Rights.REMEDY : null;
  }

  @Override
  public void rest() {
    letGo(false);
  }

  @Override
  public void close() {
    letGo(true);
  }

  private void letGo(boolean forGood) {
    lock.lock();
    try {
      closed |= forGood;
      inForce = null;
      if (mayStand) {
        removeOwn();
      }
    } finally {
      lock.unlock();
    }
  }

  private void removeOwn() {
    boolean interrupted = Thread.interrupted(); // whoever hurries us still wants it removed
    try {
      for (Path place : places) {
        if (Files.isExecutable(place.resolve("nft"))) {
          String refusal = run(place.resolve("nft").toString(), NftScript.remove(table));
          mayStand = refusal != null && !refusal.contains(GONE);
          if (mayStand) {
            LOG.log(System.Logger.Level.WARNING, "{0} is left behind: {1}", table, refusal);
          }
          return;
        }
      }
    } catch (InterruptedException again) {
      interrupted = true; // the next start removes it
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
