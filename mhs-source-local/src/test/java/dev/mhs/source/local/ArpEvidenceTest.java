package dev.mhs.source.local;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.Evidence;
import dev.mhs.api.Evidence.Kind;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.source.local.link.Holder;
import java.net.Inet4Address;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArpEvidenceTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Inet4Address ADDRESS = (Inet4Address) IpLiteral.of("10.0.0.7");
  private static final MacAddress HOLDER = MacAddress.of("02:66:00:00:00:01");
  private static final MacAddress OTHER = MacAddress.of("02:13:00:00:00:01");

  private static List<Holder> held(String interfaceName) {
    return List.of(new Holder(interfaceName, ADDRESS, HOLDER, NOW, NOW, null));
  }

  private static Observation kernel(@Nullable MacAddress mac, Kind kind) {
    return new Observation(
        Means.NEIGHBOR, ADDRESS, "lan0", mac, List.of(new Evidence(kind, NOW.plusSeconds(9))));
  }

  @Test
  void whoAnswersUsIsNotDisplacedByTheKernelsWordForAnother() {
    assertFalse(ArpEvidence.bearsOut(kernel(OTHER, Kind.NEIGHBOR_REACHABLE), held("lan0")));
    assertTrue(ArpEvidence.bearsOut(kernel(HOLDER, Kind.NEIGHBOR_STALE), held("lan0")));
    assertTrue(ArpEvidence.bearsOut(kernel(null, Kind.NEIGHBOR_FAILED), held("lan0")));
  }

  @Test
  void whereNobodyAnswersUsTheKernelsProofIsWanted() {
    assertTrue(ArpEvidence.bearsOut(kernel(OTHER, Kind.NEIGHBOR_REACHABLE), List.of()));
    assertTrue(ArpEvidence.bearsOut(kernel(OTHER, Kind.NEIGHBOR_REACHABLE), held("lan1")));
    assertFalse(ArpEvidence.bearsOut(kernel(OTHER, Kind.NEIGHBOR_STALE), List.of()));
  }
}
