package dev.mhs.source.local;

import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.core.spi.SourceProvider;

/**
 * Opens the local source. Its settings are {@code scan} ({@code active}, {@code passive} or {@code
 * off}) {@code interfaces} (names with commas between them; absent: all that are suitable) and
 * {@code counting} ({@code auto}, {@code nftables}, {@code conntrack}, {@code pcap} or {@code
 * off}).
 *
 * @since 0.1
 */
public final class LocalProvider implements SourceProvider {
  private static final int BEHIND_EVERY_ROUTER = 10;

  /** Makes the provider. */
  public LocalProvider() {}

  @Override
  public String type() {
    return "local";
  }

  @Override
  public String vendor() {
    return "this machine";
  }

  @Override
  public int priority() {
    return BEHIND_EVERY_ROUTER;
  }

  @Override
  public Source open(SourceContext context) {
    LocalSettings settings = LocalSettings.of(context.settings());
    return new LocalSource(
        settings,
        Machine.here(),
        Outside.here(context.time()),
        Machine.kernel(LocalSettings.ways(context.settings()), context::storage),
        context.time());
  }
}
