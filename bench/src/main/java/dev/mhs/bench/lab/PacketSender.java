package dev.mhs.bench.lab;

import dev.mhs.core.engine.SystemTime;
import dev.mhs.core.spi.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that sends small packets, at a rate that is told it. It lives on between two floods:
 * one that has just begun costs more. What the kernel does with a packet on its way through the lab
 * it does in the time of whoever sends.
 */
public final class PacketSender {
  private static final int PAYLOAD_BYTES = 64;
  private static final int THREADS = 2;
  private static final Duration PAUSE = Duration.ofNanos(500_000);

  private final InetSocketAddress to;
  private final TimeSource time = new SystemTime();

  private PacketSender(InetSocketAddress to) {
    this.to = to;
  }

  /**
   * Answers each line of standard input, {@code <packets per second> <seconds>}, when they are
   * sent: {@code <nanoseconds of processor time>}.
   *
   * @param arguments address and port
   */
  public static void main(String[] arguments) throws Exception {
    PacketSender sender =
        new PacketSender(new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1])));
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] words = order.split(" ", 2);
      Duration lasting = Duration.ofSeconds(Long.parseLong(words[1]));
      System.out.println(sender.flood(Double.parseDouble(words[0]) / THREADS, lasting));
    }
  }

  private long flood(double perSecond, Duration lasting)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Long>> costs = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        costs.add(threads.submit(() -> send(perSecond, lasting)));
      }
      long nanos = 0;
      for (Future<Long> cost : costs) {
        nanos += cost.get();
      }
      return nanos;
    }
  }

  /** Returns the processor time that it took. */
  private long send(double perSecond, Duration lasting) throws IOException {
    ByteBuffer payload = ByteBuffer.allocateDirect(PAYLOAD_BYTES);
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.connect(to);
      long begun = time.nanos();
      long passed = 0;
      for (long sent = 0; passed < lasting.toNanos(); passed = time.nanos() - begun) {
        if (sent * 1e9 < passed * perSecond) {
          channel.write(payload.rewind());
          sent++;
        } else {
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    }
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
