package dev.mhs.server.wire;

import dev.mhs.api.Capability;
import dev.mhs.api.CapabilityStatus;
import dev.mhs.api.Cost;
import dev.mhs.api.Finding;
import dev.mhs.api.Snapshot;
import dev.mhs.api.SourceId;
import dev.mhs.api.SourceStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes how the sources fare. */
public final class SourcesJson {
  private SourcesJson() {}

  /**
   * Returns everything about every source in UTF-8.
   *
   * @param snapshot what is known
   * @param addresses where the boxes are that were configured, by the names of their sources
   */
  public static byte[] sources(Snapshot snapshot, Map<SourceId, String> addresses) {
    return JsonFields.object(
        json -> {
          json.objects(
              "sources",
              snapshot.sources(),
              (one, source) -> full(one, source, snapshot, addresses.get(source.id())));
          SnapshotJson.choices(snapshot, json);
        });
  }

  /** Writes what every message says of a source. */
  static void summary(JsonFields json, SourceStatus source) {
    json.textOf("id", source.id()).text("type", source.type()).text("vendor", source.vendor());
    json.number("priority", source.priority()).text("state", state(source));
    json.texts(
        "capabilities",
        source.capabilities().stream()
            .filter(status -> status.state() != CapabilityStatus.State.UNSUPPORTED)
            .map(status -> SnapshotJson.word(status.capability()))
            .toList());
    json.text("problem", source.problem());
  }

  private static void full(
      JsonFields json, SourceStatus source, Snapshot snapshot, @Nullable String address) {
    summary(json, source);
    json.text("origin", source.origin()).text("address", address);
    json.objects(
        "status", source.capabilities(), (one, status) -> status(one, status, source, snapshot));
    json.objects("findings", source.findings(), SourcesJson::finding);
    json.number("requests", source.cost().requests()).number("bytes", source.cost().bytes());
    json.seconds("polling_seconds", source.cost().polling());
    Cost minute = source.lastMinute();
    json.number("requests_per_minute", minute == null ? null : minute.requests());
    json.number("bytes_per_minute", minute == null ? null : minute.bytes());
    json.seconds("polling_seconds_per_minute", minute == null ? null : minute.polling());
  }

  private static void status(
      JsonFields json, CapabilityStatus status, SourceStatus source, Snapshot snapshot) {
    json.text("capability", SnapshotJson.word(status.capability()));
    json.text("state", SnapshotJson.word(status.state())).text("detail", status.detail());
    json.time("since", status.since()).time("last_answer", status.lastAnswer());
    json.seconds("last_poll_seconds", status.lastPoll());
    json.number("polls", status.polls()).number("failures", status.failures());
    json.flag("chosen", isChosen(status, source, snapshot));
  }

  /** Every box that answers tells about its own ports; all else has one source at a time. */
  private static boolean isChosen(CapabilityStatus status, SourceStatus source, Snapshot snapshot) {
    return status.capability() == Capability.PORTS
        ? status.state() == CapabilityStatus.State.UP
            || status.state() == CapabilityStatus.State.FAILING
        : source.id().equals(snapshot.source(status.capability()));
  }

  private static void finding(JsonFields json, Finding finding) {
    json.text("level", SnapshotJson.word(finding.level()));
    json.text("what", finding.what()).text("remedy", finding.remedy());
  }

  /** One word for a source of several capabilities; what it can never do does not count. */
  private static String state(SourceStatus source) {
    if (source.problem() != null) {
      return "broken";
    }
    List<CapabilityStatus.State> states =
        source.capabilities().stream()
            .map(CapabilityStatus::state)
            .filter(state -> state != CapabilityStatus.State.UNSUPPORTED)
            .toList();
    boolean anyUp =
        states.contains(CapabilityStatus.State.UP)
            || states.contains(CapabilityStatus.State.FAILING);
    boolean anyDown =
        states.contains(CapabilityStatus.State.DOWN)
            || states.contains(CapabilityStatus.State.FAILING);
    if (anyUp) {
      return anyDown ? "degraded" : "up";
    }
    return anyDown ? "down" : "untried";
  }
}
