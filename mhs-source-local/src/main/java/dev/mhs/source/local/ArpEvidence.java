package dev.mhs.source.local;

import dev.mhs.api.Evidence;
import dev.mhs.api.Evidence.Kind;
import dev.mhs.source.local.link.Holder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Says what ARP proves, and for when. Pure. */
final class ArpEvidence {
  private ArpEvidence() {}

  /**
   * Returns what is said about everybody who was heard.
   *
   * @param holders who holds which address
   * @param now when this was asked
   */
  static List<Observation> of(List<Holder> holders, Instant now) {
    return holders.stream().map(each -> of(each, now)).toList();
  }

  /**
   * Tells whether what the kernel remembers of an address goes with what ARP of our own knows. Whom
   * nobody has proven is nobody; and where somebody answers us, the kernel's word for another one
   * is not enough, since it believes any answer that comes while it asks itself.
   *
   * @param one what the kernel remembers
   * @param holders who holds which address, where we ask
   */
  static boolean bearsOut(Observation one, List<Holder> holders) {
    List<Holder> here =
        holders.stream()
            .filter(each -> each.interfaceName().equals(one.interfaceName()))
            .filter(each -> each.address().equals(one.address()))
            .toList();
    return here.isEmpty()
        ? one.newest(Evidence.Weight.PROOF).isAfter(Instant.MIN)
        : one.mac() == null || here.stream().anyMatch(each -> each.mac().equals(one.mac()));
  }

  private static Observation of(Holder one, Instant now) {
    List<Evidence> evidence = new ArrayList<>();
    if (one.answeredAt() != null) {
      evidence.add(new Evidence(Kind.ANSWERED, notAfter(now, one.answeredAt()), "arp"));
    }
    if (!one.heardAt().equals(one.answeredAt())) {
      evidence.add(new Evidence(Kind.TRAFFIC, notAfter(now, one.heardAt()), "arp"));
    }
    if (one.silentSince() != null) {
      evidence.add(new Evidence(Kind.NEIGHBOR_FAILED, notAfter(now, one.silentSince()), "arp"));
    }
    return new Observation(Means.ARP, one.address(), one.interfaceName(), one.mac(), evidence);
  }

  /** The wall clock may have been set back since. */
  private static Instant notAfter(Instant now, Instant at) {
    return at.isAfter(now) ? now : at;
  }
}
