package dev.mhs.source.routeros;

import dev.mhs.api.Cost;
import dev.mhs.api.Finding;
import dev.mhs.core.spi.BandwidthSource;
import dev.mhs.core.spi.DeviceSource;
import dev.mhs.core.spi.LimitController;
import dev.mhs.core.spi.PortSource;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.source.routeros.client.RouterSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One session to one box: a router offers all four capabilities, a switch its ports and who is
 * behind each.
 */
final class RouterOsSource implements Source {
  private final RouterOsSettings settings;
  private final Router router;
  private final RouterFindings findings;
  private final RouterPorts ports;
  private final @Nullable RouterBandwidth bandwidth;
  private final @Nullable RouterLimits limits;

  RouterOsSource(SourceContext context, RouterOsSettings settings, RouterSession session) {
    this.settings = settings;
    this.router = new Router(session, context.time(), settings.isRouter());
    this.findings = new RouterFindings(router, settings);
    this.ports = new RouterPorts(router, context.id().name(), settings.role());
    this.bandwidth = settings.isRouter() ? new RouterBandwidth(router, context.storage()) : null;
    this.limits =
        settings.isRouter()
            ? new RouterLimits(router, settings.fastTrack(), context.logger())
            : null;
  }

  @Override
  public Optional<DeviceSource> devices() {
    if (!settings.devices()) {
      return Optional.empty();
    }
    return Optional.of(settings.isRouter() ? new RouterDevices(router) : new RouterPlaces(router));
  }

  @Override
  public Optional<BandwidthSource> bandwidth() {
    return Optional.ofNullable(bandwidth);
  }

  @Override
  public Optional<PortSource> ports() {
    return Optional.of(ports);
  }

  @Override
  public Optional<LimitController> limits() {
    return Optional.ofNullable(limits);
  }

  @Override
  public List<Finding> findings() {
    List<Finding> all = new ArrayList<>(findings.all());
    all.addAll(ports.findings());
    if (bandwidth != null) {
      all.addAll(bandwidth.findings());
    }
    if (limits != null) {
      all.addAll(limits.findings());
    }
    return List.copyOf(all);
  }

  @Override
  public Cost cost() {
    return router.session().cost();
  }

  @Override
  public void close() {
    router.session().close();
  }
}
