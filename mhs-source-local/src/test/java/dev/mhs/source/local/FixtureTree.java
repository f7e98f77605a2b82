package dev.mhs.source.local;

import dev.mhs.source.local.read.SystemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** A machine's /proc, /sys and /etc, made by hand. */
public final class FixtureTree {
  public static final int UP = 0x1003; // UP, BROADCAST, MULTICAST
  public static final int SWITCHED_OFF = 0x1002;

  private final Path root;
  private int indexes = 1;

  public FixtureTree(Path root) {
    this.root = root;
    file("proc/sys/kernel/hostname", "nas.home.arpa\n");
    file("proc/sys/kernel/random/boot_id", "6f1c54e7-6b2d-4a55-9b0e-2f6f0f7a9f10\n");
    file("proc/sys/net/ipv4/ip_forward", "0\n");
    file("etc/resolv.conf", "search home.arpa\n");
    folder("sys/class/net");
  }

  public SystemFiles files() {
    return new SystemFiles(root.resolve("proc"), root.resolve("sys"), root.resolve("etc"));
  }

  public Path path(String name) {
    return root.resolve(name);
  }

  public FixtureTree file(String name, String text) {
    try {
      Files.createDirectories(root.resolve(name).getParent());
      Files.writeString(root.resolve(name), text);
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public FixtureTree folder(String name) {
    try {
      Files.createDirectories(root.resolve(name));
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** An interface of type Ethernet. */
  public FixtureTree ethernet(String name, String mac, int flags) {
    return link(name, 1, mac, flags).folder("sys/class/net/" + name + "/device");
  }

  public FixtureTree virtual(String name, String mac) {
    return link(name, 1, mac, UP);
  }

  public FixtureTree link(String name, int type, String mac, int flags) {
    String own = "sys/class/net/" + name + "/";
    return file(own + "type", type + "\n")
        .file(own + "address", mac + "\n")
        .file(own + "flags", "0x" + Integer.toHexString(flags) + "\n")
        .file(own + "ifindex", ++indexes + "\n")
        .file(own + "operstate", (flags & 1) != 0 ? "up\n" : "down\n")
        .file(own + "uevent", "INTERFACE=" + name + "\nIFINDEX=" + indexes + "\n")
        .moved(name, 0, 0);
  }

  public FixtureTree moved(String name, long rxBytes, long txBytes) {
    String own = "sys/class/net/" + name + "/statistics/";
    return file(own + "rx_bytes", rxBytes + "\n")
        .file(own + "tx_bytes", txBytes + "\n")
        .file(own + "rx_errors", "0\n")
        .file(own + "tx_errors", "0\n");
  }

  public FixtureTree bridge(String name, String mac, List<String> members) {
    link(name, 1, mac, UP).folder("sys/class/net/" + name + "/bridge");
    folder("sys/class/net/" + name + "/brif");
    for (String member : members) {
      folder("sys/class/net/" + name + "/brif/" + member);
      symbolicLink("sys/class/net/" + member + "/master", "../" + name);
    }
    return this;
  }

  public FixtureTree remove(String name) {
    try (var inside = Files.walk(root.resolve(name))) {
      for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void symbolicLink(String name, String target) {
    try {
      Files.createSymbolicLink(root.resolve(name), Path.of(target));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
