package dev.mhs.core;

import java.util.Random;

/**
 * Runs a property on many random inputs. When it fails, the seed of that input is part of the
 * message; {@code -Dmhs.seed=…} then runs that one alone.
 */
public final class Seeds {
  /** What must hold for every input. */
  @FunctionalInterface
  public interface Property {
    /** Makes an input from the generator, and asserts. */
    void holds(Random random);
  }

  private Seeds() {}

  /** Checks a property on so many inputs, the same ones each time. */
  public static void check(int inputs, Property property) {
    Long only = Long.getLong("mhs.seed");
    if (only != null) {
      checkOne(only, property);
      return;
    }
    for (long seed = 1; seed <= inputs; seed++) {
      checkOne(seed, property);
    }
  }

  private static void checkOne(long seed, Property property) {
    try {
      property.holds(new Random(seed * 0x9E3779B97F4A7C15L));
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError("with -Dmhs.seed=" + seed + ": " + failure.getMessage(), failure);
    }
  }
}
