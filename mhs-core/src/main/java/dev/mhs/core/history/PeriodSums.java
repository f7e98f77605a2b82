package dev.mhs.core.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up what everybody moved in some periods. A row belongs to the period in which it ended: it
 * is half a minute long, or does not reach over midnight. For one thread.
 */
public final class PeriodSums {
  private final List<Period> periods;
  private final List<Map<Subject, Consumption.Total>> sums = new ArrayList<>();

  /**
   * Makes sums of nothing.
   *
   * @param periods the periods
   */
  public PeriodSums(List<Period> periods) {
    this.periods = List.copyOf(periods);
    periods.forEach(period -> sums.add(new HashMap<>()));
  }

  /**
   * Adds a row to the periods in which it ended.
   *
   * @param row the row
   */
  public void add(TrafficRow row) {
    long second = row.end().getEpochSecond();
    for (int i = 0; i < periods.size(); i++) {
      Period period = periods.get(i);
      if (second > period.begin().getEpochSecond() && second <= period.end().getEpochSecond()) {
        add(
            i,
            row.subject(),
            new Consumption.Total(
                row.downloadBytes(),
                row.uploadBytes(),
                Duration.ofMillis(StepSums.millis(row.covered()))));
      }
    }
  }

  /**
   * Adds what a subject moved in a period.
   *
   * @param period the place of the period in the list
   * @param subject whose traffic
   * @param moved what it moved
   */
  public void add(int period, Subject subject, Consumption.Total moved) {
    sums.get(period).merge(subject, moved, Consumption.Total::plus);
  }

  /**
   * Returns the sums.
   *
   * @return the answer
   */
  public Consumption.Measured totals() {
    return new Consumption.Measured(sums);
  }
}
