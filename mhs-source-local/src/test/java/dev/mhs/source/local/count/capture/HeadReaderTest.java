package dev.mhs.source.local.count.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mhs.api.IpLiteral;
import dev.mhs.source.local.count.CountingPlan;
import dev.mhs.source.local.count.CountingPlan.Sight;
import dev.mhs.source.local.count.Network;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeadReaderTest {
  private static final Set<Network> HOUSEHOLD = Set.of(Network.of(IpLiteral.of("10.0.0.1"), 24));
  private static final int PACKETS = 5_000;

  private final FrameCounter counter =
      new FrameCounter(
          new CountingPlan(
              Set.of("lan0"), Set.of("lan0"), Set.of(), HOUSEHOLD, HOUSEHOLD, Sight.ALL, Set.of(2)),
          false);
  private final ByteBuffer stream =
      ByteBuffer.allocate(1 << 20).order(ByteOrder.nativeOrder()).put(new byte[24]);

  private void packet(byte[] head, int frameBytes) {
    stream.putLong(0).putInt(head.length).putInt(frameBytes).put(head);
  }

  private InputStream heads() {
    return new ByteArrayInputStream(stream.array(), 0, stream.position());
  }

  private long sent() {
    long[] all = {0};
    counter.table().read((high, low, up, down) -> all[0] += up);
    return all[0];
  }

  /** As a pipe may give it: any number of octets at a time. */
  private static InputStream inPieces(InputStream whole, Random random) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return whole.read();
      }

      @Override
      public int read(byte[] to, int from, int most) throws IOException {
        return whole.read(to, from, Math.min(most, 1 + random.nextInt(200)));
      }
    };
  }

  @Test
  void everyPacketIsCountedWhereverThePipeCutsThem() throws Exception {
    byte[] head = FrameCounterTest.frame("10.0.0.7", "8.8.8.8");
    for (int i = 0; i < PACKETS; i++) {
      packet(head, 1000);
    }

    new HeadReader(counter).read(inPieces(heads(), new Random(20261124)));

    assertEquals(PACKETS * 1000, sent());
  }

  @Test
  void aPacketCutShortDoesNotBorrowFromTheNextOne() throws Exception {
    byte[] head = FrameCounterTest.frame("10.0.0.7", "8.8.8.8");
    for (int length = 0; length < head.length; length++) {
      packet(Arrays.copyOf(head, length), 1000);
      packet(Arrays.copyOfRange(head, length, head.length), 1000);
    }

    new HeadReader(counter).read(heads());

    assertEquals(1000, sent(), "the one that begins at 0 is whole");
  }

  @Test
  void whatCannotBeAPacketEndsItWithASentence() {
    stream.putLong(0).putInt(-1).putInt(60);

    IOException refused =
        assertThrows(IOException.class, () -> new HeadReader(counter).read(heads()));
    assertEquals("libpcap keeps -1 octets of a packet", refused.getMessage());
  }
}
