package dev.mhs.source.local.limit;

import java.util.List;

/**
 * Something to be done to the kernel's queues.
 *
 * @param words what tc(8) or ip(8) is told, without the program's path
 * @param otherwise what to do where the kernel lacks what it takes; empty when there is nothing
 * @param piece what the kernel lacks when it refuses
 */
record Step(List<String> words, List<String> otherwise, String piece) {
  Step {
    words = List.copyOf(words);
    otherwise = List.copyOf(otherwise);
  }

  static Step of(String piece, String... words) {
    return new Step(List.of(words), List.of(), piece);
  }
}
