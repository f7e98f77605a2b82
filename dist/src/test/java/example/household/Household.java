package example.household;

import dev.mhs.api.DeviceField;
import dev.mhs.api.Evidence;
import dev.mhs.api.FailureKind;
import dev.mhs.api.Poll;
import dev.mhs.api.Sighting;
import dev.mhs.core.spi.BandwidthSource;
import dev.mhs.core.spi.DeviceSource;
import dev.mhs.core.spi.PortSource;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The household, read from its file for each question. */
final class Household implements Source {
  /** Whoever was there within this time still has a lease. */
  private static final Duration LEASE = Duration.ofMinutes(30);

  private final Path file;
  private final Path brokenWhile;
  private final TimeSource time;
  private final Instant opened;
  private final Counters counters;

  Household(Path file, Path brokenWhile, TimeSource time) {
    this.file = file;
    this.brokenWhile = brokenWhile;
    this.time = time;
    this.opened = time.instant();
    this.counters = new Counters(time);
  }

  @Override
  public Optional<DeviceSource> devices() {
    return Optional.of(() -> answer(this::sightings));
  }

  @Override
  public Optional<BandwidthSource> bandwidth() {
    return Optional.of(() -> answer(counters::reading));
  }

  @Override
  public Optional<PortSource> ports() {
    return Optional.of(() -> answer(members -> List.of(counters.box())));
  }

  private <T> Poll<T> answer(Function<List<Member>, T> question) {
    if (Files.exists(brokenWhile)) {
      return new Poll.Failed<>(FailureKind.UNREACHABLE, "the household is switched off");
    }
    try (Stream<String> lines = Files.lines(file)) {
      List<Member> members = lines.map(Member::of).toList();
      counters.advance(members);
      return new Poll.Ok<>(question.apply(members));
    } catch (IOException unreadable) {
      return new Poll.Failed<>(FailureKind.UNREACHABLE, file + " cannot be read");
    }
  }

  private List<Sighting> sightings(List<Member> members) {
    return members.stream().map(this::sighting).toList();
  }

  private Sighting sighting(Member member) {
    Sighting.Builder sighting =
        Sighting.of(member.mac())
            .address(member.address())
            .field(DeviceField.HOSTNAME, member.name())
            .field(DeviceField.VENDOR, member.vendor())
            .field(DeviceField.PORT, member.port())
            .field(DeviceField.SCAN_METHOD, "household");
    Instant seen = member.silent().isZero() ? time.instant() : opened.minus(member.silent());
    sighting.evidence(new Evidence(Evidence.Kind.ANSWERED, seen));
    if (member.silent().compareTo(LEASE) < 0) {
      sighting.evidence(new Evidence(Evidence.Kind.LEASE, seen));
    }
    return sighting.build();
  }

  @Override
  public void close() {
    // Nothing is open: the file is read and closed for each question.
  }
}
