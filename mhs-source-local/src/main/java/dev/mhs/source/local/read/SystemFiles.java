package dev.mhs.source.local.read;

import dev.mhs.source.local.parse.DefaultRoute;
import dev.mhs.source.local.parse.ResolverConfig;
import dev.mhs.source.local.parse.RouteTableParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files in which Linux tells about itself. Each call reads anew. Any thread.
 *
 * @param proc where procfs is, {@code /proc}
 * @param sys where sysfs is, {@code /sys}
 * @param etc where the configuration of the system is, {@code /etc}
 */
public record SystemFiles(Path proc, Path sys, Path etc) {
  private static final int CAP_NET_RAW = 13; // include/uapi/linux/capability.h
  private static final Pattern STATUS_ROOT =
      Pattern.compile("^Uid:\\s+\\d+\\s+0\\s", Pattern.MULTILINE);

  /** The files of this machine. */
  public static final SystemFiles HERE =
      new SystemFiles(Path.of("/proc"), Path.of("/sys"), Path.of("/etc"));

  /** Names that makers leave in the firmware when they have nothing to say. */
  private static final List<String> NO_MODEL =
      List.of("system product name", "to be filled by o.e.m.", "default string", "none", "o.e.m.");

  /**
   * Returns the text of a file.
   *
   * @param file the file
   * @return its text, or empty when it does not exist or does not let itself be read (many files of
   *     sysfs answer EINVAL while an interface is down)
   */
  public static Optional<String> text(Path file) {
    try {
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  /**
   * Returns the text of a file that holds one line.
   *
   * @param file the file
   * @return its text without white space around it, or empty when it is absent or blank
   */
  public static Optional<String> line(Path file) {
    return text(file).map(String::strip).filter(line -> !line.isEmpty());
  }

  /**
   * Returns the name of this machine.
   *
   * @return its host name, or empty when the kernel does not tell
   */
  public Optional<String> hostName() {
    return line(proc.resolve("sys/kernel/hostname"));
  }

  /**
   * Tells whether a program that this process starts may send and hear frames: it runs as root, or
   * passes CAP_NET_RAW on as an ambient capability.
   *
   * @return whether it may, as far as the kernel tells
   */
  public boolean mayLendFrames() {
    String status = text(proc.resolve("self/status")).orElse("");
    boolean isRoot = STATUS_ROOT.matcher(status).find();
    return hasFrames(status, isRoot ? "CapEff" : "CapAmb");
  }

  private static boolean hasFrames(String status, String which) {
    return status
        .lines()
        .filter(line -> line.startsWith(which + ":"))
        .map(line -> line.substring(which.length() + 1).strip())
        .filter(bits -> bits.matches("[0-9a-f]{16}"))
        .anyMatch(bits -> ((Long.parseUnsignedLong(bits, 16) >> CAP_NET_RAW) & 1) == 1);
  }

  /**
   * Returns what the maker calls this machine: the device tree's model (ARM boards) or the
   * firmware's product name (DMI).
   *
   * @return the model, or null when it is not told
   */
  public @Nullable String model() {
    return line(proc.resolve("device-tree/model"))
        .or(() -> line(sys.resolve("class/dmi/id/product_name")))
        .map(text -> text.replace("\0", "").strip()) // device tree texts end with a zero
        .filter(text -> !text.isEmpty() && !NO_MODEL.contains(text.toLowerCase(Locale.ROOT)))
        .orElse(null);
  }

  /**
   * Returns the IPv4 default routes.
   *
   * @return the routes, the one that is taken first
   */
  public List<DefaultRoute> ipv4DefaultRoutes() {
    return text(proc.resolve("net/route")).map(RouteTableParser::ipv4).orElse(List.of());
  }

  /**
   * Returns the IPv6 default routes.
   *
   * @return the routes, the one that is taken first
   */
  public List<DefaultRoute> ipv6DefaultRoutes() {
    return text(proc.resolve("net/ipv6_route")).map(RouteTableParser::ipv6).orElse(List.of());
  }

  /**
   * Returns the interface behind which everything else is.
   *
   * @return that of the IPv4 default route with the lowest metric, else that of the IPv6 one, else
   *     null
   */
  public @Nullable String wanInterface() {
    return ipv4DefaultRoutes().stream()
        .findFirst()
        .or(() -> ipv6DefaultRoutes().stream().findFirst())
        .map(DefaultRoute::interfaceName)
        .orElse(null);
  }

  /**
   * Tells whether this machine passes on packets of others.
   *
   * @return whether forwarding is switched on for IPv4 or IPv6
   */
  public boolean forwards() {
    return isOn("sys/net/ipv4/ip_forward") || isOn("sys/net/ipv6/conf/all/forwarding");
  }

  /**
   * Returns the household's own domains.
   *
   * @return the domains of resolv.conf
   */
  public List<String> localDomains() {
    return text(etc.resolve("resolv.conf")).map(ResolverConfig::domains).orElse(List.of());
  }

  /**
   * Returns a number that is another one after each start of the kernel.
   *
   * @return the number; 0 when the kernel does not tell (then a reboot shows as counters that fell)
   */
  public long bootEpoch() {
    return line(proc.resolve("sys/kernel/random/boot_id")).map(SystemFiles::spread).orElse(0L);
  }

  /** FNV-1a over the characters: 64 bits, where String.hashCode has 32. */
  private static long spread(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  private boolean isOn(String file) {
    return line(proc.resolve(file)).filter(text -> !text.equals("0")).isPresent();
  }
}
