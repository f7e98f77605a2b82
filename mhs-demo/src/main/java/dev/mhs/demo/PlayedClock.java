package dev.mhs.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A clock that begins in the past, is moved by hand, and catches up with another. Any thread. */
final class PlayedClock implements InstantSource {
  private final InstantSource real;
  private volatile @Nullable Instant past;

  PlayedClock(InstantSource real, Duration back) {
    this.real = real;
    this.past = real.instant().minus(back);
  }

  @Override
  public Instant instant() {
    Instant stands = past;
    return stands == null ? real.instant() : stands;
  }

  /**
   * Moves it on, and tells whether it is still in the past: else it goes with the other one now.
   */
  boolean advance(Duration by) {
    Instant next = instant().plus(by);
    past = next.isBefore(real.instant()) ? next : null;
    return past != null;
  }
}
