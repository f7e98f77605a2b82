package dev.mhs.source.local;

import dev.mhs.api.Finding;
import dev.mhs.api.Finding.Level;
import dev.mhs.source.local.LocalSettings.Scan;
import dev.mhs.source.local.count.KernelCounting;
import dev.mhs.source.local.read.NeighborTable.Origin;
import dev.mhs.source.local.sweep.Ipv4Network;
import dev.mhs.source.local.sweep.SweepPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts what the source found out about its abilities into words. Pure. */
final class LocalFindings {
  private static final String ASK_A_ROUTER =
      "ROUTER_HOST=192.168.88.1 ROUTER_USER=mhs ROUTER_PASS=...";

  private LocalFindings() {}

  static List<Finding> scan(Scan scan) {
    return switch (scan) {
      case ACTIVE -> List.of();
      case PASSIVE ->
          List.of(
              lacking(
                  "local.scan is passive: nothing is sent, so only devices that talk to this"
                      + " machine are seen, and without names",
                  "MHS_LOCAL_SCAN=active"));
      case OFF ->
          List.of(
              lacking(
                  "local.scan is off: no devices are looked for from here",
                  "MHS_LOCAL_SCAN=active"));
    };
  }

  static List<Finding> neighbors(LocalSettings settings, Origin origin, Set<String> watched) {
    List<Finding> found = new ArrayList<>(scan(settings.scan()));
    switch (origin) {
      case IP_WITH_AGES ->
          found.add(new Finding(Level.GOOD, "the neighbor cache is read with ip", null));
      case IP ->
          found.add(
              lacking(
                  "this ip does not tell when a neighbor answered, so that is known less exactly",
                  "apt install iproute2"));
      case PROC ->
          found.add(
              lacking(
                  "ip is not installed: neighbors are read from /proc/net/arp, which knows no IPv6"
                      + " and tells less exactly when a device answered",
                  "apt install iproute2"));
      case NOTHING ->
          found.add(
              new Finding(
                  Level.BROKEN,
                  "the neighbor cache cannot be read: neither ip nor /proc/net/arp answers",
                  "apt install iproute2"));
    }
    Set<String> missing = new TreeSet<>(settings.interfaces());
    missing.removeAll(watched);
    if (!missing.isEmpty()) {
      found.add(
          new Finding(
              Level.BROKEN,
              "local.interfaces names what this machine does not have: "
                  + String.join(", ", missing),
              "ip link"));
    } else if (watched.isEmpty()) {
      found.add(
          lacking("this machine has no interface on which devices could be seen", "ip address"));
    }
    return found;
  }

  static List<Finding> sweep(SweepPlan plan, Map<String, String> refusals) {
    List<Finding> found = new ArrayList<>();
    for (Ipv4Network each : plan.bounded()) {
      found.add(
          lacking(
              each
                  + " on "
                  + each.interfaceName()
                  + " has "
                  + each.hosts()
                  + " addresses: only the "
                  + SweepPlan.MOST
                  + " nearest to "
                  + each.own().getHostAddress()
                  + " and the known devices are asked",
              null));
    }
    for (Ipv4Network each : plan.others()) {
      found.add(
          lacking(
              each
                  + " on "
                  + each.interfaceName()
                  + " is not a private network, so it is not swept",
              "MHS_LOCAL_INTERFACES=" + each.interfaceName()));
    }
    refusals.forEach(
        (name, reason) ->
            found.add(
                new Finding(
                    Level.BROKEN,
                    "devices on " + name + " cannot be asked: " + reason,
                    "allow UDP to port 9 (discard) to leave by " + name)));
    return found;
  }

  static List<Finding> bandwidth(DeviceCounting.Result result, boolean forwards) {
    return switch (result) {
      case DeviceCounting.Result.Counted counted -> counted(counted);
      case DeviceCounting.Result.NotCounted no -> notCounted(no, forwards);
    };
  }

  private static List<Finding> counted(DeviceCounting.Result.Counted counted) {
    List<Finding> found = new ArrayList<>();
    found.add(
        new Finding(
            Level.GOOD,
            "what devices exchange with the internet is "
                + switch (counted.how().way()) {
                  case NFTABLES -> "counted in the kernel (nftables)";
                  case CONNTRACK -> "counted in the kernel, by connection (conntrack)";
                  case PCAP -> "counted by the heads of packets (pcap)";
                },
            null));
    KernelCounting.Look.Unavailable better = counted.how().passedOver();
    if (better != null) {
      found.add(lacking("there is a better way to count, but " + better.why(), better.remedy()));
    }
    if (counted.how().missed() > 0) {
      found.add(
          lacking(
              counted.how().missed()
                  + " packets went by uncounted lately, so the rates of devices are estimates",
              null));
    }
    switch (counted.sight()) {
      case ALL -> {} // nobody is hidden
      case SOME -> found.add(othersUnseen("it sees what a switch mirrors to it"));
      case OWN -> found.add(othersUnseen("this machine sees its own traffic only"));
    }
    return found;
  }

  private static Finding othersUnseen(String why) {
    return lacking(
        "the rates of other devices are not measured from here: "
            + why
            + "; a MikroTik router tells them, or MHS on the router itself",
        ASK_A_ROUTER);
  }

  private static List<Finding> notCounted(DeviceCounting.Result.NotCounted no, boolean forwards) {
    List<Finding> found = new ArrayList<>();
    found.add(
        no.why() == null
            ? lacking(
                "local.counting is off: the rates of single devices are not measured from here",
                "MHS_LOCAL_COUNTING=auto")
            : lacking("the traffic of devices is not counted: " + no.why(), no.remedy()));
    if (forwards) {
      found.add(
          new Finding(
              Level.LACKING,
              "this machine passes on packets of others, so the counters of its interfaces are not"
                  + " taken for its own traffic",
              null));
    } else {
      found.add(othersUnseen("this machine sees its own traffic only"));
    }
    return found;
  }

  static List<Finding> counters(@Nullable String trouble) {
    return trouble == null
        ? List.of()
        : List.of(
            lacking(
                "OSHI cannot work here, the counters are read from /sys instead: " + trouble,
                "let programs run from the folder for temporary files"
                    + " (-Djna.tmpdir=<a folder that is not noexec>)"));
  }

  static List<Finding> limits(String why, @Nullable String remedy) {
    return List.of(lacking("devices cannot be slowed down from here: " + why, remedy));
  }

  static List<Finding> forgetful(@Nullable String why) {
    return List.of(
        lacking(
            "limits do not outlive a restart of this machine or a reload of its firewall, since they"
                + " cannot be kept in the data folder: "
                + why,
            null));
  }

  private static Finding lacking(String what, @Nullable String remedy) {
    return new Finding(Level.LACKING, what, remedy);
  }
}
