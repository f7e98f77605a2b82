package dev.mhs.core.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private final Backlog backlog = new Backlog(4);

  @Test
  void whatIsTakenStillCountsUntilItIsWritten() {
    backlog.add(tick(1));
    backlog.add(tick(2));

    assertEquals(2, backlog.take().size());
    backlog.add(tick(3));
    assertEquals(3, backlog.rows(Subject.LINE).size());
    backlog.written();
    assertEquals(List.of(3L), bytes());
  }

  @Test
  void whatIsPutBackComesBeforeWhatCameMeanwhile() {
    backlog.add(tick(1));
    backlog.add(tick(2));
    backlog.take();
    backlog.add(tick(3));

    backlog.putBack();

    assertEquals(List.of(1L, 2L, 3L), bytes());
    assertEquals(3, backlog.take().size());
  }

  @Test
  void takingAgainWithoutSettlingGivesTheSame() {
    backlog.add(tick(1));
    List<Tick> first = backlog.take();
    backlog.add(tick(2));

    assertEquals(first, backlog.take());
  }

  @Test
  void whatDoesNotFitIsJoinedAndToldAndNoByteIsLost() {
    for (int i = 1; i <= 4; i++) {
      assertFalse(backlog.add(tick(i)));
    }

    assertTrue(backlog.add(tick(5)));

    assertEquals(List.of(3L, 7L, 5L), bytes());
    assertEquals(Duration.ofSeconds(60), backlog.rows(Subject.LINE).getFirst().covered());
    for (int i = 6; i <= 1_000; i++) {
      backlog.add(tick(i));
      assertTrue(backlog.size() <= 4);
    }
    assertEquals(500_500L, bytes().stream().mapToLong(Long::longValue).sum());
  }

  @Test
  void aTickWithoutRowsTakesNoRoom() {
    backlog.add(new Tick(Instant.EPOCH, List.of()));

    assertEquals(0, backlog.size());
  }

  private List<Long> bytes() {
    return backlog.rows(Subject.LINE).stream().map(TrafficRow::downloadBytes).toList();
  }

  private static Tick tick(int number) {
    Instant end = Instant.ofEpochSecond(number * 30L);
    return new Tick(
        end, List.of(new TrafficRow(Subject.LINE, end, number, 0, Duration.ofSeconds(30))));
  }
}
