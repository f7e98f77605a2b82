package dev.mhs.source.local.count.capture;

import dev.mhs.source.local.count.CountingPlan;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapDumper;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;

/**
 * Looks at one interface. One thread stays in libpcap, which writes heads of packets into a pipe,
 * some 50 at a time; another reads and counts them. Any thread may read what was counted, or close
 * it.
 */
final class Capture implements AutoCloseable {
  private static final int WAKES_AFTER_MILLIS = 100;

  /** The heads of 40,000 packets: what a busy machine may let wait. */
  private static final int BUFFER_BYTES = 4 << 20;

  private static final String BROKEN_OFF = "it was broken off";

  private final PcapHandle handle;
  private final HeadPipe pipe;
  private final FrameCounter counter;
  private volatile @Nullable String ended;

  private Capture(PcapHandle handle, HeadPipe pipe, FrameCounter counter) {
    this.handle = handle;
    this.pipe = pipe;
    this.counter = counter;
  }

  /** Begins. */
  static Capture begin(String interfaceName, CountingPlan plan, boolean seesOthers)
      throws PcapNativeException, NotOpenException, IOException {
    boolean isTrunk = plan.trunks().contains(interfaceName);
    PcapHandle handle =
        new PcapHandle.Builder(interfaceName)
            .snaplen(FrameCounter.HEAD)
            .promiscuousMode(
                seesOthers ? PromiscuousMode.PROMISCUOUS : PromiscuousMode.NONPROMISCUOUS)
            .timeoutMillis(WAKES_AFTER_MILLIS)
            .bufferSize(BUFFER_BYTES)
            .build();
    HeadPipe pipe;
    try {
      handle.setFilter(CaptureFilter.of(plan, isTrunk), BpfCompileMode.OPTIMIZE);
      pipe = HeadPipe.lay(handle);
    } catch (PcapNativeException | NotOpenException | IOException refused) {
      handle.close();
      throw refused;
    }
    Capture capture = new Capture(handle, pipe, new FrameCounter(plan, isTrunk));
    String name = "mhs-local-pcap-" + interfaceName;
    Thread.ofPlatform().daemon().name(name).start(capture::write);
    Thread.ofPlatform().daemon().name(name + "-heads").start(capture::count);
    return capture;
  }

  private void write() {
    try (PcapDumper entry = pipe.entry()) {
      handle.loop(-1, entry);
      ended = BROKEN_OFF;
    } catch (PcapNativeException | NotOpenException failed) {
      ended = String.valueOf(failed.getMessage()); // mostly: the interface went
    } catch (InterruptedException brokenOff) {
      ended = BROKEN_OFF;
    } finally {
      handle.close();
    }
  }

  /** Whatever ends it, what is written to nobody must not look as if it were counted. */
  private void count() {
    String why = BROKEN_OFF;
    try (InputStream heads = pipe.exit()) {
      new HeadReader(counter).read(heads);
    } catch (IOException failed) {
      why = String.valueOf(failed.getMessage());
    } finally {
      if (ended == null) {
        ended = why;
        close();
      }
    }
  }

  AddressTable table() {
    return counter.table();
  }

  /** Lets the heads through that libpcap holds back until it has some 50. */
  void flush() {
    try {
      pipe.entry().flush();
    } catch (PcapNativeException | NotOpenException hasEnded) {
      ended = String.valueOf(hasEnded.getMessage());
    }
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
      ended = BROKEN_OFF;
    }
  }
}
