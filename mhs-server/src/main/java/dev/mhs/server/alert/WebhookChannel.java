package dev.mhs.server.alert;

import dev.mhs.core.alert.AlertMessage;
import dev.mhs.core.alert.Channel;
import dev.mhs.core.alert.Delivery;
import dev.mhs.server.config.Settings;
import dev.mhs.server.wire.AlertsJson;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Posts messages as JSON ({@code docs/alert.schema.json}) to an address of the user's, signed where
 * there is a secret. Any thread.
 */
public final class WebhookChannel implements Channel {
  private static final HeaderName IDEMPOTENCY = HeaderNames.create("Idempotency-Key");
  private static final HeaderName SIGNATURE = HeaderNames.create("X-MHS-Signature");
  private static final String HMAC = "HmacSHA256";

  /** A shorter part of a path is a word, as in /hooks/, and needed to understand an answer. */
  private static final int KEY_LENGTH = 8;

  private final HttpPost post;
  private final byte @Nullable [] secret;
  private final String version;
  private final String host;

  /**
   * Makes the channel.
   *
   * @param webhook where to
   * @param version the version of MHS
   * @param host the name of this machine
   * @param clock the wall clock
   */
  public WebhookChannel(
      Settings.Webhook webhook, String version, String host, InstantSource clock) {
    this(webhook, version, host, clock, HttpPost.LIMIT);
  }

  WebhookChannel(
      Settings.Webhook webhook, String version, String host, InstantSource clock, Duration limit) {
    URI address = URI.create(webhook.url().reveal());
    this.post = new HttpPost(address, secrets(address), clock, limit);
    this.secret =
        webhook.secret() == null
            ? null
            : webhook.secret().reveal().getBytes(StandardCharsets.UTF_8);
    this.version = version;
    this.host = host;
  }

  /** Path and query may hold keys; a peer may show them whole, decoded, or one by one. */
  private static List<String> secrets(URI address) {
    List<String> secrets = new ArrayList<>();
    secrets.add(address.toString());
    for (String path : new String[] {address.getRawPath(), address.getPath()}) {
      secrets.add(path);
      Stream.of(path.split("/", -1))
          .filter(one -> one.length() >= KEY_LENGTH)
          .forEach(secrets::add);
    }
    for (String query : new String[] {address.getRawQuery(), address.getQuery()}) {
      if (query != null) {
        secrets.add(query);
        Stream.of(query.split("&", -1))
            .map(pair -> pair.substring(pair.indexOf('=') + 1))
            .forEach(secrets::add);
      }
    }
    secrets.sort(Comparator.comparingInt(String::length).reversed()); // none is part of a longer
    return secrets;
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public String target() {
    return post.target();
  }

  @Override
  public String body(AlertMessage message) {
    return AlertsJson.message(message, version, host);
  }

  @Override
  public Delivery deliver(String messageId, String body) throws InterruptedException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Map<HeaderName, String> headers = new HashMap<>();
    headers.put(IDEMPOTENCY, messageId);
    headers.put(HeaderNames.USER_AGENT, "MHS/" + version);
    if (secret != null) {
      headers.put(SIGNATURE, "sha256=" + signature(secret, bytes));
    }
    return post.send(headers, bytes);
  }

  /** RFC 2104, in lower-case hexadecimal digits. */
  private static String signature(byte[] secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret, HMAC));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has " + HMAC, impossible);
    }
  }
}
