package dev.mhs.source.local.read;

import dev.mhs.api.MacAddress;
import dev.mhs.source.local.parse.Hex;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lists the interfaces of this machine from {@code /sys/class/net}, those included that have no
 * address (java.net lists only those that have one: members of a bridge would be missing). Any
 * thread.
 */
public final class InterfaceCatalog {
  private static final Pattern DEVICE_TYPE = Pattern.compile("(?m)^DEVTYPE=(\\w+)$");
  private static final long ETHERNET = 1; // include/uapi/linux/if_arp.h, ARPHRD_ETHER
  private static final long LOOPBACK = 772; // ARPHRD_LOOPBACK
  private static final long TAP = 0x2; // include/uapi/linux/if_tun.h, IFF_TAP

  /** Documentation/ABI/testing/sysfs-class-net: how the links to what is below begin. */
  private static final String LOWER = "lower_";

  private final Path folder;

  /**
   * Makes a catalog.
   *
   * @param files where sysfs is
   */
  public InterfaceCatalog(SystemFiles files) {
    folder = files.sys().resolve("class/net");
  }

  /**
   * Reads all interfaces.
   *
   * @return them by name; one that vanishes meanwhile is left out
   */
  public Map<String, LocalInterface> read() {
    Map<String, LocalInterface> found = new TreeMap<>();
    for (String name : names(folder)) {
      one(name).ifPresent(each -> found.put(name, each));
    }
    return found;
  }

  /**
   * Lists the names of all interfaces.
   *
   * @return the names; empty when sysfs is not there
   */
  public Set<String> names() {
    return names(folder);
  }

  /**
   * Returns the kernel's number for an interface.
   *
   * @param name its name
   * @return the number, or empty when there is no such interface
   */
  public Optional<Integer> index(String name) {
    return SystemFiles.line(folder.resolve(name).resolve("ifindex"))
        .filter(text -> text.matches("\\d{1,9}"))
        .map(Integer::valueOf);
  }

  /**
   * Reads one interface.
   *
   * @param name its name
   * @return the interface, or empty when there is none or it is vanishing
   */
  public Optional<LocalInterface> one(String name) {
    Path own = folder.resolve(name);
    Optional<Integer> index = index(name);
    Optional<Long> flags = SystemFiles.line(own.resolve("flags")).flatMap(Hex::parse);
    if (index.isEmpty() || flags.isEmpty()) {
      return Optional.empty();
    }
    var switches = new LocalInterface.Flags(flags.get());
    return Optional.of(
        new LocalInterface(
            name, index.get(), kind(own, switches), mac(own), switches, master(own), members(own)));
  }

  /**
   * Returns the interfaces on which a VLAN is built.
   *
   * @param name the interface of the VLAN
   * @return its parents, mostly one; empty for any other kind of interface
   */
  public Set<String> parents(String name) {
    Path own = folder.resolve(name);
    return toldByDriver(own) == InterfaceKind.VLAN
        ? names(own).stream()
            .filter(entry -> entry.startsWith(LOWER))
            .map(entry -> entry.substring(LOWER.length()))
            .collect(Collectors.toUnmodifiableSet())
        : Set.of();
  }

  private static InterfaceKind kind(Path own, LocalInterface.Flags flags) {
    long type =
        SystemFiles.line(own.resolve("type"))
            .filter(text -> text.matches("\\d{1,9}"))
            .map(Long::valueOf)
            .orElse(0L);
    if (type == LOOPBACK) {
      return InterfaceKind.LOOPBACK;
    }
    if (type != ETHERNET) {
      return InterfaceKind.TUNNEL;
    }
    InterfaceKind told = toldByDriver(own);
    if (told != null) {
      return told;
    }
    if (Files.exists(own.resolve("device"))) {
      return InterfaceKind.ETHER;
    }
    return flags.noArp() ? InterfaceKind.OTHER : InterfaceKind.VETH;
  }

  private static @Nullable InterfaceKind toldByDriver(Path own) {
    Optional<Long> tun = tunFlags(own.resolve("tun_flags"));
    if (tun.isPresent()) {
      return (tun.get() & TAP) != 0 ? InterfaceKind.TAP : InterfaceKind.TUNNEL;
    }
    if (Files.isDirectory(own.resolve("bridge"))) {
      return InterfaceKind.BRIDGE;
    }
    if (Files.isDirectory(own.resolve("wireless")) || Files.exists(own.resolve("phy80211"))) {
      return InterfaceKind.WIFI;
    }
    Matcher type = DEVICE_TYPE.matcher(SystemFiles.text(own.resolve("uevent")).orElse(""));
    return type.find() ? ofDeviceType(type.group(1)) : null;
  }

  /** Looks first: on most interfaces the file is missing, and an exception costs more. */
  private static Optional<Long> tunFlags(Path file) {
    return Files.exists(file) ? SystemFiles.line(file).flatMap(Hex::parse) : Optional.empty();
  }

  private static @Nullable InterfaceKind ofDeviceType(String word) {
    return switch (word) {
      case "wlan" -> InterfaceKind.WIFI;
      case "bridge" -> InterfaceKind.BRIDGE;
      case "vlan" -> InterfaceKind.VLAN;
      case "bond" -> InterfaceKind.BOND;
      case "vxlan", "geneve", "gretap", "wireguard" -> InterfaceKind.TUNNEL;
      case "macvlan", "ipvlan", "macvtap" -> InterfaceKind.OTHER;
      default -> null; // "dsa", "gadget", "wwan": a socket like any other
    };
  }

  private static @Nullable MacAddress mac(Path own) {
    return SystemFiles.line(own.resolve("address"))
        .flatMap(MacAddress::parse)
        .filter(MacAddress::isDevice)
        .orElse(null);
  }

  private static @Nullable String master(Path own) {
    Path link = own.resolve("master");
    try {
      return Files.isSymbolicLink(link)
          ? Files.readSymbolicLink(link).getFileName().toString()
          : null;
    } catch (IOException leftMeanwhile) {
      return null;
    }
  }

  private static Set<String> members(Path own) {
    return new LinkedHashSet<>(names(own.resolve("brif")));
  }

  private static Set<String> names(Path folder) {
    Set<String> names = new TreeSet<>();
    if (!Files.isDirectory(folder)) {
      return names;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    } catch (IOException | DirectoryIteratorException absent) {
      return names; // it vanished: what was listed until then
    }
    return names;
  }
}
