package dev.mhs.core.history;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.DeviceKey;
import java.time.Duration;
import java.util.List;

/** What the history answers when it is asked who moved how much of the line, and when. */
public sealed interface Shares {
  /**
   * What one device moved.
   *
   * @param device its identity
   * @param samples the steps in which it was measured, oldest first
   */
  record Share(DeviceKey device, List<Sample> samples) {
    /** Copies the samples. */
    public Share {
      requireNonNull(device, "device is null");
      samples = List.copyOf(samples);
    }
  }

  /**
   * The answer.
   *
   * @param step how long each step is; steps begin at whole multiples of it since 1970
   * @param line what the line moved, oldest first; empty where it was not measured
   * @param devices those that moved the most, who moved the most comes first; none that moved
   *     nothing
   * @param all what all devices moved together, those among them; the covered time is the sum of
   *     theirs
   */
  record Measured(Duration step, List<Sample> line, List<Share> devices, List<Sample> all)
      implements Shares {
    /** Copies the lists. */
    public Measured {
      requireNonNull(step, "step is null");
      line = List.copyOf(line);
      devices = List.copyOf(devices);
      all = List.copyOf(all);
    }
  }

  /**
   * The history cannot be read now.
   *
   * @param sentence why, for people
   */
  record Unreadable(String sentence) implements Shares {
    /** Checks that there is a sentence. */
    public Unreadable {
      requireNonNull(sentence, "sentence is null");
    }
  }
}
