package dev.mhs.core.engine;

import dev.mhs.api.Capability;
import java.util.Locale;

/** How the values of the vocabulary are spelled to people. */
final class Wording {
  private Wording() {}

  static String of(Capability capability) {
    return capability.name().toLowerCase(Locale.ROOT);
  }
}
