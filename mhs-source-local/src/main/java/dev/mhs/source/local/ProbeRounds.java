package dev.mhs.source.local;

import dev.mhs.api.Finding;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Moment;
import dev.mhs.source.local.LocalSettings.Look;
import dev.mhs.source.local.NeighborMemory.Remembered;
import dev.mhs.source.local.NeighborMemory.Spot;
import dev.mhs.source.local.link.ArpScout;
import dev.mhs.source.local.link.Holder;
import dev.mhs.source.local.nmap.NmapScout;
import dev.mhs.source.local.read.OwnAddress;
import dev.mhs.source.local.sweep.Ipv4Network;
import dev.mhs.source.local.sweep.Probe;
import dev.mhs.source.local.sweep.SweepPlan;
import dev.mhs.source.local.sweep.SweepSchedule;
import dev.mhs.source.local.sweep.Sweeper;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** Decides at each question whom to ask, and hands it to the sweeper. One thread, but for want. */
final class ProbeRounds {
  /** Who was not found for so long is asked by the sweeps only. */
  private static final Duration LATELY = Duration.ofMinutes(15);

  /** How often to ask where the cache does not tell whether that is needed. */
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private static final Duration FRESH = Duration.ofSeconds(3);

  /** Who was heard so lately by ARP need not be asked. */
  private static final Duration HEARD = Duration.ofSeconds(20);

  private final Sweeper sweeper;
  private final ArpScout arp;
  private final NmapScout nmap;
  private final LocalSettings settings;
  private final SweepSchedule schedule = new SweepSchedule();
  private final AtomicBoolean wanted = new AtomicBoolean(true); // the first one is awaited
  private volatile Optional<Long> awaitedSince = Optional.empty();

  ProbeRounds(Lookout lookout, LocalSettings settings) {
    sweeper = lookout.sweeper();
    arp = lookout.arp();
    nmap = lookout.nmap();
    this.settings = settings;
  }

  /** Asks that everybody be asked at the next opportunity. Any thread. */
  void want() {
    wanted.set(true);
  }

  /**
   * Tells whether answers to a sweep that somebody waits for are coming in. Any thread.
   *
   * @param nanos the monotonic clock now
   * @return whether it was started a moment ago
   */
  boolean isFresh(long nanos) {
    return awaitedSince.filter(since -> nanos - since < FRESH.toNanos()).isPresent();
  }

  /**
   * Returns which networks are to be asked.
   *
   * @param watched our addresses on the watched interfaces
   */
  SweepPlan plan(List<OwnAddress> watched) {
    return SweepPlan.of(networks(watched), settings.interfaces()::contains);
  }

  /**
   * Starts what is due.
   *
   * @param plan the networks
   * @param own all our addresses, none of which is asked
   * @param seen who was seen
   * @param now when devices are asked for
   * @return what is worth telling about it
   */
  List<Finding> next(SweepPlan plan, List<OwnAddress> own, Seen seen, Moment now) {
    boolean awaited = wanted.getAndSet(false);
    if (awaited) {
      awaitedSince = Optional.of(now.nanos());
    }
    List<Probe> pings = new ArrayList<>(); // in one piece, so that nobody is asked twice
    switch (schedule.next(now.nanos(), awaited, plan.size())) {
      case NOTHING -> {}
      case NEIGHBORS -> pings.addAll(askNeighbors(plan, own, seen, now));
      case EVERYBODY -> {
        pings.addAll(askNeighbors(plan, own, seen, now));
        pings.addAll(askEverybody(plan, own));
        if (settings.asksBy(Look.NMAP)) {
          nmap.look(plan.networks(), awaited);
        }
      }
    }
    if (settings.asksBy(Look.PING)) {
      sweeper.ask(pings);
    }
    return LocalFindings.sweep(plan, sweeper.refusals());
  }

  /**
   * Who was seen.
   *
   * @param memory in the kernel's neighbor cache
   * @param holders by ARP
   */
  record Seen(NeighborMemory memory, List<Holder> holders) {}

  /** Asks by ARP where that is possible; returns whom to ping. */
  private List<Probe> askEverybody(SweepPlan plan, List<OwnAddress> own) {
    Set<InetAddress> ours =
        own.stream().map(OwnAddress::address).collect(Collectors.toCollection(HashSet::new));
    List<Probe> probes = plan.everybody(ours);
    probes.stream()
        .filter(each -> arp.canAsk(each.interfaceName()))
        .collect(Collectors.groupingBy(Probe::interfaceName))
        .forEach((name, some) -> arp.ask(name, targets(some), false));
    return probes.stream().filter(each -> !arp.canAsk(each.interfaceName())).toList();
  }

  private static List<Inet4Address> targets(List<Probe> probes) {
    return probes.stream().map(each -> (Inet4Address) each.target()).toList();
  }

  /** Asks by ARP where that is possible; returns whom to ping. */
  private List<Probe> askNeighbors(SweepPlan plan, List<OwnAddress> own, Seen seen, Moment now) {
    Instant fresh = now.at().minus(HEARD);
    seen.holders().stream()
        .filter(each -> each.heardAt().isBefore(fresh))
        .filter(each -> !each.heardAt().isBefore(now.at().minus(LATELY)))
        .collect(Collectors.groupingBy(Holder::interfaceName))
        .forEach(
            (name, silent) -> arp.ask(name, silent.stream().map(Holder::address).toList(), true));
    return neighbors(plan, own, seen.memory(), now);
  }

  private static List<Ipv4Network> networks(List<OwnAddress> watched) {
    List<Ipv4Network> found = new ArrayList<>();
    for (OwnAddress each : watched) {
      if (each.address() instanceof Inet4Address own && each.prefixLength() <= Integer.SIZE) {
        found.add(new Ipv4Network(each.interfaceName(), own, each.prefixLength()));
      }
    }
    return found;
  }

  private List<Probe> neighbors(
      SweepPlan plan, List<OwnAddress> own, NeighborMemory memory, Moment now) {
    Map<Spot, Remembered> alive = memory.aliveSince(now.at().minus(LATELY));
    sweeper.retain(alive.keySet().stream().map(Spot::address).collect(Collectors.toSet()));
    Set<MacAddress> haveIpv4 = new HashSet<>();
    alive.forEach(
        (spot, one) -> {
          if (spot.address() instanceof Inet4Address) {
            haveIpv4.add(one.mac());
          }
        });
    List<Probe> probes = new ArrayList<>();
    alive.forEach(
        (spot, one) -> {
          if (!isAskedByArp(spot) && needsAsking(spot, one, now.at())) {
            probe(plan, own, spot, haveIpv4.contains(one.mac())).ifPresent(probes::add);
          }
        });
    return probes;
  }

  private boolean isAskedByArp(Spot spot) {
    return spot.address() instanceof Inet4Address && arp.canAsk(spot.interfaceName());
  }

  /**
   * Tells whether a probe would make the kernel ask. It does not while an entry is reachable, and
   * does already in DELAY and PROBE; then a datagram would only wake a sleeping phone.
   */
  private boolean needsAsking(Spot spot, Remembered one, Instant now) {
    return switch (one.state()) {
      case REACHABLE, DELAY, PROBE, PERMANENT, NOARP -> false;
      case STALE -> true;
      case INCOMPLETE, FAILED, NONE, COMPLETE, UNRESOLVED -> {
        Instant askedAt = sweeper.askedAt(spot.address());
        yield askedAt == null || !askedAt.plus(AGAIN).isAfter(now);
      }
    };
  }

  /** A device with IPv4 is asked there; its many temporary IPv6 addresses would tell no more. */
  private static Optional<Probe> probe(
      SweepPlan plan, List<OwnAddress> own, Spot spot, boolean hasIpv4) {
    if (spot.address() instanceof Inet4Address) {
      return ipv4(plan, spot);
    }
    return hasIpv4 ? Optional.empty() : ipv6(plan, own, spot);
  }

  private static Optional<Probe> ipv4(SweepPlan plan, Spot spot) {
    return plan.networks().stream()
        .filter(each -> each.interfaceName().equals(spot.interfaceName()))
        .filter(each -> each.contains(spot.address()))
        .findFirst()
        .map(each -> new Probe(each.own(), spot.address(), spot.interfaceName(), true));
  }

  private static Optional<Probe> ipv6(SweepPlan plan, List<OwnAddress> own, Spot spot) {
    boolean leftAlone =
        plan.others().stream().anyMatch(each -> each.interfaceName().equals(spot.interfaceName()));
    if (leftAlone || spot.address().isLinkLocalAddress()) {
      return Optional.empty();
    }
    return own.stream()
        .filter(each -> each.interfaceName().equals(spot.interfaceName()))
        .map(OwnAddress::address)
        .filter(each -> !(each instanceof Inet4Address) && !each.isLinkLocalAddress())
        .findFirst()
        .map(from -> new Probe(from, spot.address(), spot.interfaceName(), true));
  }
}
