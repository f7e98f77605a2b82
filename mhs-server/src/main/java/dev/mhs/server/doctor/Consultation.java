package dev.mhs.server.doctor;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.Box;
import dev.mhs.api.Capability;
import dev.mhs.api.FailureKind;
import dev.mhs.api.Finding;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.Poll;
import dev.mhs.api.Port;
import dev.mhs.api.Sighting;
import dev.mhs.core.spi.Cadence;
import dev.mhs.core.spi.DeviceSource;
import dev.mhs.core.spi.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Asks each capability of one opened source once, and never waits longer than its deadline. */
final class Consultation {
  private final Source source;
  private final ClassLoader loader;
  private final Set<Capability> asked;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * Prepares it.
   *
   * @param source who is asked; closed by the caller
   * @param loader the context class loader of the source's code
   * @param asked which capabilities are tried
   */
  Consultation(Source source, ClassLoader loader, Set<Capability> asked) {
    this.source = source;
    this.loader = loader;
    this.asked = asked;
  }

  /** Asks, and returns the capabilities first, then what the source found out about itself. */
  List<Finding> findings() throws InterruptedException {
    source
        .devices()
        .ifPresent(
            one ->
                ask(Capability.DEVICES, one.cadence(), one::devices, said -> devices(one, said)));
    source
        .bandwidth()
        .ifPresent(
            one -> ask(Capability.BANDWIDTH, one.cadence(), one::bandwidth, Consultation::traffic));
    source
        .ports()
        .ifPresent(one -> ask(Capability.PORTS, one.cadence(), one::ports, Consultation::boxes));
    source
        .limits()
        .ifPresent(one -> ask(Capability.LIMITS, one.cadence(), one::limits, Consultation::limits));
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    findings.addAll(source.findings());
    return findings;
  }

  private <T> void ask(
      Capability capability,
      Cadence cadence,
      Callable<Poll<T>> question,
      Function<T, String> summary) {
    if (!asked.contains(capability) || Thread.currentThread().isInterrupted()) {
      return;
    }
    String name = capability.name().toLowerCase(Locale.ROOT);
    Finding finding =
        switch (within(cadence.deadline(), name, question)) {
          case Poll.Ok<T>(T said) -> good(name + ": " + summary.apply(said));
          case Poll.Unsupported<T>(String reason) ->
              new Finding(Finding.Level.LACKING, name + ": not possible here, " + reason, null);
          case Poll.Failed<T>(FailureKind kind, String detail) ->
              new Finding(Finding.Level.BROKEN, name + ": " + detail, null);
        };
    findings.add(finding);
  }

  /** On a thread of its own, since a source may not heed its interruption. */
  private <T> Poll<T> within(Duration deadline, String name, Callable<Poll<T>> question) {
    FutureTask<Poll<T>> task = new FutureTask<>(question);
    Thread thread = Thread.ofPlatform().daemon().name("doctor-" + name).unstarted(task);
    thread.setContextClassLoader(loader);
    thread.start();
    try {
      return task.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      task.cancel(true);
      return new Poll.Failed<>(
          FailureKind.TIMED_OUT, "no answer within " + deadline.toMillis() / 1000.0 + " s");
    } catch (ExecutionException bug) {
      return new Poll.Failed<>(FailureKind.BUG, "it threw " + bug.getCause());
    } catch (InterruptedException stop) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      return new Poll.Failed<>(FailureKind.TIMED_OUT, "interrupted");
    }
  }

  private static Finding good(String what) {
    return new Finding(Finding.Level.GOOD, what, null);
  }

  private static String devices(DeviceSource source, List<Sighting> said) {
    return count(said.size(), "device")
        + (source.knowsPlacesOnly() ? " at its ports; who is there, others say" : "");
  }

  private static String traffic(BandwidthReading said) {
    return "by "
        + said.method()
        + (said.wan() == null ? ", without the line" : ", the line included");
  }

  private static String boxes(List<Box> said) {
    List<String> texts = new ArrayList<>();
    for (Box box : said) {
      List<String> lines = box.ports().stream().filter(Port::wan).map(Port::name).toList();
      texts.add(
          box.name()
              + (box.model() == null ? "" : " (" + box.model() + ")")
              + " with "
              + count(box.ports().size(), "port")
              + (lines.isEmpty() ? "" : ", the line on " + String.join(" and ", lines)));
    }
    return texts.isEmpty() ? "no box" : String.join("; ", texts);
  }

  private static String limits(List<LimitInForce> said) {
    return count(said.size(), "limit") + " in force";
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
