package dev.mhs.core.engine;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Throughput;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hears every reading of the source that is chosen for bandwidth, once. */
@FunctionalInterface
public interface TrafficListener {
  /**
   * Bytes were moved. Called on the source's thread; must not block.
   *
   * @param devices what each known device moved
   * @param line what the household's line moved, or null
   */
  void moved(Map<DeviceKey, Throughput> devices, @Nullable Throughput line);
}
