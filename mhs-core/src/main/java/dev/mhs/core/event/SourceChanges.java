package dev.mhs.core.event;

import dev.mhs.api.Capability;
import dev.mhs.api.CapabilityStatus;
import dev.mhs.api.CapabilityStatus.State;
import dev.mhs.api.Choice;
import dev.mhs.api.Snapshot;
import dev.mhs.api.SourceId;
import dev.mhs.api.SourceStatus;
import dev.mhs.core.journal.Event;
import dev.mhs.core.journal.EventKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which sources fail and recover: one event for each, however many of a source's capabilities go
 * down and however they take turns. A value: {@link #next} makes the next one.
 */
public final class SourceChanges {
  /** Nothing was seen yet. */
  public static final SourceChanges NONE = new SourceChanges(Map.of());

  /** A change that lasts shorter is none: the capabilities of one box fail one after the other. */
  static final Duration SETTLES = Duration.ofSeconds(10);

  /** What was told of a source, and for how long the contrary is true. */
  private record Told(boolean failing, Duration contrary) {}

  private final Map<SourceId, Told> told;

  private SourceChanges(Map<SourceId, Told> told) {
    this.told = told;
  }

  /**
   * What happened.
   *
   * @param next what to carry on
   * @param events the events, without numbers
   */
  public record Result(SourceChanges next, List<Event> events) {}

  /**
   * Tells what happened to sources.
   *
   * @param snapshot what is now
   * @param elapsed the measured time since the last snapshot
   * @return what happened
   */
  public Result next(Snapshot snapshot, Duration elapsed) {
    Map<SourceId, Told> next = new HashMap<>();
    List<Event> events = new ArrayList<>();
    for (SourceStatus source : snapshot.sources()) {
      Told before = told.getOrDefault(source.id(), new Told(false, Duration.ZERO));
      if (!isContrary(source, before.failing())) {
        next.put(source.id(), new Told(before.failing(), Duration.ZERO));
        continue;
      }
      Duration contrary = before.contrary().plus(elapsed);
      if (contrary.compareTo(SETTLES) < 0) {
        next.put(source.id(), new Told(before.failing(), contrary));
      } else {
        next.put(source.id(), new Told(!before.failing(), Duration.ZERO));
        events.add(before.failing() ? recovered(source, snapshot) : failed(source, snapshot));
      }
    }
    return new Result(new SourceChanges(next), events);
  }

  private static boolean isContrary(SourceStatus source, boolean failing) {
    return failing
        ? !isFailing(source) && source.capabilities().stream().anyMatch(one -> isUsable(one))
        : isFailing(source);
  }

  private static boolean isFailing(SourceStatus source) {
    return source.problem() != null
        || source.capabilities().stream().anyMatch(one -> one.state() == State.DOWN);
  }

  private static boolean isUsable(CapabilityStatus one) {
    return one.state() == State.UP || one.state() == State.FAILING;
  }

  private static Event failed(SourceStatus source, Snapshot snapshot) {
    String why =
        Optional.ofNullable(source.problem())
            .or(
                () ->
                    source.capabilities().stream()
                        .filter(one -> one.state() == State.DOWN)
                        .map(CapabilityStatus::detail)
                        .flatMap(Stream::ofNullable)
                        .findFirst())
            .orElse("it does not answer");
    return Event.of(
        snapshot.at(),
        EventKind.SOURCE_FAILED,
        source.id(),
        why + failing(source) + answering(snapshot, source.id()));
  }

  private static Event recovered(SourceStatus source, Snapshot snapshot) {
    return Event.of(
        snapshot.at(),
        EventKind.SOURCE_RECOVERED,
        source.id(),
        "it answers again" + answering(snapshot, source.id()));
  }

  /** Which capabilities fail, where not all do. */
  private static String failing(SourceStatus source) {
    List<CapabilityStatus> down =
        source.capabilities().stream().filter(one -> one.state() == State.DOWN).toList();
    boolean all =
        source.capabilities().stream()
            .allMatch(one -> one.state() == State.DOWN || one.state() == State.UNSUPPORTED);
    return all ? "" : " (only for " + words(down) + ")";
  }

  private static String words(List<CapabilityStatus> capabilities) {
    return capabilities.stream()
        .map(one -> one.capability().name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static String answering(Snapshot snapshot, SourceId of) {
    Choice choice = snapshot.choices().get(Capability.DEVICES);
    if (choice == null || choice.source() == null) {
      return "; no source answers for devices";
    }
    return choice.source().equals(of)
        ? "; it answers for devices"
        : "; " + choice.source() + " answers for devices";
  }
}
