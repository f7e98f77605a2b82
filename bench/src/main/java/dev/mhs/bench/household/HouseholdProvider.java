package dev.mhs.bench.household;

import dev.mhs.core.spi.SettingException;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.core.spi.SourceProvider;

/** Opens the made-up household; the setting {@code devices} says how large it is. */
public final class HouseholdProvider implements SourceProvider {
  /** The type, and without further configuration the name, of the source. */
  public static final String TYPE = "household";

  /** The setting that says how many devices there are. */
  public static final String DEVICES = "devices";

  private static final int MOST = 4000;

  /** Called by the service loader. */
  public HouseholdProvider() {}

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public int priority() {
    return 500;
  }

  @Override
  public Source open(SourceContext context) {
    String text = context.settings().text(DEVICES).orElse("50");
    if (!text.matches("\\d{1,4}") || Integer.parseInt(text) > MOST) {
      throw new SettingException(
          DEVICES + " is \"" + text + "\", but must be a number from 0 to " + MOST);
    }
    return new HouseholdSource(new Household(Integer.parseInt(text)), context);
  }
}
