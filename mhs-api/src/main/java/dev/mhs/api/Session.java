package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time in which a device was on the network: from the first proof that it was there to
 * the last one.
 *
 * @param device whose it is
 * @param firstSeen when it was first proven to be there
 * @param lastSeen when it was last proven to be there, so far; not before {@code firstSeen}
 * @param open whether it goes on; a closed one ended when the device was last seen
 * @since 0.1
 */
public record Session(DeviceKey device, Instant firstSeen, Instant lastSeen, boolean open) {
  /** A closed session that was shorter is a visit in passing. */
  public static final Duration TRANSIENT = Duration.ofMinutes(5);

  /** Checks that nothing is missing, and that it does not end before it begins. */
  public Session {
    requireNonNull(device, "device is null");
    requireNonNull(firstSeen, "firstSeen is null");
    requireNonNull(lastSeen, "lastSeen is null");
    if (lastSeen.isBefore(firstSeen)) {
      throw new IllegalArgumentException("no session: " + firstSeen + " to " + lastSeen);
    }
  }

  /**
   * Returns how long it lasted, or has lasted so far.
   *
   * @return the time between the first and the last proof, not negative
   */
  public Duration duration() {
    return Duration.between(firstSeen, lastSeen);
  }

  /**
   * Tells whether the device only passed by.
   *
   * @return whether the session is closed and was shorter than five minutes
   */
  public boolean isTransient() {
    return !open && duration().compareTo(TRANSIENT) < 0;
  }

  /**
   * Returns this session up to a later proof.
   *
   * @param seen when the device was proven to be there
   * @return the longer session; this one when the proof is no newer
   */
  public Session until(Instant seen) {
    return seen.isAfter(lastSeen) ? new Session(device, firstSeen, seen, open) : this;
  }

  /**
   * Returns this session as one that is over.
   *
   * @return the same, closed
   */
  public Session closed() {
    return new Session(device, firstSeen, lastSeen, false);
  }
}
