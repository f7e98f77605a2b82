package dev.mhs.source.local.count.capture;

import dev.mhs.source.local.count.CountingPlan;
import dev.mhs.source.local.count.Counts;
import dev.mhs.source.local.count.KernelCounting;
import dev.mhs.source.local.count.Way;
import dev.mhs.source.local.read.Rights;
import dev.mhs.source.local.read.SystemFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapNativeException;

/**
 * Counts by the heads of packets, at the interfaces behind which devices are: there each packet
 * that crosses between the household and the rest is met once.
 */
public final class PcapCounting implements KernelCounting {
  private final SystemFiles files;
  private final ReentrantLock lock = new ReentrantLock(); // a close may meet a look
  private final List<Capture> captures = new ArrayList<>();
  private @Nullable CountingPlan inForce;
  private long missedBefore;
  private boolean closed;

  /**
   * Makes it; nothing is captured yet.
   *
   * @param files the files of the kernel
   */
  public PcapCounting(SystemFiles files) {
    this.files = files;
  }

  @Override
  public Look look(CountingPlan plan) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (closed) {
        return new Look.Unavailable("MHS is ending", null);
      }
      boolean goesOn = plan.equals(inForce) && captures.stream().allMatch(e -> e.ended() == null);
      return goesOn ? read(false) : begin(plan);
    } finally {
      lock.unlock();
    }
  }

  private Look begin(CountingPlan plan) {
    letGo();
    boolean seesOthers = plan.sight() != CountingPlan.Sight.OWN && !files.forwards();
    try {
      for (String each : new TreeSet<>(plan.exits())) {
        captures.add(Capture.begin(each, plan, seesOthers));
      }
    } catch (PcapNativeException | NotOpenException | IOException refused) {
      letGo();
      return refusal(String.valueOf(refused.getMessage()));
    } catch (LinkageError noLibrary) {
      letGo();
      return new Look.Unavailable("libpcap is not installed", "apt install libpcap0.8");
    }
    inForce = plan;
    return read(true);
  }

  private static Look refusal(String message) {
    String why = message.lines().findFirst().orElse("").strip();
    boolean denied = message.contains("permission") || message.contains("not permitted");
    return new Look.Unavailable(
        denied ? "capturing takes the right CAP_NET_RAW" : "libpcap: " + why,
        denied ? Rights.REMEDY : null);
  }

  private Look read(boolean begins) {
    Map<InetAddress, Counts> counts = new HashMap<>();
    long missed = 0;
    captures.forEach(Capture::flush);
    for (Capture each : captures) {
      each.table()
          .read(
              (high, low, up, down) ->
                  counts.merge(address(high, low), new Counts(down, up), PcapCounting::sum));
      missed += each.missed();
    }
    long lately = Math.max(0, missed - missedBefore);
    missedBefore = missed;
    return new Look.Counted(counts, begins, Way.PCAP, begins ? 0 : lately, null);
  }

  private static Counts sum(Counts one, Counts other) {
    return new Counts(
        one.downloadBytes() + other.downloadBytes(), one.uploadBytes() + other.uploadBytes());
  }

  private static InetAddress address(long high, long low) {
    byte[] octets = ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
    try {
      return InetAddress.getByAddress(octets); // a mapped one becomes an IPv4 address
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible); // the length was an address's
    }
  }

  private void letGo() {
    captures.forEach(Capture::close);
    captures.clear();
    inForce = null;
    missedBefore = 0;
  }

  @Override
  public void rest() {
    lock.lock();
    try {
      letGo();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      letGo();
    } finally {
      lock.unlock();
    }
  }
}
