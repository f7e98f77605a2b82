package dev.mhs.source.local;

import dev.mhs.api.MacAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.pcap4j.core.PcapHandle;

/**
 * Sends what nobody should: 64,000 made-up source addresses, packets cut short, with wrong lengths,
 * with tags, in fragments. For an interface within a namespace.
 */
final class HostileSender {
  private static final int ADDRESSES = 64_000;
  private static final int NONSENSE = 16_000;
  private static final long SEED = 20_240_607;

  private HostileSender() {}

  public static void main(String[] words) throws Exception {
    long target = MacAddress.of(words[1]).value();
    Random random = new Random(SEED);
    try (PcapHandle handle = new PcapHandle.Builder(words[0]).snaplen(64).build()) {
      for (int i = 0; i < ADDRESSES; i++) {
        handle.sendPacket(ipv6(target, i));
      }
      for (int i = 0; i < NONSENSE; i++) {
        byte[] frame = i % 2 == 0 ? ipv6(target, i) : tagged(target, random);
        frame[12 + random.nextInt(20)] ^= (byte) random.nextInt();
        handle.sendPacket(Arrays.copyOf(frame, 14 + random.nextInt(frame.length - 14)));
      }
    }
  }

  private static ByteBuffer ethernet(long target, int type) {
    return ByteBuffer.allocate(74)
        .putShort((short) (target >>> 32))
        .putInt((int) target)
        .put(new byte[] {2, 0x66, 0, 0, 0, 2})
        .putShort((short) type);
  }

  /** From fd66::beef:…, which nobody has; the length that it claims is wrong. */
  private static byte[] ipv6(long target, int number) {
    return ethernet(target, 0x86dd)
        .putInt(0x60000000)
        .putShort((short) 0xffff) // of payload
        .put((byte) 59) // no next header
        .put((byte) 1)
        .putLong(0xfd66_0000_0000_0000L)
        .putLong(0xbeefL << 32 | number)
        .putLong(0xfd67_0000_0000_0000L)
        .putLong(2)
        .array();
  }

  /** A middle fragment of IPv4 in a tagged frame, whose header is longer than the packet. */
  private static byte[] tagged(long target, Random random) {
    return ethernet(target, 0x8100)
        .putShort((short) 20)
        .putShort((short) 0x0800)
        .putInt(0x4f00ffff)
        .putInt((random.nextInt() & 0xffff_0000) | 0x2007)
        .putInt(0x4011_0000)
        .putInt(0x0a42_0000 | random.nextInt(256))
        .putInt(0x0a43_0002)
        .array();
  }
}
