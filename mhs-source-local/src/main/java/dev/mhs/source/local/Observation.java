package dev.mhs.source.local;

import dev.mhs.api.Evidence;
import dev.mhs.api.MacAddress;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one reading of the neighbor cache, together with those before it, says about one address.
 *
 * @param address the address
 * @param interfaceName the interface behind which it is
 * @param mac who has it, or had it when it last answered; null when nobody ever did
 * @param evidence why to believe that it is there or not; empty says nothing either way
 */
record Observation(
    InetAddress address, String interfaceName, @Nullable MacAddress mac, List<Evidence> evidence) {
  Observation {
    evidence = List.copyOf(evidence);
  }
}
