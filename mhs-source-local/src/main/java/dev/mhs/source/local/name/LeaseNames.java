package dev.mhs.source.local.name;

import dev.mhs.api.MacAddress;
import dev.mhs.core.spi.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Knows the names in the lease files of the DHCP server on this machine, if there is one. A file is
 * read again when it has changed. For one thread.
 */
public final class LeaseNames {
  /** Where distributions, Pi-hole and OpenWrt have them. */
  public static final List<Path> USUAL =
      List.of(
          Path.of("/var/lib/misc/dnsmasq.leases"),
          Path.of("/var/lib/dnsmasq/dnsmasq.leases"),
          Path.of("/etc/pihole/dhcp.leases"),
          Path.of("/tmp/dhcp.leases"),
          Path.of("/var/lib/kea/kea-leases4.csv"),
          Path.of("/var/lib/kea/dhcp4.leases"),
          Path.of("/var/lib/dhcp/dhcpd.leases"),
          Path.of("/var/lib/dhcpd/dhcpd.leases"));

  private static final int LONGEST = 2 << 20; // of a longer file the end is read: what is newest
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  private record State(FileTime changed, long size, Map<MacAddress, String> names) {}

  private final List<Path> files;
  private final TimeSource time;
  private final Map<Path, State> states = new LinkedHashMap<>();
  private final Map<Path, String> troubles = new TreeMap<>();
  private @Nullable Long lookedAt;

  /**
   * Makes a reader.
   *
   * @param files where leases may be
   * @param time the monotonic clock
   */
  public LeaseNames(List<Path> files, TimeSource time) {
    this.files = List.copyOf(files);
    this.time = time;
  }

  /** Looks whether a file has changed, if that was not done a moment ago. */
  public void refresh() {
    long now = time.nanos();
    if (lookedAt != null && now - lookedAt < LOOK_AGAIN.toNanos()) {
      return;
    }
    lookedAt = now;
    for (Path file : files) {
      try {
        refresh(file);
        troubles.remove(file);
      } catch (NoSuchFileException notHere) {
        states.remove(file);
        troubles.remove(file);
      } catch (IOException unreadable) {
        troubles.put(file, "this process may not read it");
      }
    }
  }

  private void refresh(Path file) throws IOException {
    FileTime changed = Files.getLastModifiedTime(file);
    long size = Files.size(file);
    State before = states.get(file);
    if (before == null || !before.changed().equals(changed) || before.size() != size) {
      states.put(file, new State(changed, size, parse(lines(file))));
    }
  }

  private static List<String> lines(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      boolean isWhole = channel.size() <= LONGEST;
      channel.position(Math.max(0, channel.size() - LONGEST));
      ByteBuffer text = ByteBuffer.allocate((int) Math.min(LONGEST, channel.size()));
      while (text.hasRemaining() && channel.read(text) >= 0) {
        // as much as there is
      }
      List<String> lines = new ArrayList<>();
      new String(text.array(), 0, text.position(), StandardCharsets.UTF_8)
          .lines()
          .forEach(lines::add);
      if (!isWhole && !lines.isEmpty()) {
        lines.removeFirst(); // the rest of a line
      }
      return lines;
    }
  }

  private static Map<MacAddress, String> parse(List<String> lines) {
    if (!lines.isEmpty() && lines.getFirst().startsWith("address,")) {
      return LeaseParser.kea(lines);
    }
    boolean isIsc = lines.stream().anyMatch(line -> line.startsWith("lease "));
    return isIsc ? LeaseParser.isc(lines) : LeaseParser.dnsmasq(lines);
  }

  /**
   * Returns the name that a client told the DHCP server.
   *
   * @param mac the client
   * @return the name as it was told, or null when there is none
   */
  public @Nullable String nameOf(MacAddress mac) {
    for (State each : states.values()) {
      String name = each.names().get(mac);
      if (name != null) {
        return name;
      }
    }
    return null;
  }

  /**
   * Returns the files that leases are read from.
   *
   * @return those that exist and could be read
   */
  public List<Path> inUse() {
    return List.copyOf(states.keySet());
  }

  /**
   * Returns why files are not read that exist.
   *
   * @return the reasons by file
   */
  public Map<Path, String> troubles() {
    return Map.copyOf(troubles);
  }
}
