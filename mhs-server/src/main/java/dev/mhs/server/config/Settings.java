package dev.mhs.server.config;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.SourceId;
import dev.mhs.core.engine.SourceSpec;
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
 * @param dataFolder where MHS keeps what survives a restart; may not exist yet
 * @param pluginsFolder where drop-in sources lie; may not exist
 * @param sources the sources to open, highest in the file first; {@link #disabled} is not among
 *     them
 * @param disabled the names (ids, or types of drop-in sources) that must not be opened
 * @param presence when a device counts as there
 * @param history what is kept of the past
 * @param presets the limits that the dashboard offers, in megabits per second; 0 is no limit
 * @param alerts where events are sent
 * @param logLevel how much is logged
 * @param readFrom the files that were read, lowest first, for the log
 */
public record Settings(
    Server server,
    @Nullable Credentials dashboard,
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
   * How the dashboard and the API are served.
   *
   * @param host the address to listen on
   * @param port the port, 0 for any free one
   * @param pushInterval the time between two snapshots
   * @param allowedHosts further names under which browsers may ask for this server; lower case
   */
  public record Server(String host, int port, Duration pushInterval, List<String> allowedHosts) {
    /** Copies the names. */
    public Server {
      requireNonNull(host, "host is null");
      requireNonNull(pushInterval, "pushInterval is null");
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
   * @param keep for how long the rows of 30 s are kept
   */
  public record HistorySettings(boolean enabled, Duration keep) {
    /** Checks that the time is there. */
    public HistorySettings {
      requireNonNull(keep, "keep is null");
    }
  }

  /**
   * Where events are sent. Both may hold a token, hence are secret.
   *
   * @param webhookUrl an http or https address, or null for none
   * @param ntfyTopic a topic at ntfy.sh or the address of one elsewhere, or null for none
   */
  public record Alerts(@Nullable Secret webhookUrl, @Nullable Secret ntfyTopic) {}
}
