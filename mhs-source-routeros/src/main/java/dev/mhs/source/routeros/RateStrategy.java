package dev.mhs.source.routeros;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.FailureKind;
import dev.mhs.api.Finding;
import dev.mhs.api.Moment;
import dev.mhs.api.Usage;
import dev.mhs.source.routeros.client.Gathering;
import dev.mhs.source.routeros.map.Lan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way to find out who moved how many bytes. {@link RateStrategies} asks the ways from the
 * strongest to the weakest. For one thread; the findings for any.
 */
interface RateStrategy {
  /** Returns what it is called, such as {@code conntrack}; shown to people behind the source. */
  String name();

  /** Measures whom it can. What it fails at by its nature is no failure: the next way is tried. */
  Look look(Sight sight) throws InterruptedException;

  /**
   * Hears what the household's line moved between the last two looks, both directions together, and
   * tells whether the last look stands beside that. One that does not is thrown away.
   */
  default boolean stands(long lineBytes) {
    return true;
  }

  /** Returns what a person may want to know. Any thread. */
  default List<Finding> findings() {
    return List.of();
  }

  /**
   * What a way starts from.
   *
   * @param gathering reads menus; a failure there fails the whole answer
   * @param lan the household's side
   */
  record Sight(Gathering gathering, Lan lan) {}

  /** What a look led to. */
  sealed interface Look {
    /**
     * It measured.
     *
     * @param at when the counters were read
     * @param method how, in a word
     * @param devices the usage of those it measured; empty at a beginning, which has no rates yet
     * @param own the router's own traffic over the line, or null when that is not told apart
     * @param whole whether it measures everybody, so that no weaker way is asked
     */
    record Measured(
        Moment at, String method, Map<DeviceKey, Usage> devices, @Nullable Usage own, boolean whole)
        implements Look {
      public Measured {
        devices = Map.copyOf(devices);
      }
    }

    /** It cannot be used here, or not for a while. */
    record Useless() implements Look {}

    /**
     * The box did not answer.
     *
     * @param kind what kind of failure it was
     * @param detail what happened
     */
    record Failed(FailureKind kind, String detail) implements Look {}
  }
}
