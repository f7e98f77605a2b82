package dev.mhs.core.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.Capability;
import dev.mhs.api.Choice;
import dev.mhs.api.FailureKind;
import dev.mhs.api.Poll;
import dev.mhs.api.SourceId;
import dev.mhs.core.Seeds;
import dev.mhs.core.poll.Health;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:34:00Z");
  private static final Poll<String> OK = new Poll.Ok<>("well");
  private static final Poll<String> LATE = new Poll.Failed<>(FailureKind.TIMED_OUT, "no answer");
  private static final Health UP = new Health.Up(NOW);
  private static final Health DOWN = UP.after(LATE, NOW);

  @Test
  void theHighestHealthyPriorityAnswers() {
    Choice choice = choose(candidate("local", 10, UP), candidate("mikrotik", 100, UP));

    assertEquals(new SourceId("mikrotik"), choice.source());
    assertEquals("first of 2 by priority", choice.reason());
  }

  @Test
  void whatIsDownIsPassedOverAndTheReasonSaysWhy() {
    Choice choice = choose(candidate("local", 10, UP), candidate("mikrotik", 100, DOWN));

    assertEquals(new SourceId("local"), choice.source());
    assertEquals("mikrotik does not answer since 12:34 (no answer)", choice.reason());
  }

  @Test
  void whenNobodyCanAnswerTheReasonNamesAll() {
    Choice choice =
        choose(
            candidate("local", 10, new Health.Untried(NOW)),
            candidate("mikrotik", 100, new Health.Unsupported(NOW, "too old")));

    assertNull(choice.source());
    assertEquals("mikrotik cannot: too old; local has not answered yet", choice.reason());
  }

  @Test
  void nobodyMeasuresInThePlaceOfWhoHasNotAnsweredYetButTellsWhoIsThere() {
    Health untried = new Health.Untried(NOW);
    List<Candidate> both = List.of(candidate("local", 10, UP), candidate("mikrotik", 100, untried));
    List<Candidate> failed =
        List.of(candidate("local", 10, UP), candidate("mikrotik", 100, untried.after(LATE, NOW)));

    Choice awaited = Selection.choose(Capability.BANDWIDTH, both, ZoneOffset.UTC);
    assertNull(awaited.source());
    assertEquals("mikrotik has not answered yet; local answers", awaited.reason());
    SourceId local = new SourceId("local");
    assertEquals(local, Selection.choose(Capability.BANDWIDTH, failed, ZoneOffset.UTC).source());
    assertEquals(local, Selection.choose(Capability.DEVICES, both, ZoneOffset.UTC).source());
  }

  @Test
  void nobodyOffersIt() {
    assertEquals("no source offers devices", choose().reason());
  }

  @Test
  void theOrderOfTheCandidatesDoesNotMatter() {
    Seeds.check(
        200,
        random -> {
          List<Candidate> candidates = new ArrayList<>();
          for (int i = 0; i < 6; i++) {
            candidates.add(
                candidate("s" + i, 10 * random.nextInt(3), random.nextBoolean() ? UP : DOWN));
          }
          Choice choice = choose(candidates);
          Collections.shuffle(candidates, random);
          assertEquals(choice, choose(candidates));
        });
  }

  @Test
  void theChoiceChangesNoMoreOftenThanHealthDoes() {
    Seeds.check(
        200,
        random -> {
          Health first = UP;
          int changes = 0;
          SourceId before = new SourceId("mikrotik");
          for (int poll = 0; poll < 200; poll++) {
            first = first.after(flaky(random), NOW);
            SourceId chosen =
                choose(candidate("mikrotik", 100, first), candidate("local", 10, UP)).source();
            changes += before.equals(chosen) ? 0 : 1;
            before = chosen == null ? before : chosen;
          }
          assertTrue(changes <= 200 / 2, "changes: " + changes);
        });
  }

  private static Poll<String> flaky(Random random) {
    return random.nextInt(4) == 0 ? LATE : OK;
  }

  private static Candidate candidate(String id, int priority, Health health) {
    return new Candidate(new SourceId(id), priority, health);
  }

  private static Choice choose(Candidate... candidates) {
    return choose(Arrays.asList(candidates));
  }

  private static Choice choose(List<Candidate> candidates) {
    return Selection.choose(Capability.DEVICES, candidates, ZoneOffset.UTC);
  }
}
