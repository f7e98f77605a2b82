package dev.mhs.simulator.world;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be played.
 *
 * @param release the version that router and switch run
 * @param counting how the router's connection counters treat the fast path
 * @param uplink what the household's line runs over
 * @param lineDown what the provider lets through towards the household, in bits per second
 * @param lineUp the same in the other direction
 * @param members who lives there
 * @param seed decides everything that is left to chance
 * @param nights the time zone in whose nights people sleep; null when nobody ever does
 */
public record Scenario(
    Release release,
    Counting counting,
    Uplink uplink,
    double lineDown,
    double lineUp,
    List<Member> members,
    long seed,
    @Nullable ZoneId nights) {
  private static final double ASLEEP = 8;
  private static final double DAYTIME = 2;

  /** How {@code orig-bytes} and {@code repl-bytes} treat the bytes of the fast path. */
  public enum Counting {
    /** They include them. */
    INCLUSIVE,
    /** They leave them out. */
    EXCLUSIVE
  }

  /** What the line runs over. */
  public enum Uplink {
    /** An address of the provider's DHCP server, on ether1. */
    DHCP,
    /** PPPoE over ether1. */
    PPPOE
  }

  /** Copies the members. */
  public Scenario {
    members = List.copyOf(members);
  }

  /**
   * Returns the usual household: {@link Household#FAMILY} on 250/40 Mbit/s, RouterOS 7.20,
   * inclusive counters, DHCP.
   *
   * @return the scenario
   */
  public static Scenario usual() {
    return new Scenario(
        Release.V7_20, Counting.INCLUSIVE, Uplink.DHCP, 250e6, 40e6, Household.FAMILY, 1, null);
  }

  /** The same with another version. */
  public Scenario with(Release other) {
    return new Scenario(other, counting, uplink, lineDown, lineUp, members, seed, nights);
  }

  /** The same with other counters. */
  public Scenario with(Counting other) {
    return new Scenario(release, other, uplink, lineDown, lineUp, members, seed, nights);
  }

  /** The same over another uplink. */
  public Scenario with(Uplink other) {
    return new Scenario(release, counting, other, lineDown, lineUp, members, seed, nights);
  }

  /** The same with other members. */
  public Scenario with(List<Member> others) {
    return new Scenario(release, counting, uplink, lineDown, lineUp, others, seed, nights);
  }

  /** The same with another line, in bits per second. */
  public Scenario withLine(double down, double up) {
    return new Scenario(release, counting, uplink, down, up, members, seed, nights);
  }

  /** The same with other chances. */
  public Scenario withSeed(long other) {
    return new Scenario(release, counting, uplink, lineDown, lineUp, members, other, nights);
  }

  /**
   * The same with nights.
   *
   * @param zone where people sleep from midnight on, and are at home in the evening
   */
  public Scenario withNights(ZoneId zone) {
    return new Scenario(release, counting, uplink, lineDown, lineUp, members, seed, zone);
  }

  /** Returns by how much longer than in the evening people pause. */
  double calm(Instant at) {
    if (nights == null) {
      return 1;
    }
    int hour = at.atZone(nights).getHour();
    if (hour >= 17 && hour < 23) {
      return 1;
    }
    return hour < 7 ? ASLEEP : DAYTIME;
  }
}
