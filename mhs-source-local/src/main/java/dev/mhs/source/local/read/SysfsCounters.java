package dev.mhs.source.local.read;

import dev.mhs.api.BitRate;
import dev.mhs.api.Port.Link;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads counters from {@code /sys/class/net/<name>/statistics} (Linux
 * Documentation/ABI/testing/sysfs-class-net-statistics): 64 bits, in bytes and frames. For the
 * interfaces that OSHI does not list, and where it cannot work at all.
 */
public final class SysfsCounters implements CounterReader {
  private final Path folder;

  /**
   * Makes a reader.
   *
   * @param files where sysfs is
   */
  public SysfsCounters(SystemFiles files) {
    folder = files.sys().resolve("class/net");
  }

  @Override
  public Map<String, InterfaceCounters> read(Set<String> names) {
    Map<String, InterfaceCounters> found = new LinkedHashMap<>();
    for (String name : names) {
      one(folder.resolve(name)).ifPresent(counters -> found.put(name, counters));
    }
    return found;
  }

  private static Optional<InterfaceCounters> one(Path own) {
    Optional<Long> received = number(own.resolve("statistics/rx_bytes"));
    Optional<Long> sent = number(own.resolve("statistics/tx_bytes"));
    if (received.isEmpty() || sent.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new InterfaceCounters(
            received.get(),
            sent.get(),
            number(own.resolve("statistics/rx_errors")).orElse(0L),
            number(own.resolve("statistics/tx_errors")).orElse(0L),
            speed(own),
            link(SystemFiles.line(own.resolve("operstate")).orElse(""))));
  }

  private static @Nullable BitRate speed(Path own) {
    return number(own.resolve("speed"))
        .filter(megabits -> megabits > 0)
        .map(BitRate::ofMegabits)
        .orElse(null);
  }

  /** RFC 2863 §3.1.12 as Linux spells it (Documentation/networking/operstates.rst). */
  private static Link link(String state) {
    return switch (state) {
      case "up" -> Link.UP;
      case "down", "lowerlayerdown", "notpresent", "dormant" -> Link.DOWN;
      default -> Link.UNKNOWN;
    };
  }

  private static Optional<Long> number(Path file) {
    return SystemFiles.line(file).filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf);
  }
}
