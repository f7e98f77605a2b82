package dev.mhs.bench;

import java.io.IOException;
import java.util.function.Consumer;

/** One of the figures that MHS is judged by. */
@FunctionalInterface
interface Figure {
  /**
   * Measures it.
   *
   * @param workshop what is needed for that
   * @param table takes what was measured, so that it is not lost when something fails afterwards
   * @throws IOException when the product does not do what it is there for
   */
  void measure(Workshop workshop, Consumer<Measurement> table)
      throws IOException, InterruptedException;
}
