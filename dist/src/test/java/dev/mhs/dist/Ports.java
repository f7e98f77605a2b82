package dev.mhs.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Ports for programs that are to come back to the one where they were. One that the kernel chose
 * may meanwhile be given to any other program; these lie below those that it gives by itself (32768
 * and up, see ip_local_port_range in ip(7)), and each JVM of tests begins elsewhere among them.
 */
final class Ports {
  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;
  private static final int EACH = 20;
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * EACH % COUNT));

  private Ports() {}

  /** Returns a port of loopback that is free, and another one each time. */
  static String own() {
    return Stream.generate(NEXT::getAndIncrement)
        .limit(COUNT)
        .map(next -> FIRST + next % COUNT)
        .filter(Ports::isFree)
        .findFirst()
        .orElseThrow()
        .toString();
  }

  private static boolean isFree(int port) {
    try (ServerSocket listens = new ServerSocket()) {
      listens.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
      return listens.isBound();
    } catch (BindException taken) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
