package dev.mhs.server.rest;

import dev.mhs.api.Capability;
import dev.mhs.api.Device;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.DeviceState;
import dev.mhs.api.FailureKind;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.LimitOutcome;
import dev.mhs.api.Snapshot;
import dev.mhs.core.engine.Engine;
import dev.mhs.server.wire.LimitsJson;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Slowing devices down. An answer is given after the box was read back, not before. Any thread. */
public final class LimitsApi implements HttpService {
  private final Engine engine;

  /**
   * Makes the service.
   *
   * @param engine what it reads and commands
   */
  public LimitsApi(Engine engine) {
    this.engine = engine;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get(
        "/", (request, response) -> Json.send(response, LimitsJson.all(engine.latest().limits())));
    rules.get("/{device}", this::one);
    rules.post("/{device}", this::set);
    rules.delete("/{device}", this::remove);
  }

  private void one(ServerRequest request, ServerResponse response) {
    DeviceKey key = DevicePath.key(request, "device");
    Snapshot snapshot = engine.latest();
    Target target = target(snapshot, key).orElseThrow(() -> DevicePath.unknown(key));
    Json.send(
        response,
        LimitsJson.one(
            target.address(), target.device(), target.limit(), snapshot.source(Capability.LIMITS)));
  }

  private void set(ServerRequest request, ServerResponse response) throws InterruptedException {
    DeviceKey key = DevicePath.key(request, "device");
    LimitRequest wanted = LimitRequest.parse(Body.of(request));
    Target target = target(engine.latest(), key).orElseThrow(() -> DevicePath.unknown(key));
    Limit limit =
        new Limit(target.device(), target.addresses(), wanted.download(), wanted.upload());
    apply(response, target, limit, Requester.of(request));
  }

  private void remove(ServerRequest request, ServerResponse response) throws InterruptedException {
    DeviceKey key = DevicePath.key(request, "device");
    Target target = target(engine.latest(), key).orElse(new Target(key, List.of(), null));
    Limit none = new Limit(target.device(), target.addresses(), null, null);
    apply(response, target, none, Requester.of(request));
  }

  private void apply(ServerResponse response, Target target, Limit limit, String by)
      throws InterruptedException {
    LimitOutcome outcome =
        engine
            .commands()
            .limit(limit, by)
            .orElseThrow(() -> new Problem(503, "No source in use can limit a device."));
    switch (outcome) {
      case LimitOutcome.Applied applied ->
          Json.send(response, LimitsJson.applied(target.address(), applied));
      case LimitOutcome.Refused refused -> throw new Problem(502, refused.detail());
      case LimitOutcome.Incomplete incomplete ->
          throw new Problem(status(incomplete.kind()), half(incomplete, limit.isUnlimited()));
      case LimitOutcome.Failed failed -> throw new Problem(status(failed.kind()), failed.detail());
    }
  }

  private static int status(FailureKind kind) {
    return kind == FailureKind.TIMED_OUT ? 504 : 502;
  }

  private static String half(LimitOutcome.Incomplete incomplete, boolean isRemoval) {
    String left =
        incomplete.left().isEmpty() ? "" : "; left are: " + String.join("; ", incomplete.left());
    return ended(incomplete.detail())
        + (isRemoval ? " The limit could not be removed" : " It could not be taken back")
        + " whole yet"
        + left
        + ". MHS goes on trying.";
  }

  /** A box's own words may end like a sentence, or not. */
  private static String ended(String words) {
    return words.endsWith(".") ? words : words + ".";
  }

  /** What a path means: a device that is known, or one that is gone but still limited. */
  private record Target(
      DeviceKey device, List<InetAddress> addresses, @Nullable LimitInForce limit) {
    @Nullable InetAddress address() {
      return addresses.isEmpty() ? null : addresses.getFirst();
    }
  }

  private static Optional<Target> target(Snapshot snapshot, DeviceKey key) {
    Optional<DeviceState> known = DevicePath.find(snapshot, key);
    if (known.isPresent()) {
      Device device = known.get().device();
      return Optional.of(new Target(device.key(), device.addresses(), known.get().limit()));
    }
    return snapshot.limits().stream()
        .filter(one -> isFor(one.limit(), key))
        .findFirst()
        .map(one -> new Target(one.limit().device(), one.limit().addresses(), one));
  }

  private static boolean isFor(Limit limit, DeviceKey key) {
    return limit.device().equals(key)
        || (key instanceof DeviceKey.ByAddress(InetAddress address)
            && limit.addresses().contains(address));
  }
}
