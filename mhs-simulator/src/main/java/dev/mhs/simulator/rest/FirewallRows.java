package dev.mhs.simulator.rest;

import dev.mhs.simulator.world.Addresses;
import dev.mhs.simulator.world.Connection;
import dev.mhs.simulator.world.Habit;
import dev.mhs.simulator.world.Item;
import dev.mhs.simulator.world.Release;
import dev.mhs.simulator.world.Scenario;
import dev.mhs.simulator.world.Table;
import dev.mhs.simulator.world.World;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/** Connections, rules and queues. */
final class FirewallRows {
  private final World world;

  FirewallRows(World world) {
    this.world = world;
  }

  List<Row> connections(boolean six) {
    double now = world.seconds();
    return world.connections().stream()
        .filter(one -> one.isSix() == six)
        .map(one -> connection(one, now))
        .toList();
  }

  List<Row> rules(Table table) {
    return table.items().stream()
        .map(item -> Row.of(item).with("bytes", 0).with("invalid", false).with("packets", 0))
        .toList();
  }

  List<Row> addresses(Table table) {
    return table.items().stream()
        .map(
            item ->
                Row.of(item)
                    .with(
                        "creation-time",
                        Spelling.dateTime(world.time(), world.scenario().release())))
        .toList();
  }

  List<Row> queues() {
    return world.tables().queues().items().stream().map(this::queue).toList();
  }

  private Row queue(Item item) {
    World.QueueCounts counts = world.queueCounts(item.id());
    return Row.of(item)
        .with("bytes", counts.up() + "/" + counts.down())
        .with("dropped", "0/0")
        .with("invalid", isInvalid(item))
        .with("packet-rate", "0/0")
        .with("packets", counts.packetsUp() + "/" + counts.packetsDown())
        .with("queued-bytes", "0/0")
        .with("queued-packets", "0/0")
        .with("rate", counts.rateUp() + "/" + counts.rateDown())
        .with("total-bytes", "0")
        .with("total-packets", "0")
        .with("total-rate", "0");
  }

  /** A target that is neither address nor interface does not exist. */
  private boolean isInvalid(Item item) {
    for (String one : item.text("target").split(",", -1)) {
      boolean isAddress = one.isEmpty() || one.matches("[0-9a-fA-F.:]+/[0-9]+");
      if (!isAddress
          && world.router().ports().stream().noneMatch(port -> port.name().equals(one))) {
        return true;
      }
    }
    return false;
  }

  private Row connection(Connection one, double now) {
    Release release = world.scenario().release();
    boolean isTcp = one.protocol() == Habit.Protocol.TCP;
    boolean isIcmp = one.protocol() == Habit.Protocol.ICMP;
    Row row =
        new Row(one.id())
            .with("confirmed", true)
            .ifSet("assured", one.isStream() || isTcp)
            .with("dstnat", one.isTranslated() && one.isForwarded())
            .with("dying", false)
            .with("expected", false)
            .with("fasttrack", one.isFast())
            .with("hw-offload", false)
            .with(
                "protocol",
                isIcmp && one.isSix() ? "icmpv6" : one.protocol().name().toLowerCase(Locale.ROOT))
            .with("seen-reply", true)
            .with("srcnat", one.isTranslated() && !one.isForwarded())
            .with("timeout", Spelling.duration(one.timeout(now)));
    if (isTcp) {
      row.with("tcp-state", one.isClosed() ? "time-wait" : "established");
    }
    end(row, "src", one.source(), isIcmp ? -1 : one.sourcePort());
    end(row, "dst", one.destination(), isIcmp ? -1 : one.destinationPort());
    end(row, "reply-src", one.replySource(), isIcmp ? -1 : one.destinationPort());
    end(row, "reply-dst", one.replyDestination(), isIcmp ? -1 : one.sourcePort());
    return one.isSix() && !release.countsSix() ? row : counted(row, one);
  }

  private Row counted(Row row, Connection one) {
    boolean adds = world.scenario().counting() == Scenario.Counting.INCLUSIVE;
    long orig = one.slowOrig() + (adds ? one.fastOrig() : 0);
    long repl = one.slowRepl() + (adds ? one.fastRepl() : 0);
    return row.with("orig-bytes", orig)
        .with("orig-packets", packets(orig))
        .with("orig-fasttrack-bytes", one.fastOrig())
        .with("orig-fasttrack-packets", packets(one.fastOrig()))
        .with("orig-rate", 0)
        .with("repl-bytes", repl)
        .with("repl-packets", packets(repl))
        .with("repl-fasttrack-bytes", one.fastRepl())
        .with("repl-fasttrack-packets", packets(one.fastRepl()))
        .with("repl-rate", 0);
  }

  private void end(Row row, String key, InetAddress address, int port) {
    String text = Addresses.text(address);
    boolean joins = world.scenario().release().joinsPorts();
    if (port < 0 || !joins) {
      row.with(key + "-address", text);
    } else {
      boolean six = text.indexOf(':') >= 0;
      row.with(key + "-address", (six ? "[" + text + "]" : text) + ":" + port);
    }
    if (port >= 0 && !joins) {
      row.with(key + "-port", port);
    }
  }

  private static long packets(long bytes) {
    return bytes == 0 ? 0 : 1 + bytes / 1_200;
  }
}
