package dev.mhs.source.local.limit;

import dev.mhs.api.BitRate;
import dev.mhs.api.DeviceKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the limits for the time when the kernel has lost them all: after a restart of the
 * machine, or when a firewall was reloaded. As long as the kernel holds any, the kernel is right.
 * For one thread.
 */
public final class WishFile {
  private static final String NOTHING = "-";

  private final Supplier<Path> folder;
  private @Nullable Map<DeviceKey, Shape> known;

  /**
   * Makes it; nothing is read yet.
   *
   * @param folder makes the folder in which it is, where that is not there yet
   */
  public WishFile(Supplier<Path> folder) {
    this.folder = folder;
  }

  private Path file() throws IOException {
    try {
      return folder.get().resolve("limits");
    } catch (UncheckedIOException refused) {
      throw refused.getCause();
    }
  }

  /**
   * Returns what is remembered.
   *
   * @return the limits; a line that makes no sense is left out
   * @throws IOException when the file is there and cannot be read
   */
  public Map<DeviceKey, Shape> wishes() throws IOException {
    Map<DeviceKey, Shape> read = known;
    if (read == null) {
      Path file = file();
      read = Files.exists(file) ? parse(Files.readAllLines(file)) : Map.of();
      known = read;
    }
    return read;
  }

  /**
   * Remembers these limits and no others, if they are not remembered already.
   *
   * @param wishes the limits
   * @throws IOException when they cannot be written; then what was remembered still is
   */
  public void remember(Map<DeviceKey, Shape> wishes) throws IOException {
    if (wishes.equals(wishes())) {
      return;
    }
    Path file = file();
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.write(fresh, wishes.entrySet().stream().map(WishFile::line).sorted().toList());
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    known = Map.copyOf(wishes);
  }

  private static String line(Map.Entry<DeviceKey, Shape> one) {
    Shape shape = one.getValue();
    return one.getKey() + " down " + text(shape.download()) + " up " + text(shape.upload());
  }

  private static String text(@Nullable BitRate rate) {
    return rate == null ? NOTHING : Long.toString(rate.bitsPerSecond());
  }

  private static Map<DeviceKey, Shape> parse(List<String> lines) {
    Map<DeviceKey, Shape> wishes = new HashMap<>();
    for (String line : lines) {
      String[] words = line.strip().split(" ", -1);
      if (words.length == 5 && isRate(words[2]) && isRate(words[4])) {
        Shape shape = new Shape(rate(words[2]), rate(words[4]));
        if (!shape.isFree()) {
          DeviceKey.parse(words[0]).ifPresent(key -> wishes.put(key, shape));
        }
      }
    }
    return Map.copyOf(wishes);
  }

  private static boolean isRate(String word) {
    return word.equals(NOTHING) || word.matches("[1-9]\\d{0,14}");
  }

  private static @Nullable BitRate rate(String word) {
    return word.equals(NOTHING) ? null : new BitRate(Long.parseLong(word));
  }
}
