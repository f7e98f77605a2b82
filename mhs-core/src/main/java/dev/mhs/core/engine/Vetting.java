package dev.mhs.core.engine;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.Box;
import dev.mhs.api.DeviceField;
import dev.mhs.api.Evidence;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.Moment;
import dev.mhs.api.Port;
import dev.mhs.api.Sighting;
import dev.mhs.core.text.PlainText;
import java.net.InetAddress;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a source may say at all. Sizes are bounded, texts that come from strangers are cleaned; an
 * answer beyond all bounds is refused by an {@link IllegalArgumentException}.
 */
final class Vetting {
  private static final int MOST_SIGHTINGS = 10_000;
  private static final int MOST_ADDRESSES = 64;
  private static final int MOST_EVIDENCE = 32;
  private static final int MOST_BOXES = 64;
  private static final int MOST_PORTS = 1024;
  private static final int LONGEST_SENTENCE = 1000;
  private static final int LONGEST_TEXT = 255; // RFC 1035 §2.3.4: the longest name

  private Vetting() {}

  static List<Sighting> sightings(List<Sighting> said, Instant now) {
    requireAtMost(MOST_SIGHTINGS, said.size(), "sightings");
    return said.stream().map(one -> sighting(one, now)).flatMap(Optional::stream).toList();
  }

  /** Empty when it names nothing that a device can have. */
  private static Optional<Sighting> sighting(Sighting said, Instant now) {
    Map<DeviceField, String> fields = new EnumMap<>(DeviceField.class);
    said.fields()
        .forEach(
            (field, text) -> {
              String clean = clean(text);
              if (clean != null && field != DeviceField.ALIAS) { // a person's word
                fields.put(field, clean);
              }
            });
    List<InetAddress> addresses =
        said.addresses().stream().filter(Vetting::isDevice).limit(MOST_ADDRESSES).toList();
    List<Evidence> evidence =
        said.evidence().stream()
            .limit(MOST_EVIDENCE)
            .map(one -> new Evidence(one.kind(), noLater(one.at(), now), clean(one.detail())))
            .toList();
    return said.mac() == null && addresses.isEmpty()
        ? Optional.empty()
        : Optional.of(new Sighting(said.mac(), addresses, fields, evidence));
  }

  private static Instant noLater(Instant at, Instant now) {
    return at.isAfter(now) ? now : at;
  }

  private static boolean isDevice(InetAddress address) {
    return !address.isAnyLocalAddress()
        && !address.isLoopbackAddress()
        && !address.isMulticastAddress();
  }

  static List<Box> boxes(List<Box> said, Moment now) {
    requireAtMost(MOST_BOXES, said.size(), "boxes");
    Set<String> ids = new HashSet<>();
    for (Box box : said) {
      if (!ids.add(box.id())) {
        throw new IllegalArgumentException("two boxes have the id " + box.id());
      }
      requirePast(box.at(), now);
      requireAtMost(MOST_PORTS, box.ports().size(), "ports");
      Set<String> names = new HashSet<>();
      for (Port port : box.ports()) {
        if (!names.add(port.name())) {
          throw new IllegalArgumentException(
              "two ports of " + box.id() + " are named " + port.name());
        }
      }
    }
    return said.stream().map(Vetting::clean).toList();
  }

  private static Box clean(Box said) {
    String name = clean(said.name());
    return new Box(
        said.id(),
        name == null ? said.id() : name,
        clean(said.model()),
        said.role(),
        said.at(),
        said.ports().stream().map(Vetting::clean).toList());
  }

  private static Port clean(Port said) {
    return new Port(
        said.name(), // it tells one port from another
        said.type(),
        said.link(),
        said.linkSpeed(),
        said.mac(),
        clean(said.comment()),
        said.wan(),
        said.counters(),
        clean(said.defaultName()));
  }

  static BandwidthReading reading(BandwidthReading said, Moment now) {
    requirePast(said.at(), now);
    requireAtMost(MOST_SIGHTINGS, said.devices().size(), "devices");
    return said;
  }

  static List<LimitInForce> limits(List<LimitInForce> said) {
    requireAtMost(MOST_SIGHTINGS, said.size(), "limits");
    return said.stream().map(Vetting::limit).toList();
  }

  /** Names of queues that others gave are in the reason; what was measured is not its to say. */
  private static LimitInForce limit(LimitInForce said) {
    String reason = said.reason();
    return new LimitInForce(
        said.limit(),
        said.enforced(),
        reason == null ? null : sentence(reason),
        said.ours(),
        said.counted(),
        null);
  }

  /** Words for people, a peer's own among them: on one line, cleaned and not too long. */
  static String sentence(String text) {
    return PlainText.sentence(text, LONGEST_SENTENCE);
  }

  /** Without control and invisible characters and not too long; null when nothing is left. */
  static @Nullable String clean(@Nullable String text) {
    return PlainText.clean(text, LONGEST_TEXT);
  }

  /** A meter that has read the future would take no reading of the present any more. */
  private static void requirePast(Moment at, Moment now) {
    if (at.since(now).isPositive()) {
      throw new IllegalArgumentException("counters that were read in the future");
    }
  }

  private static void requireAtMost(int most, int size, String what) {
    if (size > most) {
      throw new IllegalArgumentException(
          size + " " + what + ", but at most " + most + " are taken");
    }
  }
}
