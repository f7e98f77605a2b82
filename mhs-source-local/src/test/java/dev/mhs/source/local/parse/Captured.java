package dev.mhs.source.local.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Texts captured from real machines; see captured/README.md. */
public final class Captured {
  public static final String IP_WITH_AGES = text("ip-neigh-s.txt");
  public static final String BUSYBOX = text("busybox-neigh.txt");
  public static final String ARP = text("arp.txt");
  public static final String ROUTES = text("route-two.txt");
  public static final String IPV6_ROUTES = text("ipv6_route.txt");

  private Captured() {}

  private static String text(String name) {
    try (InputStream in =
        Objects.requireNonNull(Captured.class.getResourceAsStream("/captured/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
