package dev.mhs.server.wire;

import dev.mhs.api.IpLiteral;
import dev.mhs.core.event.EventWords;
import dev.mhs.core.journal.Event;
import dev.mhs.core.journal.EventPage;
import dev.mhs.core.journal.Portrait;
import org.jspecify.annotations.Nullable;

/** Writes what happened. */
public final class EventsJson {
  private EventsJson() {}

  /**
   * Returns a page of events in UTF-8.
   *
   * @param page the events
   */
  public static byte[] page(EventPage page) {
    return JsonFields.object(
        json -> {
          json.objects("events", page.events(), EventsJson::event);
          json.text("next", page.more() ? Long.toString(page.events().getLast().number()) : null);
          json.text("problem", page.problem());
        });
  }

  private static void event(JsonFields json, Event event) {
    json.number("id", event.number()).time("ts", event.at());
    json.text("kind", SnapshotJson.word(event.kind()));
    json.text("text", EventWords.sentence(event));
    device(json, event.device());
    json.textOf("source", event.source());
    json.text("was", event.was()).text("became", event.became());
    json.text("by", event.by()).text("detail", event.detail());
  }

  static void device(JsonFields json, @Nullable Portrait device) {
    if (device == null) {
      json.nothing("device");
    } else {
      json.object("device", fields -> portrait(fields, device));
    }
  }

  private static void portrait(JsonFields json, Portrait device) {
    json.text("key", device.key().toString()).textOf("mac", device.mac());
    json.text("ip", device.address() == null ? null : IpLiteral.text(device.address()));
    json.text("name", device.name());
    json.text("alias", device.alias()).text("hostname", device.hostname());
    json.text("vendor", device.vendor());
    json.flag("randomized_mac", device.mac() != null && device.mac().isRandomized());
  }
}
