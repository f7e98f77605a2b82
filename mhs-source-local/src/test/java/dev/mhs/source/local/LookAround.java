package dev.mhs.source.local;

import static dev.mhs.source.local.LocalWorld.ok;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.BitRate;
import dev.mhs.api.DeviceField;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Evidence;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.Poll;
import dev.mhs.api.Port;
import dev.mhs.api.Sighting;
import dev.mhs.core.spi.SourceSettings;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.source.local.read.InterfaceCatalog;
import dev.mhs.source.local.read.KernelNeighborTable;
import dev.mhs.source.local.read.Outcome;
import dev.mhs.source.local.read.OwnAddresses;
import dev.mhs.source.local.read.SysfsCounters;
import dev.mhs.source.local.read.SystemFiles;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The local source as a program that can be started inside a network namespace. It answers each
 * line on its input ({@code devices}, {@code ports}, {@code findings}) with lines and a dot.
 */
final class LookAround {
  static final class RealTime implements TimeSource {
    @Override
    public Instant instant() {
      return Instant.now();
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }
  }

  private LookAround() {}

  public static void main(String[] words) throws Exception {
    SourceSettings said =
        new SourceSettings(
            Map.of("scan", words[0], "counting", words[2], "means", words[4], "leases", words[5]));
    LocalSettings settings = LocalSettings.of(said);
    Machine machine = words[1].equals("proc") ? withoutIp() : Machine.here();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (LocalSource source =
        new LocalSource(
            settings,
            machine,
            Outside.here(new RealTime()),
            Machine.kernel(LocalSettings.ways(said), () -> Path.of(words[3])),
            new RealTime())) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        answer(source, line).forEach(System.out::println);
        System.out.println(".");
      }
    }
  }

  static Machine withoutIp() {
    SystemFiles files = SystemFiles.HERE;
    return new Machine(
        files,
        new InterfaceCatalog(files),
        OwnAddresses.ofThisMachine(),
        new KernelNeighborTable(List.of(), command -> new Outcome.Failed("no ip"), files),
        new SysfsCounters(files));
  }

  private static List<String> answer(LocalSource source, String line) throws InterruptedException {
    return switch (line) {
      case "devices" ->
          ok(source.devices().orElseThrow().devices()).stream().map(LookAround::text).toList();
      case "ports" ->
          ok(source.ports().orElseThrow().ports()).getFirst().ports().stream()
              .map(LookAround::text)
              .toList();
      case "bandwidth" -> text(ok(source.bandwidth().orElseThrow().bandwidth()));
      case "limits" ->
          source.limits().orElseThrow().limits() instanceof Poll.Ok<List<LimitInForce>>(var limits)
              ? limits.stream().map(LookAround::text).toList()
              : List.of("no limits");
      case String wish when wish.startsWith("limit ") ->
          List.of(limit(source, wish.split(" ", -1)));
      case "findings" ->
          source.findings().stream().map(each -> each.what() + " -> " + each.remedy()).toList();
      case "rescan" -> {
        source.devices().orElseThrow().rescan();
        yield List.of();
      }
      default -> throw new IllegalArgumentException(line);
    };
  }

  private static List<String> text(BandwidthReading one) {
    List<String> lines = new ArrayList<>();
    lines.add("method " + one.method());
    one.devices().forEach((key, usage) -> lines.add(key + " " + usage));
    lines.add("line " + one.wan());
    return lines;
  }

  private static String text(Sighting one) {
    String kinds =
        one.evidence().stream()
            .map(Evidence::kind)
            .map(Enum::name)
            .sorted()
            .collect(Collectors.joining(","));
    return one.mac()
        + " "
        + one.addresses().stream().map(InetAddress::getHostAddress).toList()
        + " "
        + kinds
        + " by "
        + one.fields().get(DeviceField.SCAN_METHOD)
        + " name "
        + one.fields().get(DeviceField.HOSTNAME)
        + " vendor "
        + one.fields().get(DeviceField.VENDOR);
  }

  private static String text(LimitInForce one) {
    Limit limit = one.limit();
    return "%s %s down %s up %s %s"
        .formatted(
            limit.device(),
            limit.addresses(),
            limit.download(),
            limit.upload(),
            one.enforced() ? "enforced" : one.reason());
  }

  /** "limit", MAC, address, megabits down, megabits up; 0 is none. */
  private static String limit(LocalSource source, String[] words) throws InterruptedException {
    Limit wish =
        new Limit(
            DeviceKey.parse(words[1]).orElseThrow(),
            List.of(IpLiteral.of(words[2])),
            words[3].equals("0") ? null : BitRate.ofMegabits(Double.parseDouble(words[3])),
            words[4].equals("0") ? null : BitRate.ofMegabits(Double.parseDouble(words[4])));
    return source.limits().orElseThrow().apply(wish).toString();
  }

  private static String text(Port one) {
    return one.name() + " " + one.type() + (one.wan() ? " wan" : "");
  }
}
