package dev.mhs.source.local.limit;

import dev.mhs.api.BitRate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How fast a device may be, device's viewpoint.
 *
 * @param download the most it may receive, or null for no limit
 * @param upload the most it may send, or null for no limit
 */
public record Shape(@Nullable BitRate download, @Nullable BitRate upload) {
  /** Not limited at all. */
  public static final Shape FREE = new Shape(null, null);

  /**
   * Tells whether nothing is limited.
   *
   * @return whether both directions are free
   */
  public boolean isFree() {
    return download == null && upload == null;
  }

  @Nullable BitRate of(Direction direction) {
    return switch (direction) {
      case DOWN -> download;
      case UP -> upload;
    };
  }

  /** Puts the directions of each device together. */
  static <K> Map<K, Shape> joined(Collection<Part<K>> parts) {
    Map<K, Shape> shapes = new HashMap<>();
    for (Part<K> part : parts) {
      Shape half =
          switch (part.direction()) {
            case DOWN -> new Shape(part.rate(), null);
            case UP -> new Shape(null, part.rate());
          };
      shapes.merge(part.key(), half, Shape::with);
    }
    return shapes;
  }

  /** One direction of somebody. */
  record Part<K>(K key, Direction direction, BitRate rate) {}

  private Shape with(Shape other) {
    return new Shape(
        download == null ? other.download : download, upload == null ? other.upload : upload);
  }
}
