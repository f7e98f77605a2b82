package dev.mhs.source.routeros;

import dev.mhs.api.Box;
import dev.mhs.api.Cost;
import dev.mhs.core.spi.BandwidthSource;
import dev.mhs.core.spi.DeviceSource;
import dev.mhs.core.spi.PortSource;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.source.routeros.client.RouterSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One session to one box. */
final class RouterOsSource implements Source {
  private final SourceContext context;
  private final RouterOsSettings settings;
  private final Router router;
  private final @Nullable RouterBandwidth bandwidth;

  RouterOsSource(SourceContext context, RouterOsSettings settings, RouterSession session) {
    this.context = context;
    this.settings = settings;
    this.router = new Router(session, context.time(), settings.role() == Box.Role.ROUTER);
    this.bandwidth =
        settings.role() == Box.Role.ROUTER ? new RouterBandwidth(router, context.storage()) : null;
  }

  @Override
  public Optional<DeviceSource> devices() {
    return settings.devices() ? Optional.of(new RouterDevices(router)) : Optional.empty();
  }

  @Override
  public Optional<BandwidthSource> bandwidth() {
    return Optional.ofNullable(bandwidth);
  }

  @Override
  public Optional<PortSource> ports() {
    return Optional.of(new RouterPorts(router, context.id().name(), settings.role()));
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
