package dev.mhs.simulator.world;

import java.util.Set;

/**
 * Something that a device does again and again: it opens connections and moves chunks of bytes over
 * them.
 *
 * @param name what it is, for whoever debugs
 * @param peer whom it talks to, and how
 * @param rhythm when
 * @param chunk what is moved at a time
 */
public record Habit(String name, Peer peer, Rhythm rhythm, Chunk chunk) {
  /**
   * Whom a device talks to.
   *
   * @param protocol tcp, udp or icmp
   * @param port the server's port
   * @param place where the server is
   * @param sixInTen how many of ten connections use IPv6, if the device has it
   */
  public record Peer(Protocol protocol, int port, Where place, int sixInTen) {}

  /** Where the other end is. */
  public enum Where {
    /** Somewhere on the internet; the device opens the connection. */
    OUTSIDE,
    /** Somewhere on the internet; a stranger opens it, to a forwarded port of the router. */
    FORWARDED
  }

  /** The protocol of a connection. */
  public enum Protocol {
    /** Transmission control. */
    TCP,
    /** Datagrams. */
    UDP,
    /** Pings. */
    ICMP
  }

  /**
   * When it happens. Lengths are means; each one is drawn anew.
   *
   * @param pauseSeconds between two sessions
   * @param sessionSeconds how long a session is kept open; 0 for until its one chunk has moved
   * @param chunkSeconds between two chunks of a session
   */
  public record Rhythm(double pauseSeconds, double sessionSeconds, double chunkSeconds) {}

  /**
   * What is moved at a time.
   *
   * @param down bytes towards the device
   * @param up bytes from it
   * @param peakDown no faster than this towards it, in bits per second
   * @param peakUp no faster than this from it, in bits per second
   * @param perishable whether what cannot be moved at once is dropped, as in a call
   */
  public record Chunk(double down, double up, double peakDown, double peakUp, boolean perishable) {}

  private static final double MEGA = 1e6;
  private static final Set<String> OF_PEOPLE = Set.of("streaming", "browsing", "call", "download");

  /** Whether it needs somebody who is awake. */
  public boolean isOfPeople() {
    return OF_PEOPLE.contains(name);
  }

  /**
   * Returns the same, less often and less of it at a time.
   *
   * @param pauses by how much longer it pauses
   * @param size how much of a chunk is left, as a factor
   * @return the gentler habit
   */
  public Habit gentler(double pauses, double size) {
    return new Habit(
        name,
        peer,
        new Rhythm(rhythm.pauseSeconds * pauses, rhythm.sessionSeconds, rhythm.chunkSeconds),
        new Chunk(
            chunk.down * size, chunk.up * size, chunk.peakDown, chunk.peakUp, chunk.perishable));
  }

  /** Watches videos: a long connection with a burst every few seconds. */
  public static Habit streaming(double megabits, double sessionMinutes, double pauseMinutes) {
    double bytes = Bits.bytes(megabits * MEGA, 4);
    return new Habit(
        "streaming",
        new Peer(Protocol.TCP, 443, Where.OUTSIDE, 4),
        new Rhythm(pauseMinutes * 60, sessionMinutes * 60, 4),
        new Chunk(bytes, bytes / 400, 60 * MEGA, 5 * MEGA, false));
  }

  /** Reads the web: many short connections. */
  public static Habit browsing(double pauseSeconds) {
    return new Habit(
        "browsing",
        new Peer(Protocol.TCP, 443, Where.OUTSIDE, 5),
        new Rhythm(pauseSeconds, 0, 1),
        new Chunk(700_000, 25_000, 80 * MEGA, 10 * MEGA, false));
  }

  /** Looks names up. */
  public static Habit lookups(double pauseSeconds) {
    return new Habit(
        "lookups",
        new Peer(Protocol.UDP, 53, Where.OUTSIDE, 0),
        new Rhythm(pauseSeconds, 0, 1),
        new Chunk(180, 70, MEGA, MEGA, false));
  }

  /** Keeps a line open to its maker, as idle things do. */
  public static Habit keepalive(double everySeconds) {
    return new Habit(
        "keepalive",
        new Peer(Protocol.TCP, 8883, Where.OUTSIDE, 0),
        new Rhythm(5, 6 * 3600, everySeconds),
        new Chunk(120, 160, MEGA, MEGA, false));
  }

  /** Talks with picture: the same both ways, and what is late is lost. */
  public static Habit call(double megabits, double sessionMinutes, double pauseMinutes) {
    double bytes = Bits.bytes(megabits * MEGA, 0.1);
    return new Habit(
        "call",
        new Peer(Protocol.UDP, 3478, Where.OUTSIDE, 0),
        new Rhythm(pauseMinutes * 60, sessionMinutes * 60, 0.1),
        new Chunk(bytes, bytes, 2 * megabits * MEGA, 2 * megabits * MEGA, true));
  }

  /** Films without end, and sends it as it comes: what is late is lost. */
  public static Habit filming(double megabits) {
    double bytes = Bits.bytes(megabits * MEGA, 0.1);
    return new Habit(
        "filming",
        new Peer(Protocol.UDP, 3478, Where.OUTSIDE, 0),
        new Rhythm(5, 24 * 3600, 0.1),
        new Chunk(bytes / 100, bytes, MEGA, 2 * megabits * MEGA, true));
  }

  /** Fetches something big as fast as the line gives it. */
  public static Habit download(double megabytes, double pauseMinutes) {
    return new Habit(
        "download",
        new Peer(Protocol.TCP, 443, Where.OUTSIDE, 3),
        new Rhythm(pauseMinutes * 60, 0, 1),
        new Chunk(megabytes * MEGA, megabytes * MEGA / 50, 400 * MEGA, 20 * MEGA, false));
  }

  /** Sends something big as fast as the line takes it. */
  public static Habit backup(double megabytes, double pauseMinutes) {
    return new Habit(
        "backup",
        new Peer(Protocol.TCP, 443, Where.OUTSIDE, 0),
        new Rhythm(pauseMinutes * 60, 0, 1),
        new Chunk(megabytes * MEGA / 60, megabytes * MEGA, 20 * MEGA, 30 * MEGA, false));
  }

  /** Serves strangers through a forwarded port. */
  public static Habit serving(int port, double megabytes, double pauseSeconds) {
    return new Habit(
        "serving",
        new Peer(Protocol.TCP, port, Where.FORWARDED, 0),
        new Rhythm(pauseSeconds, 0, 1),
        new Chunk(megabytes * MEGA / 50, megabytes * MEGA, 10 * MEGA, 12 * MEGA, false));
  }

  /** Pings somebody without end. */
  public static Habit pinging() {
    return new Habit(
        "pinging",
        new Peer(Protocol.ICMP, 0, Where.OUTSIDE, 0),
        new Rhythm(1, 24 * 3600, 1),
        new Chunk(84, 84, MEGA, MEGA, true));
  }
}
