package dev.mhs.server.wire;

import dev.mhs.core.alert.AlertDesk;
import dev.mhs.core.alert.AlertMessage;
import dev.mhs.core.alert.AlertSettings;
import dev.mhs.core.alert.AlertWords;
import dev.mhs.core.alert.ChannelStatus;
import dev.mhs.core.alert.Delivery;
import dev.mhs.core.journal.Notice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes alerts: how they fare, and what a webhook gets ({@code docs/alert.schema.json}). */
public final class AlertsJson {
  private static final String SCHEMA = "mhs-alert/1";

  private AlertsJson() {}

  /**
   * Returns a message as a webhook gets it.
   *
   * @param message the message
   * @param version the version of MHS
   * @param host the name of this machine
   */
  public static String message(AlertMessage message, String version, String host) {
    return text(
        JsonFields.object(
            json -> {
              json.text("schema", SCHEMA).text("id", message.id());
              json.text("kind", SnapshotJson.word(message.kind())).time("ts", message.at());
              json.text("version", version).text("host", host);
              json.text("title", message.title()).text("text", message.text());
              json.objects("alerts", message.notices(), AlertsJson::notice);
              json.number("more", message.left());
            }));
  }

  private static void notice(JsonFields json, Notice notice) {
    json.text("kind", SnapshotJson.word(notice.kind())).time("ts", notice.at());
    EventsJson.device(json, notice.device());
    json.seconds("away_seconds", notice.away());
    json.text("text", AlertWords.line(notice));
  }

  /**
   * Returns a message as ntfy gets it, but for the topic.
   *
   * @param message the message
   * @param priority from 1 to 5
   * @param tags words that ntfy shows as pictures
   */
  public static String ntfy(AlertMessage message, int priority, List<String> tags) {
    return text(
        JsonFields.object(
            json -> {
              json.text("title", message.title()).text("message", message.text());
              json.number("priority", priority).texts("tags", tags);
            }));
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  /**
   * Returns how alerts fare in UTF-8.
   *
   * @param settings what is told, and when
   * @param status how it fares
   * @param learningUntil until when no device is new, or null
   */
  public static byte[] status(
      AlertSettings settings, AlertDesk.Status status, @Nullable Instant learningUntil) {
    return JsonFields.object(
        json -> {
          json.flag("configured", settings.isTold());
          json.flag("new_devices", settings.newDevices()).flag("returns", settings.returns());
          json.seconds("grace_seconds", settings.grace());
          json.time("learning_until", learningUntil);
          json.textOf("quiet_hours", settings.quiet()).time("quiet_until", status.quietUntil());
          json.number("held", status.held());
          json.objects("channels", status.channels(), AlertsJson::channel);
          json.objects(
              "findings",
              status.channels().stream().filter(one -> one.problem() != null).toList(),
              AlertsJson::finding);
        });
  }

  private static void channel(JsonFields json, ChannelStatus one) {
    json.text("name", one.name()).text("target", one.target());
    json.text("state", SnapshotJson.word(one.state())).time("since", one.since());
    json.time("last_sent", one.lastSent()).text("problem", one.problem());
    json.number("waiting", one.waiting()).number("sent", one.sent()).number("lost", one.lost());
  }

  private static void finding(JsonFields json, ChannelStatus one) {
    boolean refusing = one.state() == ChannelStatus.State.REFUSING;
    json.text("level", refusing ? "broken" : "lacking");
    json.text(
        "what",
        "Alerts do not arrive by " + one.name() + " at " + one.target() + ": " + one.problem());
    json.text(
        "remedy",
        refusing
            ? "Check the settings alerts." + one.name() + "-…, then send a test."
            : "They are sent again by themselves; " + one.waiting() + " wait.");
  }

  /**
   * Returns what a test led to in UTF-8.
   *
   * @param tested what came back from each channel
   */
  public static byte[] tested(List<AlertDesk.Tested> tested) {
    return JsonFields.object(
        json -> {
          json.flag(
              "ok", tested.stream().allMatch(one -> one.delivery() instanceof Delivery.Delivered));
          json.objects(
              "channels",
              tested,
              (item, one) -> {
                item.text("channel", one.channel());
                item.flag("ok", one.delivery() instanceof Delivery.Delivered);
                item.text("answer", one.delivery().words());
                item.seconds("took_seconds", one.took());
              });
        });
  }
}
