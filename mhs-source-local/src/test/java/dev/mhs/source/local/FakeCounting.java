package dev.mhs.source.local;

import dev.mhs.api.IpLiteral;
import dev.mhs.source.local.count.CountingPlan;
import dev.mhs.source.local.count.Counts;
import dev.mhs.source.local.count.KernelCounting;
import dev.mhs.source.local.count.Way;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A kernel whose counters are set by hand; until they are, it refuses. */
final class FakeCounting implements KernelCounting {
  private final Map<InetAddress, Counts> counts = new HashMap<>();
  private @Nullable CountingPlan plan;
  private String refusal = "Operation not permitted";
  int looks;
  long missed;
  Look.@Nullable Unavailable passedOver;
  boolean closed;

  /** Lets it count from now on, with every counter at zero. */
  void permit() {
    refusal = "";
    plan = null;
    counts.clear();
  }

  void refuse(String why) {
    refusal = why;
  }

  void moved(String address, long downloadBytes, long uploadBytes) {
    counts.put(IpLiteral.of(address), new Counts(downloadBytes, uploadBytes));
  }

  @Nullable CountingPlan plan() {
    return plan;
  }

  @Override
  public Look look(CountingPlan wanted) {
    looks++;
    if (!refusal.isEmpty()) {
      return new Look.Unavailable(refusal, null);
    }
    boolean began = plan == null;
    plan = wanted;
    return new Look.Counted(Map.copyOf(counts), began, Way.NFTABLES, missed, passedOver);
  }

  @Override
  public void close() {
    closed = true;
  }
}
