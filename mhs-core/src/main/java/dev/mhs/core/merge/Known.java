package dev.mhs.core.merge;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceField;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Evidence;
import dev.mhs.api.Presence;
import dev.mhs.api.SourceId;
import dev.mhs.api.Sourced;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a device, whether anybody sees it now or not.
 *
 * @param claim what was last said about it
 * @param presence what was concluded
 * @param firstSeen when it was first heard of
 * @param lastSeen when it was last proven to be there, or null
 * @param unproven for how long it was not proven while somebody who can see it looked
 * @param unwatched for how long nobody who can see it looked
 * @param seenBy the sources that ever named it, and so can see it
 */
record Known(
    Claim claim,
    Presence presence,
    Instant firstSeen,
    @Nullable Instant lastSeen,
    Duration unproven,
    Duration unwatched,
    Set<SourceId> seenBy) {
  /** Longer than any rule waits. */
  private static final Duration LONG_AGO = Duration.ofDays(365);

  /** Taken for the time since a device was seen that was seen in the future. */
  private static final Duration SOME_TIME_AGO = Duration.ofHours(1);

  /**
   * What came in while the table was looked at may be so much newer; anything beyond was stamped
   * before the wall clock was set back, and proves nothing now.
   */
  private static final Duration SKEW = Duration.ofSeconds(5);

  /** Copies the set. */
  Known {
    seenBy = Set.copyOf(seenBy);
  }

  /** A device that is named for the first time: without proof it is idle at best. */
  static Known fresh(DeviceKey key, Look look) {
    Claim nothing = new Claim(key, null, List.of(), Map.of(), List.of());
    return new Known(
        nothing,
        Presence.UNKNOWN,
        look.now(),
        null,
        look.rules().onlineFor(),
        Duration.ZERO,
        Set.of());
  }

  /**
   * A device that an earlier run remembered, and that nobody has looked for since. Who said
   * something about it then can see it.
   */
  static Known remembered(Device device, Instant now) {
    Instant seen = device.lastSeen();
    return new Known(
        new Claim(device.key(), device.mac(), device.addresses(), device.fields(), List.of()),
        Presence.UNKNOWN,
        device.firstSeen(),
        seen,
        silence(seen, now),
        LONG_AGO,
        device.fields().values().stream().map(Sourced::source).collect(Collectors.toSet()));
  }

  private static Duration silence(@Nullable Instant seen, Instant now) {
    if (seen == null) {
      return LONG_AGO;
    }
    return seen.isAfter(now) ? SOME_TIME_AGO : Duration.between(seen, now);
  }

  /** Returns the memory after one more look: see {@link DeviceTable#next}. */
  Known next(@Nullable Claim said, Look look) {
    Claim current = said == null ? faded() : remembering(said);
    Set<SourceId> seers = said == null ? seenBy : with(look.basis());
    boolean watched = look.looking() != null && (seers.isEmpty() || seers.contains(look.looking()));
    Duration waited = watched ? unproven.plus(look.elapsed()) : unproven;
    Instant before = lastSeen;
    if (before != null && before.isAfter(look.now())) {
      before = look.now().minus(waited); // the wall clock was set back: the measured time holds
    }
    Optional<Instant> proof = proof(current, look);
    boolean proven = proof.isPresent() && (before == null || proof.get().isAfter(before));
    Duration silent = waited;
    if (proven) {
      Duration age = Duration.between(proof.get(), look.now());
      // A newer proof is no older than the one before it, even if the wall clock was set forward.
      silent = before == null || age.compareTo(waited) < 0 ? age : waited;
    }
    Instant seen = proven ? proof.get() : before;
    Duration blind = watched ? Duration.ZERO : unwatched.plus(look.elapsed());
    return new Known(
        current, conclude(current, silent, blind, look), firstSeen, seen, silent, blind, seers);
  }

  private Set<SourceId> with(@Nullable SourceId basis) {
    if (basis == null || seenBy.contains(basis)) {
      return seenBy;
    }
    Set<SourceId> seers = new HashSet<>(seenBy);
    seers.add(basis);
    return seers;
  }

  private Presence conclude(Claim current, Duration silent, Duration blind, Look look) {
    if (blind.compareTo(look.rules().onlineFor()) >= 0) {
      return presence == Presence.OFFLINE ? Presence.OFFLINE : Presence.UNKNOWN;
    }
    return look.rules().conclude(silent, isHinted(current));
  }

  private static boolean isHinted(Claim current) {
    Instant denial = current.newest(Evidence.Weight.DENIAL).orElse(Instant.MIN);
    Instant proof = current.newest(Evidence.Weight.PROOF).orElse(Instant.MIN);
    boolean denied = denial.isAfter(proof);
    return !denied && current.newest(Evidence.Weight.HINT).isPresent();
  }

  private static Optional<Instant> proof(Claim current, Look look) {
    Stream<Instant> claimed =
        current.evidence().stream()
            .filter(one -> one.kind().weight() == Evidence.Weight.PROOF)
            .map(Evidence::at);
    return Stream.concat(claimed, Stream.ofNullable(look.traffic().get(current.key())))
        .filter(at -> !at.isAfter(look.now().plus(SKEW)))
        .max(Comparator.naturalOrder())
        .map(at -> at.isAfter(look.now()) ? look.now() : at);
  }

  /** What is no longer said leaves no evidence, but name and address are still shown. */
  private Claim faded() {
    return claim.evidence().isEmpty()
        ? claim
        : new Claim(claim.key(), claim.mac(), claim.addresses(), claim.fields(), List.of());
  }

  /** A text that nobody says any more, such as a name, is kept until a new one comes. */
  private Claim remembering(Claim said) {
    if (said.fields().keySet().containsAll(claim.fields().keySet())
        && !said.addresses().isEmpty()) {
      return said;
    }
    Map<DeviceField, Sourced<String>> fields = new EnumMap<>(DeviceField.class);
    fields.putAll(claim.fields());
    fields.putAll(said.fields());
    List<InetAddress> addresses = said.addresses().isEmpty() ? claim.addresses() : said.addresses();
    return new Claim(said.key(), said.mac(), addresses, fields, said.evidence());
  }

  /** Takes over what was remembered of the same device under another key. */
  Known absorbing(Known other) {
    Instant seen = lastSeen;
    if (other.lastSeen != null && (seen == null || other.lastSeen.isAfter(seen))) {
      seen = other.lastSeen;
    }
    Instant first = firstSeen.isBefore(other.firstSeen) ? firstSeen : other.firstSeen;
    Set<SourceId> seers = new HashSet<>(seenBy);
    seers.addAll(other.seenBy);
    boolean later = other.unproven.compareTo(unproven) < 0; // the other was proven later
    return new Known(
        claim,
        later ? other.presence : presence,
        first,
        seen,
        later ? other.unproven : unproven,
        later ? other.unwatched : unwatched,
        seers);
  }

  /** Without the addresses that another device holds now. */
  Known without(Set<InetAddress> taken) {
    List<InetAddress> kept =
        claim.addresses().stream().filter(address -> !taken.contains(address)).toList();
    Claim less = new Claim(claim.key(), claim.mac(), kept, claim.fields(), claim.evidence());
    return new Known(less, presence, firstSeen, lastSeen, unproven, unwatched, seenBy);
  }
}
