package dev.mhs.server;

import dev.mhs.core.spi.TimeSource;
import dev.mhs.server.connect.Crowd;
import dev.mhs.server.connect.Opening;
import dev.mhs.server.connect.Proxies;
import dev.mhs.server.connect.Reception;
import dev.mhs.server.connect.Upgrades;
import dev.mhs.server.live.LiveRoute;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.time.Duration;

/** How HTTP/1.1 is spoken, and with how many. */
final class Http1 {
  /** Times the connections it must fit into the memory: they may all be half sent. */
  private static final int LONGEST_HEADERS = 8 * 1024;

  private static final int LONGEST_LINE = 4 * 1024;

  /** One that takes nothing of what it asked for, or never ends to ask, must not keep its place. */
  private static final Reception.Patience PATIENCE =
      new Reception.Patience(
          Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(60));

  private Http1() {}

  /**
   * Returns who receives every connection.
   *
   * @param perAddress how many one address may hold; half of them may be live views
   * @param proxies who may hold more
   * @param opening what comes before HTTP
   * @param time the clocks
   */
  static Reception reception(int perAddress, Proxies proxies, Opening opening, TimeSource time) {
    Crowd live = new Crowd(perAddress / 2, address -> false);
    Http1ConnectionSelector http =
        Http1ConnectionSelector.builder()
            .config(
                Http1Config.builder()
                    .maxHeadersSize(LONGEST_HEADERS)
                    .maxPrologueLength(LONGEST_LINE)
                    .addReceiveListener(new OneLength())
                    .build())
            .addUpgrader(new Upgrades(LiveRoute.protocol(), live, proxies))
            .build();
    return new Reception(http, opening, new Crowd(perAddress, proxies::trusts), PATIENCE, time);
  }
}
