package dev.mhs.dist;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What iperf3 sent from one machine to another.
 *
 * @param payloadBytes bytes of the datagrams' payload
 * @param packets datagrams
 */
record Traffic(long payloadBytes, long packets) {
  private static final int PAYLOAD_BYTES_EACH = 1400;

  /** Ethernet 14, IPv4 20 and UDP 8: an interface counts them too. */
  private static final int HEADER_BYTES = 42;

  /** Returns the bytes that an interface on the way counts. */
  long interfaceBytes() {
    return payloadBytes + packets * HEADER_BYTES;
  }

  /**
   * Returns the bits per second that an interface on the way counts while so much payload is sent.
   */
  static double interfaceBitsPerSecond(long payloadBitsPerSecond) {
    return payloadBitsPerSecond * (double) (PAYLOAD_BYTES_EACH + HEADER_BYTES) / PAYLOAD_BYTES_EACH;
  }

  /** A transfer under way: datagrams at a constant rate. */
  static final class Transfer {
    private final Process sender;
    private final Path report;

    private Transfer(Process sender, Path report) {
      this.sender = sender;
      this.report = report;
    }

    boolean isUnderWay() {
      return sender.isAlive();
    }

    /** Waits for its end. */
    Traffic sent() throws Exception {
      if (sender.waitFor() != 0) {
        throw new Command.CommandFailed("iperf3: " + Files.readString(report));
      }
      return parse(Files.readString(report));
    }
  }

  /**
   * Starts to send.
   *
   * @param folder takes the reports
   * @param payloadBitsPerSecond how much of payload
   */
  static Transfer start(
      Path folder, Member from, Member to, long payloadBitsPerSecond, Duration duration)
      throws Exception {
    Path log = Files.createTempFile(folder, "iperf3-server", ".log");
    to.namespace().start(log, Map.of(), "iperf3", "-s", "-1", "--forceflush");
    Await.until(
        "iperf3 listens",
        Duration.ofSeconds(10),
        () -> Optional.of(log).filter(Traffic::saysListening));
    Path report = Files.createTempFile(folder, "iperf3-client", ".json");
    String seconds = Long.toString(duration.toSeconds());
    String rate = Long.toString(payloadBitsPerSecond);
    Process sender =
        from.namespace()
            .command("iperf3", "-u", "-J", "-c", to.address(), "-b", rate, "-t", seconds)
            .with("-l", Integer.toString(PAYLOAD_BYTES_EACH))
            .start(report, Map.of());
    return new Transfer(sender, report);
  }

  private static boolean saysListening(Path log) {
    try {
      return Files.readString(log).contains("Server listening");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Newer versions of iperf3 report what was sent apart from what arrived. */
  private static Traffic parse(String report) {
    try (JsonReader reader = Json.createReader(new StringReader(report))) {
      JsonObject end = reader.readObject().getJsonObject("end");
      JsonObject sum = end.getJsonObject(end.containsKey("sum_sent") ? "sum_sent" : "sum");
      return new Traffic(
          sum.getJsonNumber("bytes").longValue(), sum.getJsonNumber("packets").longValue());
    }
  }
}
