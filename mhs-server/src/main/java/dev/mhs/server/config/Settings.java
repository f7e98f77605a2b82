package dev.mhs.server.config;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.SourceId;
import dev.mhs.core.alert.QuietHours;
import dev.mhs.core.engine.SourceSpec;
import dev.mhs.core.history.Retention;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be configured, checked, with defaults filled in. Relative paths are resolved
 * already.
 *
 * @param server how the dashboard and the API are served
 * @param dashboard who may come in, or null when everybody on the network may read
 * @param door how they come in
 * @param dataFolder where MHS keeps what survives a restart; may not exist yet
 * @param pluginsFolder where drop-in sources lie; may not exist
 * @param sources the sources to open, highest in the file first; {@link #disabled} is not among
 *     them
 * @param disabled the names (ids, or types of drop-in sources) that must not be opened
 * @param presence when a device counts as there
 * @param history what is kept of the past
 * @param presets the limits that the dashboard offers, in megabits per second; 0 is no limit
 * @param alerts what is told, and whom
 * @param logLevel how much is logged
 * @param readFrom the files that were read, lowest first, for the log
 */
public record Settings(
    Server server,
    @Nullable Credentials dashboard,
    Door door,
    Path dataFolder,
    Path pluginsFolder,
    List<SourceSpec> sources,
    Set<SourceId> disabled,
    PresenceTimes presence,
    HistorySettings history,
    List<Integer> presets,
    Alerts alerts,
    System.Logger.Level logLevel,
    List<Path> readFrom)
    implements Loaded {

  /** Copies the collections and checks that nothing needed is missing. */
  public Settings {
    requireNonNull(server, "server is null");
    requireNonNull(door, "door is null");
    requireNonNull(dataFolder, "dataFolder is null");
    requireNonNull(pluginsFolder, "pluginsFolder is null");
    requireNonNull(presence, "presence is null");
    requireNonNull(history, "history is null");
    requireNonNull(alerts, "alerts is null");
    requireNonNull(logLevel, "logLevel is null");
    sources = List.copyOf(sources);
    disabled = Set.copyOf(disabled);
    presets = List.copyOf(presets);
    readFrom = List.copyOf(readFrom);
  }

  /**
   * Returns where a browser on this machine finds the server.
   *
   * @param port on which it listens: the one that is configured, or the free one that it took
   */
  public String address(int port) {
    String host = server.host();
    boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
    String shown = host.contains(":") ? "[" + host + "]" : host;
    String scheme = door.tls() instanceof Tls.Off ? "http" : "https";
    return scheme + "://" + (everywhere ? "localhost" : shown) + ":" + port + server.basePath();
  }

  /**
   * How the dashboard and the API are served.
   *
   * @param host the address to listen on
   * @param port the port, 0 for any free one
   * @param pushInterval the time between two snapshots
   * @param allowedHosts further names under which browsers may ask for this server; lower case
   * @param basePath what stands before every path, such as {@code /mhs}; empty for nothing
   * @param demo where the played household of a demo is steered, or null when this is none
   */
  public record Server(
      String host,
      int port,
      Duration pushInterval,
      List<String> allowedHosts,
      String basePath,
      @Nullable String demo) {
    /** Copies the names. */
    public Server {
      requireNonNull(host, "host is null");
      requireNonNull(pushInterval, "pushInterval is null");
      requireNonNull(basePath, "basePath is null");
      allowedHosts = List.copyOf(allowedHosts);
    }
  }

  /**
   * Who may come in.
   *
   * @param user the name
   * @param pass the password
   */
  public record Credentials(String user, Secret pass) {
    /** Checks that both are there. */
    public Credentials {
      requireNonNull(user, "user is null");
      requireNonNull(pass, "pass is null");
    }
  }

  /**
   * How people and programs come in.
   *
   * @param proxies who is believed when they say for whom they ask; loopback need not be named
   * @param connectionsPerAddress how many connections one address may hold
   * @param sessionIdle how long a session lasts without being used
   * @param sessionLongest how long it lasts in any case
   * @param tls whether HTTPS is spoken, and with what
   */
  public record Door(
      List<InetAddress> proxies,
      int connectionsPerAddress,
      Duration sessionIdle,
      Duration sessionLongest,
      Tls tls) {
    /** Copies the addresses. */
    public Door {
      proxies = List.copyOf(proxies);
      requireNonNull(sessionIdle, "sessionIdle is null");
      requireNonNull(sessionLongest, "sessionLongest is null");
      requireNonNull(tls, "tls is null");
    }
  }

  /** Whether HTTPS is spoken, and with what. */
  public sealed interface Tls {
    /** It is not. */
    record Off() implements Tls {}

    /** With a certificate that is made at the first start. */
    record SelfSigned() implements Tls {}

    /**
     * With what is there.
     *
     * @param certificate the file of the certificate and its chain
     * @param key the file of its key
     */
    record Files(Path certificate, Path key) implements Tls {}
  }

  /**
   * When a device counts as there.
   *
   * @param onlineFor how long proof keeps it online
   * @param offlineAfter after how long without proof it is offline; no shorter than the other
   */
  public record PresenceTimes(Duration onlineFor, Duration offlineAfter) {
    /** Checks that both are there. */
    public PresenceTimes {
      requireNonNull(onlineFor, "onlineFor is null");
      requireNonNull(offlineAfter, "offlineAfter is null");
    }
  }

  /**
   * What is kept of the past.
   *
   * @param enabled whether anything is
   * @param retention for how long, by the length of the steps
   */
  public record HistorySettings(boolean enabled, Retention retention) {
    /** Checks that the times are there. */
    public HistorySettings {
      requireNonNull(retention, "retention is null");
    }
  }

  /**
   * What is told, and whom.
   *
   * @param webhook where messages are posted as JSON, or null
   * @param ntfy where messages are published, or null
   * @param newDevices whether devices that were never met are told
   * @param watchAll whether devices that nobody decides about are watched
   * @param returns whether the return of a device that was told to be gone is told
   * @param grace for how long a watched device must be gone
   * @param learning for how long after its first answer all that a source names was there before
   * @param quiet when nobody is to be disturbed, or null
   * @param keepEvents for how long what happened is kept
   */
  public record Alerts(
      @Nullable Webhook webhook,
      @Nullable Ntfy ntfy,
      boolean newDevices,
      boolean watchAll,
      boolean returns,
      Duration grace,
      Duration learning,
      @Nullable QuietHours quiet,
      Duration keepEvents) {
    /** Checks that nothing needed is missing. */
    public Alerts {
      requireNonNull(grace, "grace is null");
      requireNonNull(learning, "learning is null");
      requireNonNull(keepEvents, "keepEvents is null");
    }
  }

  /**
   * Where messages are posted as JSON.
   *
   * @param url an http or https address; it may hold a token, hence is secret
   * @param secret what they are signed with, or null when they are not
   */
  public record Webhook(Secret url, @Nullable Secret secret) {
    /** Checks that there is an address. */
    public Webhook {
      requireNonNull(url, "url is null");
    }
  }

  /**
   * Where messages are published.
   *
   * @param server the http or https address of an ntfy server; it may hold a password
   * @param topic the topic, which is as good as a password
   * @param token an access token, or null
   * @param priority from 1 to 5
   */
  public record Ntfy(Secret server, Secret topic, @Nullable Secret token, int priority) {
    /** Checks that nothing needed is missing. */
    public Ntfy {
      requireNonNull(server, "server is null");
      requireNonNull(topic, "topic is null");
    }
  }
}
