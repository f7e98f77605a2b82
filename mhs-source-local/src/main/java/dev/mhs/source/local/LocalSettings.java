package dev.mhs.source.local;

import dev.mhs.core.spi.SettingException;
import dev.mhs.core.spi.SourceSettings;
import dev.mhs.source.local.count.Way;
import dev.mhs.source.local.name.LeaseNames;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the configuration says for the local source.
 *
 * @param scan how it looks for devices
 * @param interfaces the interfaces to watch; empty: all that are suitable
 * @param counting whether traffic may be counted
 * @param means by which means devices are looked for
 * @param leases where a DHCP server on this machine may have its leases
 */
record LocalSettings(
    Scan scan, Set<String> interfaces, boolean counting, Set<Look> means, List<Path> leases) {
  /** A means to look for devices. */
  enum Look {
    /** nmap, where it is installed. */
    NMAP,
    /** ARP of our own, where this process may send and hear frames. */
    ARP,
    /** Datagrams that make the kernel ask. */
    PING
  }

  /** How to look for devices. */
  enum Scan {
    /** Sweep the directly connected networks and ask for names. */
    ACTIVE,
    /** Send nothing; tell what the kernel knows. */
    PASSIVE,
    /** Do not look at all. */
    OFF
  }

  // Linux net/core/dev.c, dev_valid_name: shorter than 16, no slash, no white space.
  private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[^\\s/:,]{1,15}");

  LocalSettings {
    interfaces = Set.copyOf(interfaces);
    means = Set.copyOf(means);
    leases = List.copyOf(leases);
  }

  /** By all means, with leases where they usually are. */
  LocalSettings(Scan scan, Set<String> interfaces, boolean counting) {
    this(scan, interfaces, counting, EnumSet.allOf(Look.class), LeaseNames.USUAL);
  }

  /** Tells whether a means may be used to ask. */
  boolean asksBy(Look look) {
    return scan == Scan.ACTIVE && means.contains(look);
  }

  private enum Counting {
    AUTO,
    NFTABLES,
    CONNTRACK,
    PCAP,
    OFF;

    Set<Way> ways() {
      return switch (this) {
        case AUTO -> EnumSet.allOf(Way.class);
        case NFTABLES -> EnumSet.of(Way.NFTABLES);
        case CONNTRACK -> EnumSet.of(Way.CONNTRACK);
        case PCAP -> EnumSet.of(Way.PCAP);
        case OFF -> EnumSet.noneOf(Way.class);
      };
    }
  }

  /**
   * Returns in which ways traffic may be counted.
   *
   * @param settings what the configuration says
   */
  static Set<Way> ways(SourceSettings settings) {
    return settings.choice("counting", Counting.AUTO).ways();
  }

  static LocalSettings of(SourceSettings settings) {
    return new LocalSettings(
        settings.choice("scan", Scan.ACTIVE),
        settings.text("interfaces").map(LocalSettings::names).orElse(Set.of()),
        !ways(settings).isEmpty(),
        settings.text("means").map(LocalSettings::looks).orElse(EnumSet.allOf(Look.class)),
        settings.text("leases").map(LocalSettings::paths).orElse(LeaseNames.USUAL));
  }

  private static List<Path> paths(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(path -> !path.isEmpty())
        .map(LocalSettings::path)
        .toList();
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException wrong) {
      throw new SettingException("leases names \"" + text + "\", which is not a path");
    }
  }

  private static Set<Look> looks(String list) {
    Set<Look> named = EnumSet.noneOf(Look.class);
    for (String word : list.split(",", -1)) {
      if (!word.isBlank()) {
        named.add(look(word.strip()));
      }
    }
    return named;
  }

  private static Look look(String word) {
    for (Look each : Look.values()) {
      if (each.name().equalsIgnoreCase(word)) {
        return each;
      }
    }
    throw new SettingException(
        "means names \"" + word + "\", but there are only nmap, arp and ping");
  }

  private static Set<String> names(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .map(LocalSettings::checked)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new SettingException(
          "interfaces names \""
              + name
              + "\", but the name of an interface has 1 to 15 characters, no blanks and no slashes");
    }
    return name;
  }
}
