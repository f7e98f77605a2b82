package dev.mhs.server.config;

import org.jspecify.annotations.Nullable;

/** Reads what is told, and whom. */
final class AlertsReader {
  private AlertsReader() {}

  static Settings.Alerts read(Reading reading) {
    return new Settings.Alerts(
        webhook(reading),
        ntfy(reading),
        reading.value(Keys.ALERT_NEW_DEVICES),
        reading.value(Keys.ALERT_WATCH),
        reading.value(Keys.ALERT_RETURNS),
        reading.value(Keys.ALERT_GRACE),
        reading.value(Keys.ALERT_LEARNING),
        reading.optional(Keys.ALERT_QUIET).orElse(null),
        reading.value(Keys.EVENTS_KEEP));
  }

  private static Settings.@Nullable Webhook webhook(Reading reading) {
    require(reading, Keys.WEBHOOK_SECRET, Keys.WEBHOOK_URL);
    Secret secret = reading.optional(Keys.WEBHOOK_SECRET).orElse(null);
    return reading
        .optional(Keys.WEBHOOK_URL)
        .map(url -> new Settings.Webhook(url, secret))
        .orElse(null);
  }

  private static Settings.@Nullable Ntfy ntfy(Reading reading) {
    require(reading, Keys.NTFY_TOKEN, Keys.NTFY_TOPIC);
    Secret server = reading.value(Keys.NTFY_URL);
    Secret token = reading.optional(Keys.NTFY_TOKEN).orElse(null);
    int priority = reading.value(Keys.NTFY_PRIORITY);
    return reading
        .optional(Keys.NTFY_TOPIC)
        .map(topic -> ntfy(server, topic, token, priority))
        .orElse(null);
  }

  /** A topic that is a whole address names its server, too. */
  private static Settings.Ntfy ntfy(
      Secret server, Secret topic, @Nullable Secret token, int priority) {
    String text = topic.reveal();
    if (!text.contains("/")) {
      return new Settings.Ntfy(server, topic, token, priority);
    }
    int end = text.endsWith("/") ? text.length() - 1 : text.length();
    int slash = text.lastIndexOf('/', end - 1);
    return new Settings.Ntfy(
        new Secret(text.substring(0, slash + 1)),
        new Secret(text.substring(slash + 1, end)),
        token,
        priority);
  }

  private static void require(Reading reading, Key<?> given, Key<?> needed) {
    if (reading.isGiven(given) && !reading.isGiven(needed)) {
      reading.problem(
          given.name()
              + " is given "
              + reading.origin(given)
              + ", but "
              + needed.name()
              + " is not; it is of no use alone.");
    }
  }
}
