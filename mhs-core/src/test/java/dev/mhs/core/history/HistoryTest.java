package dev.mhs.core.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Session;
import dev.mhs.api.Throughput;
import dev.mhs.core.session.FoundSessions;
import dev.mhs.core.session.SessionChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Instant START = Instant.ofEpochSecond(1_000_000);
  private static final Duration STEP = Duration.ofSeconds(30);

  private Instant now = START;

  @Test
  void whatIsNotHandedOverYetIsInTheAnswer() {
    try (History history = new History(new RowsInMemory(), () -> now)) {
      history.add(
          Subject.LINE, new Throughput(7, 1, START.plusSeconds(10), Duration.ofSeconds(10)));

      assertEquals(7, total(history));
      now = START.plusSeconds(30);
      history.tick();
      assertEquals(7, total(history));
    }
  }

  @Test
  void closingHandsOverHeldZerosAndClosesTheStore() {
    RowsInMemory store = new RowsInMemory();
    History history = new History(store, () -> now);
    history.add(Subject.LINE, new Throughput(0, 0, START, Duration.ofSeconds(10)));
    history.tick();
    assertEquals(0, store.rows.size());

    history.close();

    assertEquals(1, store.rows.size());
    assertTrue(store.closed);
  }

  @Test
  void anyInterleavingOfAddsTicksAndRestartsKeepsEveryByteAndEveryCoveredMoment() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      RowsInMemory store = new RowsInMemory();
      History history = new History(store, () -> now);
      long[] bytes = new long[3];
      Duration covered = Duration.ZERO;
      now = START;
      for (int step = 0; step < 200; step++) {
        switch (random.nextInt(8)) {
          case 0 -> history.tick();
          case 1 -> now = now.plusSeconds(random.nextInt(600)); // nobody measures
          case 2 -> {
            history.close();
            history = new History(store, () -> now);
          }
          default -> {
            int who = random.nextInt(3);
            Duration over = Duration.ofMillis(500 + random.nextInt(12_000));
            now = now.plus(over);
            long moved = random.nextBoolean() ? 0 : random.nextInt(1_000_000);
            history.add(subject(who), new Throughput(moved, 2 * moved, now, over));
            bytes[who] += moved;
            covered = covered.plus(over);
          }
        }
      }
      history.close();
      for (int who = 0; who < 3; who++) {
        assertEquals(bytes[who], store.downloaded(subject(who)), "seed " + seed);
      }
      assertEquals(
          covered,
          store.rows.stream().map(TrafficRow::covered).reduce(Duration.ZERO, Duration::plus),
          "seed " + seed);
    }
  }

  @Test
  void manyThreadsMayAddTickAndAskAtOnce() throws ExecutionException, InterruptedException {
    RowsInMemory store = new RowsInMemory();
    History history = new History(store, () -> START.plusSeconds(60));
    int each = 2_000;
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        running.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    history.add(Subject.LINE, new Throughput(1, 1, START, Duration.ofMillis(1)));
                  }
                }));
      }
      running.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 500; i++) {
                  history.tick();
                }
              }));
      running.add(
          threads.submit(
              () -> {
                long before = 0;
                for (int i = 0; i < 500; i++) {
                  long total = total(history);
                  assertTrue(total >= before && total <= 2L * each, before + " then " + total);
                  before = total;
                }
              }));
      for (Future<?> one : running) {
        one.get();
      }
    }

    assertEquals(2L * each, total(history));
    history.close();
    assertEquals(2L * each, store.downloaded(Subject.LINE));
  }

  private static long total(History history) {
    Series series =
        history.series(Subject.LINE, START.minusSeconds(60), START.plusSeconds(60), STEP);
    return switch (series) {
      case Series.Measured measured ->
          measured.samples().stream().mapToLong(Sample::downloadBytes).sum();
      case Series.Unreadable unreadable -> throw new AssertionError(unreadable.sentence());
    };
  }

  private static Subject subject(int number) {
    return number == 0
        ? Subject.LINE
        : Subject.of(new DeviceKey.ByMac(new MacAddress(0x02_00_00_00_00_00L + number)));
  }

  /** A store that keeps rows in a list. */
  private static final class RowsInMemory implements HistoryStore {
    private final List<TrafficRow> rows = new ArrayList<>();
    private boolean closed;

    @Override
    public synchronized void record(Tick tick) {
      rows.addAll(tick.rows());
    }

    @Override
    public synchronized Series series(
        Subject subject, Instant from, Instant to, Duration step, List<TrafficRow> unwritten) {
      StepSums sums = new StepSums(from, to, step);
      rows.stream().filter(row -> row.subject().equals(subject)).forEach(sums::add);
      unwritten.forEach(sums::add);
      return sums.series();
    }

    @Override
    public synchronized Consumption consumption(List<Period> periods, List<TrafficRow> unwritten) {
      PeriodSums sums = new PeriodSums(periods);
      rows.forEach(sums::add);
      unwritten.forEach(sums::add);
      return sums.totals();
    }

    @Override
    public synchronized Shares shares(
        Instant from, Instant to, Duration step, int most, List<TrafficRow> unwritten) {
      PeriodSums ranks = new PeriodSums(List.of(new Period(from, to)));
      ShareSums sums = new ShareSums(from, to, step, most);
      rows.forEach(ranks::add);
      unwritten.forEach(ranks::add);
      sums.rank(ranks.totals().periods().getFirst());
      rows.forEach(sums::add);
      unwritten.forEach(sums::add);
      return sums.shares();
    }

    @Override
    public void remember(Collection<RememberedDevice> devices) {}

    @Override
    public List<RememberedDevice> remembered() {
      return List.of();
    }

    @Override
    public void record(SessionChange change) {}

    @Override
    public FoundSessions sessions(DeviceKey device, Instant since) {
      return new FoundSessions.Found(List.of());
    }

    @Override
    public FoundSessions transients(Instant since) {
      return new FoundSessions.Found(List.of());
    }

    @Override
    public List<Session> inherited(Instant since) {
      return List.of();
    }

    @Override
    public HistoryState state() {
      return new HistoryState.Recording();
    }

    @Override
    public long sizeBytes() {
      return 0;
    }

    @Override
    public void close() {
      closed = true;
    }

    private long downloaded(Subject subject) {
      return rows.stream()
          .filter(row -> row.subject().equals(subject))
          .mapToLong(TrafficRow::downloadBytes)
          .sum();
    }
  }
}
