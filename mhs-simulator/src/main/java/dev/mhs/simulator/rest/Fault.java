package dev.mhs.simulator.rest;

import java.time.Duration;

/** What is wrong with a box. */
public sealed interface Fault {
  /** Nothing. */
  record None() implements Fault {}

  /** Nobody listens: connections are refused, open ones are cut. */
  record Refuses() implements Fault {}

  /** Requests are taken, and never answered. */
  record Hangs() implements Fault {}

  /** Every request ends in {@code 500}. */
  record Fails() implements Fault {}

  /** Answers are no JSON. */
  record TalksNonsense() implements Fault {}

  /** Answers end in the middle, and so does the connection. */
  record CutsShort() implements Fault {}

  /**
   * Each answer takes its time.
   *
   * @param by how much, of real time
   */
  record IsSlow(Duration by) implements Fault {}
}
