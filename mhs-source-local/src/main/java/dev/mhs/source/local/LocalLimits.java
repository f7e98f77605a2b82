package dev.mhs.source.local;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.FailureKind;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.LimitOutcome;
import dev.mhs.api.Poll;
import dev.mhs.core.spi.LimitController;
import dev.mhs.source.local.count.CountingPlan;
import dev.mhs.source.local.limit.KernelShaping;
import dev.mhs.source.local.limit.Shape;
import dev.mhs.source.local.limit.ShapingPlace;
import dev.mhs.source.local.limit.Standing;
import dev.mhs.source.local.limit.WishFile;
import dev.mhs.source.local.parse.Neighbor;
import dev.mhs.source.local.read.OwnAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Slows devices down where this machine is their gateway. A device is known by its link-layer
 * address, so that its limit holds for all its addresses, of both families, and those to come.
 */
final class LocalLimits implements LimitController {
  private static final String NO_GATEWAY =
      "this machine does not pass on packets of others, so it cannot slow them down";

  private final Machine machine;
  private final PlaceReader places;
  private final KernelShaping shaping;
  private final WishFile wishes;
  private final FindingBoard board;

  LocalLimits(Machine machine, PlaceReader places, Kernel kernel, FindingBoard board) {
    this.machine = machine;
    this.places = places;
    this.shaping = kernel.shaping();
    this.wishes = kernel.wishes();
    this.board = board;
  }

  @Override
  public Poll<List<LimitInForce>> limits() throws InterruptedException {
    board.replace(FindingBoard.Topic.LIMITS, List.of());
    if (!machine.files().forwards()) {
      return new Poll.Unsupported<>(NO_GATEWAY);
    }
    ShapingPlace place;
    try {
      place = place();
    } catch (IOException refused) {
      return new Poll.Failed<>(FailureKind.REFUSED, unknownAddresses(refused));
    }
    if (place.sides().isEmpty()) {
      return new Poll.Unsupported<>("this machine has no interface with a household behind it");
    }
    return switch (shaping.look(place)) {
      case KernelShaping.Look.Standings(Map<DeviceKey, Standing> standings) ->
          new Poll.Ok<>(told(kept(place, standings)));
      case KernelShaping.Look.Unavailable no -> unavailable(no);
    };
  }

  private Poll<List<LimitInForce>> unavailable(KernelShaping.Look.Unavailable no) {
    board.replace(FindingBoard.Topic.LIMITS, LocalFindings.limits(no.why(), no.remedy()));
    return no.kind().needsAPerson()
        ? new Poll.Unsupported<>(no.why())
        : new Poll.Failed<>(no.kind(), no.why());
  }

  /**
   * Keeps what is wished and what is in force the same. The kernel is right, unless it has lost
   * them all: a removal forgets a wish before the limit itself goes.
   */
  private Map<DeviceKey, Standing> kept(ShapingPlace place, Map<DeviceKey, Standing> standings)
      throws InterruptedException {
    try {
      if (standings.isEmpty() && !wishes.wishes().isEmpty()) {
        return restored(place, wishes.wishes());
      }
      Map<DeviceKey, Shape> shapes = new HashMap<>();
      standings.forEach((key, standing) -> shapes.put(key, standing.shape()));
      wishes.remember(shapes);
    } catch (IOException refused) {
      board.replace(FindingBoard.Topic.LIMITS, LocalFindings.forgetful(refused.getMessage()));
    }
    return standings;
  }

  private Map<DeviceKey, Standing> restored(ShapingPlace place, Map<DeviceKey, Shape> wished)
      throws InterruptedException {
    Map<DeviceKey, Standing> standings = new HashMap<>();
    for (Map.Entry<DeviceKey, Shape> each : wished.entrySet()) {
      Shape shape = each.getValue();
      Standing found =
          switch (shaping.apply(place, each.getKey(), shape)) {
            case KernelShaping.Change.Done(@Nullable Standing standing) -> standing;
            case KernelShaping.Change.NotDone(FailureKind kind, String why) ->
                new Standing(shape, null, why);
            case KernelShaping.Change.Half(String why, String left) ->
                new Standing(shape, null, why);
          };
      if (found != null) {
        standings.put(each.getKey(), found);
      }
    }
    return standings;
  }

  private List<LimitInForce> told(Map<DeviceKey, Standing> standings) throws InterruptedException {
    if (standings.isEmpty()) {
      return List.of();
    }
    List<Neighbor> neighbors = machine.neighbors().read().entries();
    List<LimitInForce> told = new ArrayList<>();
    standings.forEach(
        (key, standing) -> told.add(inForce(key, addresses(key, neighbors), standing)));
    return List.copyOf(told);
  }

  private static List<InetAddress> addresses(DeviceKey key, List<Neighbor> neighbors) {
    return switch (key) {
      case DeviceKey.ByAddress(InetAddress address) -> List.of(address);
      case DeviceKey.ByMac byMac ->
          neighbors.stream()
              .filter(each -> byMac.mac().equals(each.mac()))
              .map(Neighbor::address)
              .filter(address -> !address.isLinkLocalAddress())
              .sorted(IpLiteral.ORDER)
              .distinct()
              .toList();
    };
  }

  private static LimitInForce inForce(
      DeviceKey key, List<InetAddress> addresses, Standing standing) {
    Shape shape = standing.shape();
    String trouble = standing.trouble();
    Limit limit = new Limit(key, addresses, shape.download(), shape.upload());
    return new LimitInForce(limit, trouble == null, trouble, true, standing.counted(), null);
  }

  @Override
  public LimitOutcome apply(Limit limit) throws InterruptedException {
    if (!machine.files().forwards()) {
      return new LimitOutcome.Refused(NO_GATEWAY);
    }
    String refusal;
    ShapingPlace place;
    try {
      place = place();
      refusal = limit.isUnlimited() ? null : refusal(limit, place);
    } catch (IOException unknown) {
      return new LimitOutcome.Failed(FailureKind.REFUSED, unknownAddresses(unknown));
    }
    if (refusal != null) {
      return new LimitOutcome.Refused(refusal);
    }
    Shape shape = new Shape(limit.download(), limit.upload());
    if (shape.isFree()) {
      try {
        forget(limit.device());
      } catch (IOException refused) {
        return new LimitOutcome.Failed(
            FailureKind.REFUSED, "the limit cannot be forgotten: " + refused.getMessage());
      }
    }
    return switch (shaping.apply(place, limit.device(), shape)) {
      case KernelShaping.Change.Done(@Nullable Standing standing) -> applied(limit, standing);
      case KernelShaping.Change.NotDone(FailureKind kind, String why) ->
          kind == FailureKind.REFUSED
              ? new LimitOutcome.Refused(why)
              : new LimitOutcome.Failed(kind, why);
      case KernelShaping.Change.Half(String why, String left) ->
          new LimitOutcome.Incomplete(FailureKind.REFUSED, why, List.of(left));
    };
  }

  private LimitOutcome applied(Limit limit, @Nullable Standing standing) {
    if (standing == null) {
      return new LimitOutcome.Applied(null);
    }
    LimitInForce inForce = inForce(limit.device(), limit.addresses(), standing);
    try {
      Map<DeviceKey, Shape> all = new HashMap<>(wishes.wishes());
      all.put(limit.device(), standing.shape());
      wishes.remember(all);
      return new LimitOutcome.Applied(inForce);
    } catch (IOException refused) {
      board.replace(FindingBoard.Topic.LIMITS, LocalFindings.forgetful(refused.getMessage()));
      return new LimitOutcome.Applied(inForce);
    }
  }

  private void forget(DeviceKey key) throws IOException {
    Map<DeviceKey, Shape> others = new HashMap<>(wishes.wishes());
    others.remove(key);
    wishes.remember(others);
  }

  /** Says why a device cannot be slowed down here, or returns null. */
  private @Nullable String refusal(Limit limit, ShapingPlace place) throws IOException {
    if (place.sides().isEmpty()) {
      return "this machine has no interface with a household behind it";
    }
    List<InetAddress> own = machine.addresses().read().stream().map(OwnAddress::address).toList();
    if (limit.addresses().stream().anyMatch(own::contains)) {
      return "this machine itself cannot be slowed down from here";
    }
    boolean isBehind =
        limit.addresses().stream()
            .anyMatch(address -> place.household().stream().anyMatch(each -> each.holds(address)));
    return isBehind
        ? null
        : "the device has no address in a network behind this machine: "
            + new TreeSet<>(place.household())
                .stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  private ShapingPlace place() throws IOException {
    CountingPlan plan = places.read();
    return new ShapingPlace(plan.exits(), plan.trunks(), plan.household());
  }

  private static String unknownAddresses(IOException refused) {
    return "the kernel does not tell its addresses: " + refused.getMessage();
  }
}
