package dev.mhs.core.history;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/** What the history answers when it is asked for a subject's traffic. */
public sealed interface Series {
  /**
   * The answer.
   *
   * @param step how long each step is; steps begin at whole multiples of it since 1970
   * @param samples the steps in which something was measured, oldest first; others are absent
   */
  record Measured(Duration step, List<Sample> samples) implements Series {
    /** Copies the samples. */
    public Measured {
      requireNonNull(step, "step is null");
      samples = List.copyOf(samples);
    }
  }

  /**
   * The history cannot be read now.
   *
   * @param sentence why, for people
   */
  record Unreadable(String sentence) implements Series {
    /** Checks that there is a sentence. */
    public Unreadable {
      requireNonNull(sentence, "sentence is null");
    }
  }
}
