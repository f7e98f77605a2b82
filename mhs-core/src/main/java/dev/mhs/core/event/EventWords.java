package dev.mhs.core.event;

import dev.mhs.core.journal.Event;
import dev.mhs.core.journal.Portrait;
import org.jspecify.annotations.Nullable;

/** Tells events in words for people. Pure. */
public final class EventWords {
  private EventWords() {}

  /**
   * Returns an event as one sentence.
   *
   * @param event the event
   * @return the sentence
   */
  public static String sentence(Event event) {
    String device = name(event.device());
    String by = event.by() == null ? "" : ", by " + event.by();
    return switch (event.kind()) {
      case JOINED -> device + " joined.";
      case LEFT -> device + " left.";
      case NEW_DEVICE -> "New device: " + device + maker(event.device()) + ".";
      case ADDRESS_CHANGED ->
          device + " has the address " + event.became() + " now, no longer " + event.was() + ".";
      case LIMIT_CHANGED ->
          event.became() == null
              ? "The limit of " + device + " was removed" + by + "."
              : device + " is limited to " + event.became() + by + ".";
      case ALIAS_CHANGED ->
          event.became() == null
              ? event.was() + " is no longer called so" + by + "."
              : device + " is called " + event.became() + " now" + by + ".";
      case SOURCE_FAILED -> "The source " + event.source() + " fails: " + event.detail() + ".";
      case SOURCE_RECOVERED ->
          "The source " + event.source() + " recovered: " + event.detail() + ".";
      case ROUTER_REBOOTED -> "Restarted: " + event.detail() + ".";
    };
  }

  private static String name(@Nullable Portrait device) {
    return device == null ? "" : device.name();
  }

  private static String maker(@Nullable Portrait device) {
    return device == null || device.vendor() == null ? "" : " by " + device.vendor();
  }
}
