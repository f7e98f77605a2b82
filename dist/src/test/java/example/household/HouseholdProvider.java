package example.household;

import dev.mhs.core.spi.SettingException;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.core.spi.SourceProvider;
import java.nio.file.Path;

/**
 * Plays a household that stands in a file, one {@link Member} in each line. While the file {@code
 * broken-while} exists, every question fails.
 */
public final class HouseholdProvider implements SourceProvider {
  @Override
  public String type() {
    return "household";
  }

  @Override
  public String vendor() {
    return "Example";
  }

  @Override
  public int priority() {
    return 70;
  }

  @Override
  public Source open(SourceContext context) {
    Path file = path(context, "file");
    return new Household(file, path(context, "broken-while"), context.time());
  }

  private static Path path(SourceContext context, String key) {
    return context
        .settings()
        .text(key)
        .map(Path::of)
        .orElseThrow(() -> new SettingException(key + " must name a file"));
  }
}
