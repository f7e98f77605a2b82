package dev.mhs.source.routeros;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.FailureKind;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.LimitOutcome;
import dev.mhs.api.Poll;
import dev.mhs.core.spi.LimitController;
import dev.mhs.source.routeros.client.Gathering;
import dev.mhs.source.routeros.client.Menu;
import dev.mhs.source.routeros.limit.FastTrack;
import dev.mhs.source.routeros.limit.LimitMapper;
import dev.mhs.source.routeros.limit.Queue;
import dev.mhs.source.routeros.parse.Prefix;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.parse.Row;
import dev.mhs.source.routeros.parse.UpDown;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Slows devices down with simple queues. What stands in the router is the truth; queues that others
 * made are read and never written.
 */
final class RouterLimits implements LimitController {
  private final Router router;
  private final QueueWriter writer;

  /** What the router says about queues at one moment. */
  private record View(List<Queue> queues, LimitMapper mapper) {
    List<Queue> ofOurs(Limit limit) {
      return queues.stream().filter(queue -> queue.isOurs() && isOf(queue, limit)).toList();
    }

    private boolean isOf(Queue queue, Limit limit) {
      boolean namesAnother =
          queue.markedMac() != null && !limit.device().equals(mapper.device(queue));
      return limit.device().equals(mapper.device(queue))
          || (!namesAnother
              && limit.addresses().stream()
                  .anyMatch(one -> queue.name().equals(Queue.nameOf(one))));
    }

    Optional<LimitInForce> ours(DeviceKey device) {
      return mapper.limits().stream()
          .filter(limit -> limit.ours() && limit.limit().device().equals(device))
          .findFirst();
    }
  }

  RouterLimits(Router router) {
    this.router = router;
    this.writer = new QueueWriter(router.session());
  }

  @Override
  public Poll<List<LimitInForce>> limits() throws InterruptedException {
    return switch (view()) {
      case Poll.Ok<View>(View view) -> new Poll.Ok<>(view.mapper.limits());
      case Poll.Failed<View>(FailureKind kind, String detail) -> new Poll.Failed<>(kind, detail);
      case Poll.Unsupported<View>(String reason) -> new Poll.Unsupported<>(reason);
    };
  }

  @Override
  public LimitOutcome apply(Limit limit) throws InterruptedException {
    if (!limit.isUnlimited() && limit.addresses().isEmpty()) {
      return new LimitOutcome.Refused(
          "the device has no address at the moment, by which the router could know it");
    }
    return switch (view()) {
      case Poll.Ok<View>(View view) -> limit.isUnlimited() ? remove(limit, view) : set(limit, view);
      case Poll.Failed<View>(FailureKind kind, String detail) ->
          new LimitOutcome.Failed(kind, detail);
      case Poll.Unsupported<View>(String reason) -> new LimitOutcome.Refused(reason);
    };
  }

  private Poll<View> view() throws InterruptedException {
    Gathering gathering = router.gather();
    router.lan(gathering);
    List<Queue> queues = Queue.of(gathering.need(Menu.QUEUE, Duration.ZERO).rows());
    Duration rulesAge = queues.isEmpty() ? Router.SETTLED : Router.FRESH;
    FastTrack fastTrack =
        FastTrack.of(
            gathering.ifThere(Menu.FILTER, rulesAge).rows(),
            gathering.ifThere(Menu.FILTER6, Router.SETTLED).rows(),
            gathering.ifThere(Menu.IP_SETTINGS, Router.SETTLED).rows());
    LimitMapper mapper = new LimitMapper(queues, fastTrack, router.book());
    return router.ended(gathering, gathering.answer(() -> new View(queues, mapper)));
  }

  private LimitOutcome set(Limit limit, View view) throws InterruptedException {
    List<Queue> before = view.ofOurs(limit);
    Map<String, String> values = values(limit, view, before);
    RouterReply<Row> reply =
        before.isEmpty() ? writer.add(values) : writer.change(before.getFirst().id(), values);
    // Two queues for one device: the later one would never be used.
    for (Queue extra : before.subList(Math.min(1, before.size()), before.size())) {
      writer.remove(extra.id());
    }
    // An error does not mean that nothing was changed, nor success that all was: read back.
    if (!(view() instanceof Poll.Ok<View>(View after))) {
      return unconfirmed(reply);
    }
    Optional<Queue> made =
        after.ofOurs(limit).stream().filter(queue -> isAsWanted(queue, limit)).findFirst();
    if (made.isPresent()) {
      return new LimitOutcome.Applied(after.ours(limit.device()).orElse(null));
    }
    return before.isEmpty() ? takenBack(limit, after, reply) : refused(reply);
  }

  private LimitOutcome remove(Limit limit, View view) throws InterruptedException {
    RouterReply<Row> last = new RouterReply.Answer<>(List.of());
    for (Queue queue : view.ofOurs(limit)) {
      RouterReply<Row> reply = writer.remove(queue.id());
      if (reply instanceof RouterReply.Failed<Row>) {
        last = reply;
      }
    }
    if (!(view() instanceof Poll.Ok<View>(View after))) {
      return unconfirmed(last);
    }
    return after.ofOurs(limit).isEmpty() ? new LimitOutcome.Applied(null) : refused(last);
  }

  /** What was created but is not what was wanted is removed again: no half of a change stays. */
  private LimitOutcome takenBack(Limit limit, View after, RouterReply<Row> reply)
      throws InterruptedException {
    for (Queue wrong : after.ofOurs(limit)) {
      writer.remove(wrong.id());
    }
    return refused(reply);
  }

  private static Map<String, String> values(Limit limit, View view, List<Queue> before) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("name", name(limit, view, before));
    values.put(
        "target",
        limit.addresses().stream().map(RouterLimits::single).collect(Collectors.joining(",")));
    values.put("max-limit", new UpDown(limit.upload(), limit.download()).text());
    values.put("comment", Queue.mark(limit.device()));
    values.put("disabled", "no");
    return values;
  }

  /** The name of the first address, unless a queue of somebody else has it already. */
  private static String name(Limit limit, View view, List<Queue> before) {
    InetAddress first = limit.addresses().stream().min(IpLiteral.ORDER).orElseThrow();
    String name = Queue.nameOf(first);
    boolean isTaken =
        view.queues.stream()
            .anyMatch(queue -> queue.name().equals(name) && !before.contains(queue));
    return isTaken ? name + "-" + limit.device().toString().replaceAll("[^0-9a-f]", "") : name;
  }

  private static boolean isAsWanted(Queue queue, Limit limit) {
    List<InetAddress> targets = queue.targets().stream().map(Prefix::base).toList();
    return !queue.disabled()
        && queue.limits().equals(new UpDown(limit.upload(), limit.download()))
        && new HashSet<>(targets).equals(new HashSet<>(limit.addresses()));
  }

  private static String single(InetAddress address) {
    return new Prefix(address, address.getAddress().length * 8).toString();
  }

  private static LimitOutcome unconfirmed(RouterReply<Row> reply) {
    return reply instanceof RouterReply.Failed<Row>(FailureKind kind, String detail)
        ? new LimitOutcome.Failed(kind, detail)
        : new LimitOutcome.Failed(
            FailureKind.UNREACHABLE, "the router took the change, but then did not answer");
  }

  private static LimitOutcome refused(RouterReply<Row> reply) {
    return switch (reply) {
      case RouterReply.Failed<Row>(FailureKind kind, String detail) ->
          kind == FailureKind.REFUSED || kind == FailureKind.NOT_PERMITTED
              ? new LimitOutcome.Refused(detail)
              : new LimitOutcome.Failed(kind, detail);
      case RouterReply.Absent<Row>(String detail) -> new LimitOutcome.Refused(detail);
      case RouterReply.Answer<Row> answer ->
          new LimitOutcome.Refused("the router did not keep the limit as it was asked for");
    };
  }
}
