package dev.mhs.source.routeros;

import dev.mhs.api.FailureKind;
import dev.mhs.api.Finding;
import dev.mhs.api.Moment;
import dev.mhs.source.routeros.client.Menu;
import dev.mhs.source.routeros.map.Lan;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.traffic.Connection;
import dev.mhs.source.routeros.traffic.ConnectionLedger;
import dev.mhs.source.routeros.traffic.FastTrackCalibration;
import dev.mhs.source.routeros.traffic.FastTrackCalibration.Verdict;
import dev.mhs.source.routeros.traffic.Traffic;
import dev.mhs.source.routeros.traffic.VerdictFile;
import java.net.Inet6Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the connection table, and gives up for a while where that does not work or costs too much.
 * For one thread; the findings for any.
 */
final class ConnectionTable {
  private static final Duration GIVEN_UP_FOR = Duration.ofMinutes(5);
  private static final int TOO_SLOW_IN_A_ROW = 2;

  private final Router router;
  private final VerdictFile verdicts;
  private final ConnectionLedger ledger = new ConnectionLedger();
  private FastTrackCalibration calibration = new FastTrackCalibration(Verdict.UNKNOWN);
  private String calibratedVersion = "";
  private long epoch;
  private int slowInARow;
  private volatile @Nullable GivenUp givenUp;
  private volatile @Nullable GivenUp givenUp6;
  private volatile Verdict shownVerdict = Verdict.UNKNOWN;

  private record GivenUp(Moment at, String what, @Nullable String remedy) {}

  /** What a look at the table led to. */
  sealed interface Look {
    /** It was read; there is no traffic yet at the first look. */
    record Read(@Nullable Traffic traffic, String method, Moment at, int rows) implements Look {}

    /** It cannot be used for a while. */
    record Useless() implements Look {}

    /** The box did not answer. */
    record Failed(FailureKind kind, String detail) implements Look {}
  }

  ConnectionTable(Router router, Path storage) {
    this.router = router;
    this.verdicts = new VerdictFile(storage);
  }

  /** Reads the table of IPv4, and that of IPv6 where the household has it. */
  Look look(Lan lan) throws InterruptedException {
    beginAnewAfterARestart();
    if (isInForce(givenUp)) {
      return new Look.Useless();
    }
    givenUp = null;
    List<Connection> table = new ArrayList<>();
    Connection.Reader reader = new Connection.Reader();
    Look failure = read(Menu.CONNECTION, reader, table);
    if (failure == null && hasIpv6(lan) && !isInForce(givenUp6)) {
      givenUp6 = null;
      failure = read6(table);
    }
    if (failure != null) {
      return failure;
    }
    if (!reader.hasCounters()) {
      return giveUp("its connection table has no byte counters", null);
    }
    Moment at = router.time().moment();
    Traffic traffic = ledger.enter(table, at, lan, router.book(), calibration);
    keepVerdict();
    String method = calibration.isOpen() ? "conntrack (calibrating)" : "conntrack";
    return new Look.Read(traffic, method, at, reader.rows());
  }

  /** Stops using the table for a while, because it does not show the traffic. */
  Look giveUp(String what, @Nullable String remedy) {
    givenUp = new GivenUp(router.time().moment(), what, remedy);
    ledger.reset();
    return new Look.Useless();
  }

  /** Returns what a person may want to know. Any thread. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    GivenUp four = givenUp;
    if (four != null) {
      findings.add(
          new Finding(
              Finding.Level.LACKING,
              "rates by device are not measured: " + four.what,
              four.remedy));
    }
    GivenUp six = givenUp6;
    if (six != null) {
      findings.add(
          new Finding(
              Finding.Level.LACKING,
              "IPv6 traffic by device is not measured: " + six.what,
              six.remedy));
    }
    if (shownVerdict != Verdict.UNKNOWN) {
      String words = shownVerdict == Verdict.INCLUSIVE ? "include" : "leave out";
      findings.add(
          new Finding(
              Finding.Level.GOOD,
              "found out: this router's connection counters " + words + " FastTrack's bytes",
              null));
    }
    return findings;
  }

  private void beginAnewAfterARestart() {
    if (epoch != router.epoch()) {
      epoch = router.epoch();
      ledger.reset();
      givenUp = null;
      givenUp6 = null;
    }
    String version = String.valueOf(router.version());
    if (!version.equals(calibratedVersion)) {
      calibratedVersion = version;
      calibration = new FastTrackCalibration(verdicts.read(version));
      shownVerdict = calibration.verdict();
    }
  }

  private void keepVerdict() {
    if (calibration.verdict() != shownVerdict) {
      shownVerdict = calibration.verdict();
      verdicts.write(calibratedVersion, shownVerdict);
    }
  }

  private @Nullable Look read(Menu menu, Connection.Reader reader, List<Connection> table)
      throws InterruptedException {
    RouterReply<Connection> reply = router.session().ask(menu.request(), reader);
    if (isVanishing(reply)) {
      reply = router.session().ask(menu.request(), reader);
    }
    return switch (reply) {
      case RouterReply.Answer<Connection>(List<Connection> items) -> {
        slowInARow = 0;
        table.addAll(items);
        yield null;
      }
      case RouterReply.Absent<Connection>(String detail) ->
          giveUp("/" + menu.path() + " does not exist on this box: " + detail, null);
      case RouterReply.Failed<Connection>(FailureKind kind, String detail) ->
          failed(menu, kind, detail);
    };
  }

  private Look failed(Menu menu, FailureKind kind, String detail) {
    if (kind == FailureKind.NOT_PERMITTED) {
      return giveUp("/" + menu.path() + ": " + detail, "give the router's user the policy read");
    }
    if (kind == FailureKind.REFUSED && detail.startsWith("there are more than")) {
      return giveUp("the connection table is too long to be read often: " + detail, null);
    }
    if (kind == FailureKind.TIMED_OUT && ++slowInARow >= TOO_SLOW_IN_A_ROW) {
      return giveUp("the router takes too long to show its connection table", null);
    }
    return new Look.Failed(kind, detail);
  }

  /** Without counters or rights, IPv6 is left out; without an answer, there is no answer at all. */
  private @Nullable Look read6(List<Connection> table) throws InterruptedException {
    Connection.Reader reader = new Connection.Reader();
    RouterReply<Connection> reply = router.session().ask(Menu.CONNECTION6.request(), reader);
    return switch (reply) {
      case RouterReply.Answer<Connection>(List<Connection> items) -> {
        table.addAll(items);
        if (!reader.hasCounters()) {
          giveUp6("this version has no byte counters for IPv6 connections");
        }
        yield null;
      }
      case RouterReply.Absent<Connection>(String detail) -> {
        giveUp6(detail);
        yield null;
      }
      case RouterReply.Failed<Connection>(FailureKind kind, String detail) -> {
        if (kind == FailureKind.NOT_PERMITTED || detail.startsWith("there are more than")) {
          giveUp6(detail);
          yield null;
        }
        yield new Look.Failed(kind, detail);
      }
    };
  }

  private void giveUp6(String what) {
    givenUp6 = new GivenUp(router.time().moment(), what, null);
  }

  private boolean isInForce(@Nullable GivenUp decision) {
    return decision != null
        && router.time().moment().since(decision.at).compareTo(GIVEN_UP_FOR) < 0;
  }

  /** A connection that ends while the table is printed spoils the answer on some versions. */
  private static boolean isVanishing(RouterReply<Connection> reply) {
    Optional<String> detail =
        switch (reply) {
          case RouterReply.Answer<Connection> answer -> Optional.empty();
          case RouterReply.Absent<Connection>(String words) -> Optional.of(words);
          case RouterReply.Failed<Connection>(FailureKind kind, String words) -> Optional.of(words);
        };
    return detail.filter(words -> words.contains("no such item")).isPresent();
  }

  private static boolean hasIpv6(Lan lan) {
    return lan.prefixes().stream().anyMatch(prefix -> prefix.base() instanceof Inet6Address);
  }
}
