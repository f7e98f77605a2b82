package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * A box together with what its ports move now.
 *
 * @param box the box as it was last read
 * @param source the source that read it
 * @param rates the rates by port name; a port whose rate was not measured is absent
 * @since 0.1
 */
public record BoxState(Box box, SourceId source, Map<String, PortRates> rates) {
  /** Copies the map and checks that nothing is missing. */
  public BoxState {
    requireNonNull(box, "box is null");
    requireNonNull(source, "source is null");
    rates = Map.copyOf(rates);
  }
}
