package dev.mhs.core.history;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the history answers when it is asked for what everybody moved. */
public sealed interface Consumption {
  /**
   * Bytes and the time in which they were counted. Viewpoint: the device's, or the household's.
   *
   * @param downloadBytes bytes received
   * @param uploadBytes bytes sent
   * @param covered how much of the time was measured
   */
  record Total(long downloadBytes, long uploadBytes, Duration covered) {
    /** Checks that there is a time. */
    public Total {
      requireNonNull(covered, "covered is null");
    }

    /**
     * Returns this and more.
     *
     * @param other what is added
     * @return both together
     */
    public Total plus(Total other) {
      return new Total(
          downloadBytes + other.downloadBytes,
          uploadBytes + other.uploadBytes,
          covered.plus(other.covered));
    }
  }

  /**
   * The answer.
   *
   * @param periods for each of the periods asked for, in that order, what each subject moved; one
   *     that was not measured in it is absent
   */
  record Measured(List<Map<Subject, Total>> periods) implements Consumption {
    /** Copies the totals. */
    public Measured {
      periods = periods.stream().map(Map::copyOf).toList();
    }
  }

  /**
   * The history cannot be read now.
   *
   * @param sentence why, for people
   */
  record Unreadable(String sentence) implements Consumption {
    /** Checks that there is a sentence. */
    public Unreadable {
      requireNonNull(sentence, "sentence is null");
    }
  }
}
