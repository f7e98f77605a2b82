package dev.mhs.source.local;

import dev.mhs.source.local.link.Frames;
import dev.mhs.source.local.link.Link;
import dev.mhs.source.local.link.LinkException;
import dev.mhs.source.local.link.PcapLinks;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Sends frames that no honest device sends, as a program that can be started inside a network
 * namespace: 64,000 made-up sources, then a storm of spoilt and cut-off frames.
 */
final class Vandal {
  private static final int SOURCES = 64_000;
  private static final int SPOILT = 20_000;

  private Vandal() {}

  public static void main(String[] words) throws Exception {
    long seed = Long.parseLong(words[0]);
    try (Link link = new PcapLinks().open("e0", frame -> {})) {
      for (int made = 0; made < SOURCES; made++) {
        String mac =
            String.format(Locale.ROOT, "02:13:%02x:%02x:%02x:01", made >> 8, made & 255, made % 7);
        link.send(Frames.question(mac, "10.66.0." + made % 256, "10.66.0.1"));
      }
      spoil(link, new Random(seed));
    }
    System.out.println(SOURCES + SPOILT + " frames");
    System.out.println(".");
  }

  private static void spoil(Link link, Random random) throws LinkException {
    List<byte[]> frames =
        List.of(
            Frames.question("02:13:00:00:00:02", "10.66.0.77", "10.66.0.1"),
            Frames.leaseRequest("02:13:00:00:00:03", "<b>\u202e" + "x".repeat(80)),
            Frames.datagram(
                "10.66.0.78", 5353, 5353, new byte[] {0, 0, (byte) 0x84, 0, 0, 0, 0, 9}));
    for (int count = 0; count < SPOILT; count++) {
      byte[] frame = frames.get(random.nextInt(frames.size())).clone();
      for (int spot = random.nextInt(8); spot >= 0; spot--) {
        frame[12 + random.nextInt(frame.length - 12)] = (byte) random.nextInt(256);
      }
      link.send(Arrays.copyOf(frame, 14 + random.nextInt(frame.length - 14)));
    }
  }
}
