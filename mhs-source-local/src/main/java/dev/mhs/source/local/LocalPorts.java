package dev.mhs.source.local;

import dev.mhs.api.Box;
import dev.mhs.api.FailureKind;
import dev.mhs.api.Moment;
import dev.mhs.api.Poll;
import dev.mhs.api.Port;
import dev.mhs.core.spi.PortSource;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.source.local.read.LocalInterface;
import dev.mhs.source.local.read.OshiCounters;
import dev.mhs.source.local.read.OwnAddress;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the interfaces of this machine do. A bridge and its members are all listed, each with
 * its type; the household's line is one interface, so that nothing is added up and counted twice.
 */
final class LocalPorts implements PortSource {
  private static final String ID = "local";

  private final Machine machine;
  private final FindingBoard board;
  private final TimeSource time;
  private final PortReader reader;
  private final @Nullable String model;

  LocalPorts(Machine machine, FindingBoard board, TimeSource time) {
    this.machine = machine;
    this.board = board;
    this.time = time;
    reader = new PortReader(machine);
    model = machine.files().model();
  }

  @Override
  public Poll<List<Box>> ports() {
    Set<String> addressed;
    try {
      addressed =
          machine.addresses().read().stream()
              .map(OwnAddress::interfaceName)
              .collect(Collectors.toSet());
    } catch (IOException refused) {
      return new Poll.Failed<>(
          FailureKind.REFUSED, "the kernel does not tell its addresses: " + refused.getMessage());
    }
    String wan = machine.files().wanInterface();
    Map<String, LocalInterface> all = machine.catalog().read();
    List<LocalInterface> shown =
        all.values().stream()
            .filter(one -> InterfaceChoice.isPort(one, addressed.contains(one.name()), wan))
            .sorted(Comparator.comparingInt(LocalInterface::index))
            .toList();
    List<PortReading> readings = reader.read(shown);
    Moment at = time.moment();
    if (machine.counters() instanceof OshiCounters oshi) {
      board.replace(FindingBoard.Topic.COUNTERS, LocalFindings.counters(oshi.trouble()));
    }
    List<Port> ports =
        readings.stream().map(each -> each.toPort(each.port().name().equals(wan))).toList();
    String name = machine.files().hostName().orElse(ID);
    return new Poll.Ok<>(List.of(new Box(ID, name, model, Box.Role.HOST, at, ports)));
  }
}
