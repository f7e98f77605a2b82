package dev.mhs.source.local.count.capture;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapDumper;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;

/**
 * The heads of packets on their way from libpcap to us: a pipe into which libpcap itself writes
 * them, in the form of its files, so that no packet costs a call from native code into Java.
 *
 * @param entry where libpcap writes
 * @param exit where we read
 */
record HeadPipe(PcapDumper entry, InputStream exit) {
  /** Of the C library, pipe(2) and close(2). */
  private interface Pipes extends Library {
    int pipe(int[] ends);

    int close(int end);
  }

  private static final class Loaded {
    static final Pipes PIPES = Native.load("c", Pipes.class);
  }

  /**
   * Lays one.
   *
   * @param handle whose packets come through it
   */
  static HeadPipe lay(PcapHandle handle) throws PcapNativeException, NotOpenException, IOException {
    int[] ends = new int[2];
    if (Loaded.PIPES.pipe(ends) != 0) {
      throw new IOException("this process may not open more files");
    }
    try {
      // proc(5): whoever opens such a link gets the same end of the same pipe once more.
      InputStream exit = new FileInputStream("/proc/self/fd/" + ends[0]);
      try {
        return new HeadPipe(handle.dumpOpen("/proc/self/fd/" + ends[1]), exit);
      } catch (PcapNativeException | NotOpenException refused) {
        exit.close();
        throw refused;
      }
    } finally {
      Loaded.PIPES.close(ends[0]);
      Loaded.PIPES.close(ends[1]);
    }
  }
}
