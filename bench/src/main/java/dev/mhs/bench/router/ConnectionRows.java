package dev.mhs.bench.router;

import dev.mhs.api.Moment;
import dev.mhs.source.routeros.map.AddressBook;
import dev.mhs.source.routeros.map.Lan;
import dev.mhs.source.routeros.map.Wan;
import dev.mhs.source.routeros.parse.Prefix;
import dev.mhs.source.routeros.parse.ReplyParser;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.traffic.Connection;
import dev.mhs.source.routeros.traffic.ConnectionLedger;
import dev.mhs.source.routeros.traffic.FastTrackCalibration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads connection tables as the RouterOS source does, from the bytes of the answer to the usage of
 * each device, and prints what each reading cost. A process of its own, so that it has the heap and
 * the compiler of a small installation.
 */
public final class ConnectionRows {
  private static final int WARM_UP = 40;
  private static final int READINGS = 9;
  private static final int DEVICES = 50;

  private final ReplyParser parser = new ReplyParser();
  private final ConnectionLedger ledger = new ConnectionLedger();
  private final AddressBook book = new AddressBook();
  private final FastTrackCalibration calibration =
      new FastTrackCalibration(FastTrackCalibration.Verdict.INCLUSIVE);
  private final Lan lan =
      new Lan(
          List.of(Prefix.parse("192.168.88.1/24").orElseThrow()),
          Set.of(),
          new Wan(Set.of("ether1"), Set.of(), "benchmark"));

  private ConnectionRows() {}

  /**
   * Prints a line for each reading: processor time in milliseconds, and megabytes allocated.
   *
   * @param arguments how many rows
   * @throws IOException never, since the answer lies in memory
   */
  public static void main(String[] arguments) throws IOException {
    ConnectionRows rows = new ConnectionRows();
    int count = Integer.parseInt(arguments[0]);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int reading = 0; reading < WARM_UP + READINGS; reading++) {
      byte[] answer = answer(count, reading);
      long bytes = threads.getCurrentThreadAllocatedBytes();
      long nanos = threads.getCurrentThreadCpuTime();
      rows.read(answer, reading);
      double took = (threads.getCurrentThreadCpuTime() - nanos) / 1e6;
      double allocated = (threads.getCurrentThreadAllocatedBytes() - bytes) / 1e6;
      if (reading >= WARM_UP) {
        System.out.printf(Locale.ROOT, "%.3f %.3f%n", took, allocated);
      }
    }
  }

  private void read(byte[] answer, int reading) throws IOException {
    RouterReply<Connection> reply =
        parser.parse(new ByteArrayInputStream(answer), new Connection.Reader(), 20_000);
    if (!(reply instanceof RouterReply.Answer<Connection>(List<Connection> connections))) {
      throw new IllegalStateException(reply.toString());
    }
    ledger.enter(
        List.of(new ConnectionLedger.Table("ip/firewall/connection", connections)),
        new Moment(Instant.EPOCH, reading * 2_000_000_000L),
        lan,
        book,
        calibration);
  }

  /** Writes an answer as RouterOS does; each time one connection in twenty is another. */
  private static byte[] answer(int rows, int reading) {
    StringBuilder json = new StringBuilder(rows * 280).append('[');
    for (int row = 0; row < rows; row++) {
      int port = 1_024 + (row % 20 == reading % 20 ? row + reading : row) % 60_000;
      String server = "198.51." + row % 200 + "." + (row % 250 + 1);
      json.append(row == 0 ? "" : ",")
          .append("{\".id\":\"*")
          .append(Integer.toHexString(row).toUpperCase(Locale.ROOT));
      field(json, "dst-address", server);
      field(json, "dst-port", "443");
      field(json, "orig-bytes", Long.toString(1_000L + reading * 700L + row));
      field(json, "orig-fasttrack-bytes", Long.toString(900L + reading * 650L));
      field(json, "protocol", "tcp");
      field(json, "repl-bytes", Long.toString(123_456L + reading * 90_000L));
      field(json, "repl-fasttrack-bytes", Long.toString(120_000L + reading * 89_000L));
      field(json, "reply-src-address", server);
      field(json, "src-address", "192.168.88." + (10 + row % DEVICES));
      field(json, "src-port", Integer.toString(port));
      json.append("\"}");
    }
    return json.append(']').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void field(StringBuilder json, String key, String value) {
    json.append("\",\"").append(key).append("\":\"").append(value);
  }
}
