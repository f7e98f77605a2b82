package dev.mhs.source.local;

import dev.mhs.api.Evidence;
import dev.mhs.api.MacAddress;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one means of looking says about one address.
 *
 * @param means which one
 * @param address the address
 * @param interfaceName the interface behind which it is
 * @param mac who has it, or had it when it last answered; null when nobody ever did
 * @param evidence why to believe that it is there or not; empty says nothing either way
 */
record Observation(
    Means means,
    InetAddress address,
    String interfaceName,
    @Nullable MacAddress mac,
    List<Evidence> evidence) {
  Observation {
    evidence = List.copyOf(evidence);
  }

  /** Returns when evidence of a weight was last given, {@link Instant#MIN} when it was not. */
  Instant newest(Evidence.Weight weight) {
    return evidence.stream()
        .filter(each -> each.kind().weight() == weight)
        .map(Evidence::at)
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }
}
