package dev.mhs.bench.past;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A household whose devices are at rest most of the time, as most are: a tenth of them is used by
 * somebody, most in the evening; a third are phones that fetch something now and then; half are
 * things that say that they are still there; and a tenth is switched off for half of the day. The
 * same seed gives the same household.
 */
public final class IdleHousehold {
  /** How long one tick is. */
  public static final int TICK_SECONDS = 30;

  private static final int KINDS = 10;
  private static final int NOON = 12;
  private static final int EVENING = 18;
  private static final int NIGHT = 1;

  private final int devices;
  private final Random random;

  /**
   * What a device moved in one tick, zero too; there is none for one that is switched off.
   *
   * @param device its number, from 0
   * @param downloadBytes bytes received
   * @param uploadBytes bytes sent
   */
  public record Moved(int device, long downloadBytes, long uploadBytes) {}

  /**
   * Makes a household.
   *
   * @param devices how many
   * @param seed what everything follows from
   */
  public IdleHousehold(int devices, long seed) {
    this.devices = devices;
    this.random = new Random(seed);
  }

  /**
   * Lets one tick go by.
   *
   * @param end when it ends
   * @return what those moved that are switched on
   */
  public List<Moved> tick(Instant end) {
    int hour = end.atOffset(ZoneOffset.UTC).getHour();
    List<Moved> moved = new ArrayList<>();
    for (int device = 0; device < devices; device++) {
      int kind = device % KINDS;
      if (kind != KINDS - 1 || hour >= NOON) {
        long down = download(kind, hour);
        moved.add(new Moved(device, down, down / 12));
      }
    }
    return moved;
  }

  private long download(int kind, int hour) {
    boolean evening = hour >= EVENING || hour < NIGHT;
    if (kind == 0) { // a video, or a page now and then
      return happens(evening ? 0.7 : 0.15) ? about(evening ? 10_000_000 : 400_000) : 0;
    }
    if (kind <= 3) { // a phone
      return happens(evening ? 0.3 : 0.06) ? about(80_000) : 0;
    }
    return happens(0.1) ? about(600) : 0; // a thing
  }

  private boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  /** From half of it to half as much again. */
  private long about(long bytes) {
    return bytes / 2 + random.nextLong(bytes);
  }
}
