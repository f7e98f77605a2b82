package dev.mhs.source.local.count.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mhs.api.IpLiteral;
import dev.mhs.source.local.count.CountingPlan;
import dev.mhs.source.local.count.CountingPlan.Sight;
import dev.mhs.source.local.count.Network;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrameCounterTest {
  private static final Set<Network> HOUSEHOLD =
      Set.of(Network.of(IpLiteral.of("10.0.0.1"), 24), Network.of(IpLiteral.of("fd00::1"), 64));

  private FrameCounter counter = counter(false);

  private static FrameCounter counter(boolean isTrunk) {
    return new FrameCounter(
        new CountingPlan(
            Set.of("lan0"), Set.of("lan0"), Set.of(), HOUSEHOLD, HOUSEHOLD, Sight.ALL, Set.of(2)),
        isTrunk);
  }

  private void take(byte[] head, int frameBytes) {
    counter.take(head, 0, head.length, frameBytes);
  }

  static byte[] frame(String source, String target, int... tags) {
    byte[] from = IpLiteral.of(source).getAddress();
    byte[] to = IpLiteral.of(target).getAddress();
    ByteBuffer frame = ByteBuffer.allocate(100).put(new byte[12]);
    for (int tag : tags) {
      frame.putShort((short) tag).putShort((short) 20);
    }
    if (from.length == 4) {
      frame.putShort((short) 0x0800).put((byte) 0x45).put(new byte[11]);
    } else {
      frame.putShort((short) 0x86dd).put((byte) 0x60).put(new byte[7]);
    }
    frame.put(from).put(to);
    return Arrays.copyOf(frame.array(), frame.position());
  }

  private List<String> counted() {
    List<String> all = new ArrayList<>();
    counter
        .table()
        .read(
            (high, low, up, down) -> all.add("%x:%x up %d down %d".formatted(high, low, up, down)));
    return all.stream().sorted().toList();
  }

  @Test
  void bothFamiliesAreCountedForTheHouseholdsEnd() {
    take(frame("10.0.0.7", "8.8.8.8"), 100);
    take(frame("8.8.8.8", "10.0.0.7"), 1500);
    take(frame("fd00::7", "2001:db8::1"), 90);
    take(frame("2001:db8::1", "fd00::7"), 1400);

    assertEquals(
        List.of("0:ffff0a000007 up 100 down 1500", "fd00000000000000:7 up 90 down 1400"),
        counted());
  }

  @Test
  void whatStaysWithinOrGoesNowhereIsLeftOut() {
    take(frame("10.0.0.7", "10.0.0.8"), 100);
    take(frame("10.0.0.7", "224.0.0.251"), 100);
    take(frame("10.0.0.7", "255.255.255.255"), 100);
    take(frame("fd00::7", "fd00::8"), 100);
    take(frame("fd00::7", "ff02::1"), 100);
    take(frame("1.1.1.1", "8.8.8.8"), 100);

    assertEquals(List.of(), counted());
  }

  @Test
  void tagsAreLookedThroughUnlessTheirVlanIsMetElsewhere() {
    take(frame("10.0.0.7", "8.8.8.8", 0x8100), 100);
    take(frame("10.0.0.7", "8.8.8.8", 0x88a8, 0x8100), 100);
    assertEquals(List.of("0:ffff0a000007 up 200 down 0"), counted());

    counter = counter(true);
    take(frame("10.0.0.7", "8.8.8.8", 0x8100), 100);
    take(frame("10.0.0.7", "8.8.8.8"), 40);
    assertEquals(List.of("0:ffff0a000007 up 40 down 0"), counted());
  }

  @Test
  void anythingCutShortCountsForNobody() {
    for (byte[] whole : List.of(frame("10.0.0.7", "8.8.8.8"), frame("fd00::7", "2001:db8::1"))) {
      for (int length = 0; length < whole.length; length++) {
        take(Arrays.copyOf(whole, length), 1500);
      }
    }

    assertEquals(List.of(), counted());
  }

  @Test
  void nonsenseNeitherFailsNorCountsMoreThanWasThere() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long sent = 0;
    for (int packet = 0; packet < 200_000; packet++) {
      byte[] frame =
          frame("10.0.0.7", "8.8.8.8", packet % 3 == 0 ? new int[] {0x8100} : new int[0]);
      for (int change = random.nextInt(4); change > 0; change--) {
        frame[random.nextInt(frame.length)] = (byte) random.nextInt();
      }
      take(Arrays.copyOf(frame, random.nextInt(frame.length + 1)), 60);
      sent += 60;
    }

    long[] moved = {0};
    counter.table().read((high, low, up, down) -> moved[0] += up + down);
    assertEquals(true, moved[0] <= sent, "seed " + seed);
  }
}
