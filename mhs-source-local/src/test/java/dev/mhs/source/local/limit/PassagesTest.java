package dev.mhs.source.local.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mhs.api.BitRate;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.source.local.count.Network;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassagesTest {
  private static final DeviceKey TV = DeviceKey.parse("02:00:00:00:00:01").orElseThrow();
  private static final Set<String> SIDES = Set.of("lan0", "lan1");
  private static final ShapingPlace PLACE =
      new ShapingPlace(SIDES, Set.of(), Set.of(Network.of(IpLiteral.of("10.0.0.1"), 24)));

  private final PlayedKernel kernel;

  PassagesTest(@TempDir Path folder) {
    kernel = new PlayedKernel(folder);
    kernel.roots.put("lan0", "noqueue 0:");
    kernel.roots.put("lan1", "noqueue 0:");
  }

  @Test
  void whatIsMetAtSeveralInterfacesIsTheSame() throws InterruptedException {
    KernelShaping shaping = kernel.shaping();
    shaping.apply(PLACE, TV, new Shape(BitRate.ofMegabits(5), BitRate.ofMegabits(2)));

    Map<Lane, Passage> passages = shaping.passages().read(SIDES);

    assertEquals(
        Map.of("down", new Passage(1000, 3028), "up", new Passage(1000, 3028)),
        passages.entrySet().stream()
            .filter(each -> each.getKey().device().equals(TV))
            .collect(
                Collectors.toMap(
                    each -> each.getKey().isDownload() ? "down" : "up", Map.Entry::getValue)));
  }

  @Test
  void aDeviceThatIsFreeAgainHasNoQueue() throws InterruptedException {
    KernelShaping shaping = kernel.shaping();
    shaping.apply(PLACE, TV, new Shape(null, BitRate.ofMegabits(2)));
    assertEquals(1, shaping.passages().read(SIDES).size());

    shaping.apply(PLACE, TV, Shape.FREE);

    assertEquals(Map.of(), shaping.passages().read(SIDES));
  }

  @Test
  void whereNobodyIsLimitedNoProgramIsRun(@TempDir Path folder) throws InterruptedException {
    Passages passages =
        new KernelShaping(
                List.of(folder),
                command -> {
                  throw new AssertionError(command);
                },
                folder)
            .passages();

    assertEquals(Map.of(), passages.read(SIDES));
  }
}
