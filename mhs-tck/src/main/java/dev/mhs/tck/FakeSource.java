package dev.mhs.tck;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.Box;
import dev.mhs.api.Capability;
import dev.mhs.api.Cost;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.FailureKind;
import dev.mhs.api.Finding;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.LimitOutcome;
import dev.mhs.api.Poll;
import dev.mhs.api.Sighting;
import dev.mhs.core.spi.BandwidthSource;
import dev.mhs.core.spi.Cadence;
import dev.mhs.core.spi.DeviceSource;
import dev.mhs.core.spi.LimitController;
import dev.mhs.core.spi.PortSource;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.TimeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A source without a box, told by a test what to do: one {@link Script} for each capability. Untold
 * it is well: it answers that there is nothing, and remembers the limits that are set. Thread-safe.
 *
 * @since 0.1
 */
public final class FakeSource implements Source {
  private final Set<Capability> offered;
  private final Script<List<Sighting>> deviceScript = new Script<>(List::of);
  private final Script<BandwidthReading> bandwidthScript;
  private final Script<List<Box>> portScript = new Script<>(List::of);
  private final Script<List<LimitInForce>> limitScript = new Script<>(this::inForce);
  private final Script<LimitOutcome> applyScript = new Script<>(this::keepLast);

  private final List<Limit> asked = new CopyOnWriteArrayList<>();
  private final Map<DeviceKey, LimitInForce> limits = new ConcurrentHashMap<>();
  private final AtomicInteger rescans = new AtomicInteger();
  private final AtomicInteger closings = new AtomicInteger();
  private volatile Supplier<List<Finding>> findings = List::of;
  private volatile Supplier<Cost> cost = () -> Cost.NONE;
  private volatile Runnable onRescan = () -> {};
  private volatile Runnable onClose = () -> {};

  private FakeSource(TimeSource time, Set<Capability> offered) {
    this.offered = offered;
    this.bandwidthScript =
        new Script<>(() -> new BandwidthReading(time.moment(), "fake", Map.of(), null, null));
  }

  /**
   * Makes a source.
   *
   * @param time the clocks
   * @param offered its capabilities; without any it offers all four
   * @return the source
   */
  public static FakeSource of(TimeSource time, Capability... offered) {
    return new FakeSource(time, Set.of(offered.length == 0 ? Capability.values() : offered));
  }

  /**
   * Returns what happens when it is asked for devices.
   *
   * @return the script
   */
  public Script<List<Sighting>> onDevices() {
    return deviceScript;
  }

  /**
   * Returns what happens when it is asked for traffic.
   *
   * @return the script
   */
  public Script<BandwidthReading> onBandwidth() {
    return bandwidthScript;
  }

  /**
   * Returns what happens when it is asked for ports.
   *
   * @return the script
   */
  public Script<List<Box>> onPorts() {
    return portScript;
  }

  /**
   * Returns what happens when it is asked for the limits in force.
   *
   * @return the script; untold it answers what was applied
   */
  public Script<List<LimitInForce>> onLimits() {
    return limitScript;
  }

  /**
   * Returns what happens when it is asked to apply a limit.
   *
   * @return the script; untold it does so, unless the device has no address. A failure comes out as
   *     {@link LimitOutcome.Failed}, and that it cannot as {@link LimitOutcome.Refused}
   */
  public Script<LimitOutcome> onApply() {
    return applyScript;
  }

  /**
   * Lets every capability fail from now on, as when the box is gone.
   *
   * @param kind how
   * @param detail what happened
   * @return this
   */
  public FakeSource fails(FailureKind kind, String detail) {
    deviceScript.fails(kind, detail);
    bandwidthScript.fails(kind, detail);
    portScript.fails(kind, detail);
    limitScript.fails(kind, detail);
    applyScript.fails(kind, detail);
    return this;
  }

  /**
   * Sets how often every capability wants to be asked.
   *
   * @param wanted the cadence
   * @return this
   */
  public FakeSource cadence(Cadence wanted) {
    deviceScript.cadence(wanted);
    bandwidthScript.cadence(wanted);
    portScript.cadence(wanted);
    limitScript.cadence(wanted);
    return this;
  }

  /**
   * Sets what is asked for the findings; it may throw.
   *
   * @param wanted gives the findings
   * @return this
   */
  public FakeSource findings(Supplier<List<Finding>> wanted) {
    findings = wanted;
    return this;
  }

  /**
   * Sets what is asked for the cost; it may throw.
   *
   * @param wanted gives the cost
   * @return this
   */
  public FakeSource cost(Supplier<Cost> wanted) {
    cost = wanted;
    return this;
  }

  /**
   * Sets what else happens at each rescan.
   *
   * @param action what is done, on the caller's thread; it may throw
   * @return this
   */
  public FakeSource onRescan(Runnable action) {
    onRescan = action;
    return this;
  }

  /**
   * Sets what else happens at each closing.
   *
   * @param action what is done, on the caller's thread; it may throw or block
   * @return this
   */
  public FakeSource onClose(Runnable action) {
    onClose = action;
    return this;
  }

  /**
   * Returns every limit that was asked for, in order.
   *
   * @return the limits
   */
  public List<Limit> asked() {
    return List.copyOf(asked);
  }

  /**
   * Returns how often a rescan was asked for.
   *
   * @return a count
   */
  public int rescans() {
    return rescans.get();
  }

  /**
   * Returns how often it was closed.
   *
   * @return a count
   */
  public int closings() {
    return closings.get();
  }

  @Override
  public Optional<DeviceSource> devices() {
    return offers(Capability.DEVICES, new Devices());
  }

  @Override
  public Optional<BandwidthSource> bandwidth() {
    return offers(Capability.BANDWIDTH, new Bandwidth());
  }

  @Override
  public Optional<PortSource> ports() {
    return offers(Capability.PORTS, new Ports());
  }

  @Override
  public Optional<LimitController> limits() {
    return offers(Capability.LIMITS, new Limits());
  }

  @Override
  public List<Finding> findings() {
    return findings.get();
  }

  @Override
  public Cost cost() {
    return cost.get();
  }

  @Override
  public void close() {
    closings.incrementAndGet();
    onClose.run();
  }

  private <C> Optional<C> offers(Capability capability, C how) {
    return offered.contains(capability) ? Optional.of(how) : Optional.empty();
  }

  List<LimitInForce> inForce() {
    return limits.values().stream()
        .sorted(Comparator.comparing(one -> one.limit().device().toString()))
        .toList();
  }

  private LimitOutcome keepLast() {
    Limit limit = new ArrayList<>(asked).getLast();
    if (limit.isUnlimited()) {
      limits.remove(limit.device());
      return new LimitOutcome.Applied(null);
    }
    if (limit.addresses().isEmpty()) {
      return new LimitOutcome.Refused("the device has no address at the moment");
    }
    LimitInForce made = new LimitInForce(limit, true, null, true);
    limits.put(limit.device(), made);
    return new LimitOutcome.Applied(made);
  }

  private final class Devices implements DeviceSource {
    @Override
    public Poll<List<Sighting>> devices() throws InterruptedException {
      return deviceScript.call();
    }

    @Override
    public void rescan() {
      rescans.incrementAndGet();
      onRescan.run();
    }

    @Override
    public Cadence cadence() {
      return deviceScript.cadence();
    }
  }

  private final class Bandwidth implements BandwidthSource {
    @Override
    public Poll<BandwidthReading> bandwidth() throws InterruptedException {
      return bandwidthScript.call();
    }

    @Override
    public Cadence cadence() {
      return bandwidthScript.cadence();
    }
  }

  private final class Ports implements PortSource {
    @Override
    public Poll<List<Box>> ports() throws InterruptedException {
      return portScript.call();
    }

    @Override
    public Cadence cadence() {
      return portScript.cadence();
    }
  }

  private final class Limits implements LimitController {
    @Override
    public Poll<List<LimitInForce>> limits() throws InterruptedException {
      return limitScript.call();
    }

    @Override
    @SuppressWarnings("NullAway") // a fake may break the rule that an outcome is never null
    public LimitOutcome apply(Limit limit) throws InterruptedException {
      asked.add(limit);
      Poll<LimitOutcome> outcome = applyScript.call();
      return switch (outcome) {
        case null -> null;
        case Poll.Ok<LimitOutcome>(LimitOutcome value) -> value;
        case Poll.Unsupported<LimitOutcome>(String reason) -> new LimitOutcome.Refused(reason);
        case Poll.Failed<LimitOutcome>(FailureKind kind, String detail) ->
            new LimitOutcome.Failed(kind, detail);
      };
    }

    @Override
    public Cadence cadence() {
      return limitScript.cadence();
    }
  }
}
