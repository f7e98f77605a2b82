package dev.mhs.server.alert;

import dev.mhs.core.alert.AlertMessage;
import dev.mhs.core.alert.AlertMessage.MessageKind;
import dev.mhs.core.alert.Channel;
import dev.mhs.core.alert.Delivery;
import dev.mhs.core.journal.Notice;
import dev.mhs.core.journal.Notice.NoticeKind;
import dev.mhs.server.config.Settings;
import dev.mhs.server.wire.AlertsJson;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Publishes messages to a topic of ntfy, as JSON to the server's root (ntfy.sh documentation,
 * "Publish as JSON"): no text from the network stands in a header. Any thread.
 */
public final class NtfyChannel implements Channel {
  private static final HeaderName IDEMPOTENCY = HeaderNames.create("Idempotency-Key");

  private final Settings.Ntfy ntfy;
  private final HttpPost post;
  private final String version;

  /**
   * Makes the channel.
   *
   * @param ntfy where to
   * @param version the version of MHS
   * @param clock the wall clock
   */
  public NtfyChannel(Settings.Ntfy ntfy, String version, InstantSource clock) {
    this(ntfy, version, clock, HttpPost.LIMIT);
  }

  NtfyChannel(Settings.Ntfy ntfy, String version, InstantSource clock, Duration limit) {
    this.ntfy = ntfy;
    this.version = version;
    List<String> secrets =
        ntfy.token() == null
            ? List.of(ntfy.topic().reveal())
            : List.of(ntfy.topic().reveal(), ntfy.token().reveal());
    this.post = new HttpPost(URI.create(ntfy.server().reveal()), secrets, clock, limit);
  }

  @Override
  public String name() {
    return "ntfy";
  }

  @Override
  public String target() {
    return post.target();
  }

  @Override
  public String body(AlertMessage message) {
    return AlertsJson.ntfy(message, ntfy.priority(), List.of(tag(message)));
  }

  /** A word that ntfy shows as a picture. */
  private static String tag(AlertMessage message) {
    if (message.kind() == MessageKind.TEST) {
      return "wave";
    }
    List<NoticeKind> kinds = message.notices().stream().map(Notice::kind).toList();
    if (kinds.contains(NoticeKind.DEVICE_GONE)) {
      return "red_circle";
    }
    return kinds.contains(NoticeKind.NEW_DEVICE) ? "new" : "green_circle";
  }

  @Override
  public Delivery deliver(String messageId, String body) throws InterruptedException {
    Map<HeaderName, String> headers = new HashMap<>();
    headers.put(IDEMPOTENCY, messageId);
    headers.put(HeaderNames.USER_AGENT, "MHS/" + version);
    if (ntfy.token() != null) {
      headers.put(HeaderNames.AUTHORIZATION, "Bearer " + ntfy.token().reveal());
    }
    return post.send(headers, withTopic(body).getBytes(StandardCharsets.UTF_8));
  }

  /** The topic is added when a message is sent: what waits goes where the user wants it now. */
  private String withTopic(String body) {
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      return Json.createObjectBuilder(reader.readObject())
          .add("topic", ntfy.topic().reveal())
          .build()
          .toString();
    }
  }
}
