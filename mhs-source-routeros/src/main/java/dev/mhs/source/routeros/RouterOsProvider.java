package dev.mhs.source.routeros;

import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.core.spi.SourceProvider;
import dev.mhs.source.routeros.client.RestSession;

/** Opens sources for MikroTik boxes with RouterOS 7, routers and switches alike. */
public final class RouterOsProvider implements SourceProvider {
  /** For {@link java.util.ServiceLoader}. */
  public RouterOsProvider() {}

  @Override
  public String type() {
    return "routeros";
  }

  @Override
  public String vendor() {
    return "MikroTik";
  }

  @Override
  public int priority() {
    return 100;
  }

  @Override
  public Source open(SourceContext context) {
    RouterOsSettings settings = RouterOsSettings.of(context.settings(), context.storage());
    RestSession session =
        new RestSession(
            settings.endpoint(),
            settings.credentials(),
            settings.trust(),
            context.time(),
            RestSession.HARD_LIMIT);
    return new RouterOsSource(context, settings, session);
  }
}
