package dev.mhs.source.local;

import dev.mhs.core.spi.SettingException;
import dev.mhs.core.spi.SourceSettings;
import dev.mhs.source.local.count.Way;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the configuration says for the local source.
 *
 * @param scan how it looks for devices
 * @param interfaces the interfaces to watch; empty: all that are suitable
 * @param counting whether traffic may be counted
 */
record LocalSettings(Scan scan, Set<String> interfaces, boolean counting) {
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
        !ways(settings).isEmpty());
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
