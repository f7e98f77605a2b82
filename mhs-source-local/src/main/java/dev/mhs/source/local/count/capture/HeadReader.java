package dev.mhs.source.local.count.capture;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Takes the heads of packets from what libpcap writes: a header of 24 octets, then for each packet
 * the time (8 octets), how much of it was kept, how long it was, and what was kept; all numbers as
 * this machine writes them. Origin: pcap-savefile(5). For one thread.
 */
final class HeadReader {
  private static final int FILE_HEADER = 24;
  private static final int PACKET_HEADER = 16;
  private static final int KEPT = 8;
  private static final int LENGTH = 12;
  private static final int ROOM = 1 << 16;
  private static final VarHandle NUMBER =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private final byte[] room = new byte[ROOM];
  private final FrameCounter counter;
  private int filled;

  /**
   * Makes it.
   *
   * @param counter what counts
   */
  HeadReader(FrameCounter counter) {
    this.counter = counter;
  }

  /**
   * Counts all that comes until it ends.
   *
   * @param heads what libpcap writes
   * @throws IOException when that is not it, or cannot be read
   */
  void read(InputStream heads) throws IOException {
    heads.skipNBytes(FILE_HEADER);
    for (int more = fill(heads); more > 0; more = fill(heads)) {
      filled += more;
      int taken = take();
      System.arraycopy(room, taken, room, 0, filled - taken);
      filled -= taken;
    }
  }

  private int fill(InputStream heads) throws IOException {
    return heads.read(room, filled, ROOM - filled);
  }

  /** Counts the packets that are here whole; returns how many octets they took. */
  private int take() throws IOException {
    int at = 0;
    while (at + PACKET_HEADER <= filled) {
      int kept = (int) NUMBER.get(room, at + KEPT);
      if (kept < 0 || kept > ROOM - PACKET_HEADER) {
        throw new IOException("libpcap keeps " + kept + " octets of a packet");
      }
      int next = at + PACKET_HEADER + kept;
      if (next > filled) {
        break;
      }
      counter.take(room, at + PACKET_HEADER, next, (int) NUMBER.get(room, at + LENGTH));
      at = next;
    }
    return at;
  }
}
