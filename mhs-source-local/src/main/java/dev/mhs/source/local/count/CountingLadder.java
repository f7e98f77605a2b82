package dev.mhs.source.local.count;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts by the best way that is permitted here. While it counts by a lesser one, the better ones
 * are tried again now and then: a package may be installed meanwhile. For one thread, but for
 * {@link #close}.
 */
public final class CountingLadder implements KernelCounting {
  /** Of looks: a minute while somebody watches. */
  private static final int TRIED_AGAIN_AFTER = 30;

  private final List<KernelCounting> ways;
  private int current = -1;
  private int looks;
  private Look.@Nullable Unavailable passedOver;

  /**
   * Makes it; nothing is counted yet.
   *
   * @param ways the better first
   */
  public CountingLadder(List<KernelCounting> ways) {
    this.ways = List.copyOf(ways);
  }

  @Override
  public Look look(CountingPlan plan) throws InterruptedException {
    if (current > 0 && looks++ < TRIED_AGAIN_AFTER) {
      if (ways.get(current).look(plan) instanceof Look.Counted counted) {
        return counted.insteadOf(passedOver);
      }
    }
    looks = 0;
    return climb(plan);
  }

  private Look climb(CountingPlan plan) throws InterruptedException {
    List<Look.Unavailable> refusals = new ArrayList<>();
    for (int way = 0; way < ways.size(); way++) {
      switch (ways.get(way).look(plan)) {
        case Look.Unavailable no -> refusals.add(no);
        case Look.Counted counted -> {
          passedOver = refusals.isEmpty() ? null : refusals.getFirst();
          return changed(way) ? counted.beginning(passedOver) : counted.insteadOf(passedOver);
        }
      }
    }
    changed(-1);
    return together(refusals);
  }

  /** Lets go of the way that was used until now; returns whether it was another one. */
  private boolean changed(int way) {
    if (way == current) {
      return false;
    }
    if (current >= 0) {
      ways.get(current).rest();
    }
    current = way;
    return true;
  }

  private static Look together(List<Look.Unavailable> refusals) {
    if (refusals.isEmpty()) {
      return new Look.Unavailable("no way of counting is allowed", null);
    }
    String why = String.join("; ", refusals.stream().map(Look.Unavailable::why).toList());
    String remedy =
        refusals.stream()
            .map(Look.Unavailable::remedy)
            .filter(each -> each != null)
            .findFirst()
            .orElse(null);
    return new Look.Unavailable(why, remedy);
  }

  @Override
  public void rest() {
    changed(-1);
  }

  @Override
  public void close() {
    ways.forEach(KernelCounting::close);
  }
}
