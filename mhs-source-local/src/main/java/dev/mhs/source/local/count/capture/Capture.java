package dev.mhs.source.local.count.capture;

import dev.mhs.source.local.count.CountingPlan;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.RawPacketListener;

/**
 * Looks at one interface, on a thread of its own. Any thread may read what was counted, or close
 * it.
 */
final class Capture implements AutoCloseable {
  private static final int WAKES_AFTER_MILLIS = 100;

  /** The heads of 40,000 packets: what a busy machine may let wait. */
  private static final int BUFFER_BYTES = 4 << 20;

  private final PcapHandle handle;
  private final FrameCounter counter;
  private volatile @Nullable String ended;

  private Capture(PcapHandle handle, FrameCounter counter) {
    this.handle = handle;
    this.counter = counter;
  }

  /** Begins. */
  static Capture begin(String interfaceName, CountingPlan plan, boolean seesOthers)
      throws PcapNativeException, NotOpenException {
    boolean isTrunk = plan.trunks().contains(interfaceName);
    PcapHandle handle =
        new PcapHandle.Builder(interfaceName)
            .snaplen(FrameCounter.HEAD)
            .promiscuousMode(
                seesOthers ? PromiscuousMode.PROMISCUOUS : PromiscuousMode.NONPROMISCUOUS)
            .timeoutMillis(WAKES_AFTER_MILLIS)
            .bufferSize(BUFFER_BYTES)
            .build();
    try {
      handle.setFilter(CaptureFilter.of(plan, isTrunk), BpfCompileMode.OPTIMIZE);
    } catch (PcapNativeException | NotOpenException refused) {
      handle.close();
      throw refused;
    }
    Capture capture = new Capture(handle, new FrameCounter(plan, isTrunk));
    Thread.ofPlatform().daemon().name("mhs-local-pcap-" + interfaceName).start(capture::run);
    return capture;
  }

  private void run() {
    RawPacketListener listener = head -> counter.take(head, handle.getOriginalLength());
    try {
      handle.loop(-1, listener);
      ended = "it was broken off";
    } catch (PcapNativeException | NotOpenException failed) {
      ended = String.valueOf(failed.getMessage()); // mostly: the interface went
    } catch (InterruptedException brokenOff) {
      ended = "it was broken off";
    } finally {
      handle.close();
    }
  }

  AddressTable table() {
    return counter.table();
  }

  /** Returns why it ended, or null while it runs. */
  @Nullable String ended() {
    return ended;
  }

  /** Returns how many packets went by uncounted since it began; 0 when that is not told. */
  long missed() {
    try {
      return handle.getStats().getNumPacketsDropped();
    } catch (PcapNativeException | NotOpenException ended) {
      return 0;
    }
  }

  @Override
  public void close() {
    try {
      handle.breakLoop();
    } catch (NotOpenException hasEnded) {
      ended = "it was broken off";
    }
  }
}
