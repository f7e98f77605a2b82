package dev.mhs.source.local;

import dev.mhs.source.local.count.CountingPlan;
import dev.mhs.source.local.parse.DefaultRoute;
import dev.mhs.source.local.read.LocalInterface;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads of this machine where the household's traffic passes. Any thread. */
final class PlaceReader {
  private final LocalSettings settings;
  private final Machine machine;

  PlaceReader(LocalSettings settings, Machine machine) {
    this.settings = settings;
    this.machine = machine;
  }

  CountingPlan read() throws IOException {
    Map<String, LocalInterface> interfaces = machine.catalog().read();
    Set<String> parents = new TreeSet<>();
    Set<String> watched = InterfaceChoice.watched(interfaces, settings.interfaces());
    watched.forEach(name -> parents.addAll(machine.catalog().parents(name)));
    Set<String> uplinks = new TreeSet<>();
    Stream.concat(
            machine.files().ipv4DefaultRoutes().stream(),
            machine.files().ipv6DefaultRoutes().stream())
        .map(DefaultRoute::interfaceName)
        .forEach(uplinks::add);
    return CountingPlan.of(
        new CountingPlan.Place(
            interfaces,
            watched,
            machine.addresses().read(),
            uplinks,
            parents,
            machine.files().forwards(),
            !settings.interfaces().isEmpty()));
  }
}
