package dev.mhs.core.select;

import static java.util.Comparator.comparingInt;

import dev.mhs.api.Capability;
import dev.mhs.api.Choice;
import dev.mhs.core.poll.Health;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Chooses the healthy source of the highest priority, and says why. Pure. */
public final class Selection {
  private static final Comparator<Candidate> ORDER =
      comparingInt(Candidate::priority).reversed().thenComparing(Candidate::id);

  private Selection() {}

  /**
   * Returns who answers for a capability. It does not flap, because {@link Health} takes several
   * failures to go down and several answers to come back.
   *
   * <p>While a better source has neither answered nor failed yet, nobody measures in its place:
   * what another one measures is another line, and would stay in the history as this one's.
   *
   * @param capability what is asked for
   * @param candidates who offers it, in any order
   * @param zone in which times of day are told
   */
  public static Choice choose(
      Capability capability, Collection<Candidate> candidates, ZoneId zone) {
    List<Candidate> ranked = candidates.stream().sorted(ORDER).toList();
    Optional<Candidate> chosen =
        ranked.stream()
            .filter(candidate -> candidate.health().isUsable() || isAwaited(capability, candidate))
            .findFirst()
            .filter(candidate -> candidate.health().isUsable());
    String passedOver =
        ranked.stream()
            .takeWhile(candidate -> chosen.isEmpty() || !candidate.equals(chosen.get()))
            .map(candidate -> candidate.id() + " " + whyNot(candidate.health(), zone))
            .collect(Collectors.joining("; "));
    if (chosen.isEmpty()) {
      return new Choice(
          capability,
          null,
          passedOver.isEmpty()
              ? "no source offers " + capability.name().toLowerCase(Locale.ROOT)
              : passedOver);
    }
    Candidate best = chosen.get();
    return new Choice(
        capability, best.id(), passedOver.isEmpty() ? first(ranked.size()) : passedOver);
  }

  private static boolean isAwaited(Capability capability, Candidate candidate) {
    return capability == Capability.BANDWIDTH && candidate.health() instanceof Health.Untried;
  }

  private static String first(int candidates) {
    return candidates == 1 ? "the only source" : "first of " + candidates + " by priority";
  }

  private static String whyNot(Health health, ZoneId zone) {
    return switch (health) {
      case Health.Untried untried -> "has not answered yet";
      case Health.Up up -> "answers";
      case Health.Failing failing -> "answers";
      case Health.Down down when down.answers() > 0 -> "is coming back";
      case Health.Down down ->
          "does not answer since "
              + timeOfDay(down.since(), zone)
              + " ("
              + down.failure().detail()
              + ")";
      case Health.Unsupported unsupported -> "cannot: " + unsupported.reason();
    };
  }

  private static String timeOfDay(Instant at, ZoneId zone) {
    return DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).format(at.atZone(zone));
  }
}
