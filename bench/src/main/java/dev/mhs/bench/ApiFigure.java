package dev.mhs.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long it takes to answer what many scripts ask for at the same time: all devices. */
final class ApiFigure implements Figure {
  private static final int DEVICES = 500;
  private static final int CONNECTIONS = 16;
  private static final int REQUESTS = 4000;
  private static final double BUDGET = 1; // second: 4 000 each second
  private static final int ROUNDS = 5;
  private static final Duration FIRST_DEVICES = Duration.ofSeconds(10);
  private static final int BUFFER = 256 * 1024;
  private static final int LONGEST_HEAD = 1024;
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: (\\d+)\r\n");

  @Override
  public void measure(Workshop workshop, Consumer<Measurement> table)
      throws IOException, InterruptedException {
    try (RunningServer server = workshop.household(DEVICES)) {
      workshop.say(
          "Asking %d times for %d devices, %d rounds ..."
              .formatted(REQUESTS, DEVICES, 2 * (ROUNDS + 1)));
      workshop.let(FIRST_DEVICES);
      for (String accepted : List.of("identity", "gzip")) {
        rounds(workshop, server, accepted, table);
      }
    }
  }

  private static void rounds(
      Workshop workshop, RunningServer server, String accepted, Consumer<Measurement> table)
      throws IOException, InterruptedException {
    round(workshop, server.address(), accepted); // warms up
    List<Double> seconds = new ArrayList<>();
    List<Double> millis = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      ProcessCost before = server.cost();
      seconds.add(round(workshop, server.address(), accepted));
      millis.add(server.cost().since(before).toMillis() / (double) REQUESTS);
    }
    String scene =
        "/api/devices, %s, %d devices, %d connections".formatted(accepted, DEVICES, CONNECTIONS);
    table.accept(new Measurement("4 000 answers of " + scene, Unit.SECONDS, seconds, BUDGET));
    table.accept(
        new Measurement("CPU for one answer of " + scene, Unit.CPU_MILLISECONDS, millis, null));
  }

  private static double round(Workshop workshop, URI server, String accepted)
      throws IOException, InterruptedException {
    long begun = workshop.time().nanos();
    try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> asking = new ArrayList<>();
      for (int connection = 0; connection < CONNECTIONS; connection++) {
        asking.add(
            tasks.submit(
                () -> {
                  ask(server, accepted, REQUESTS / CONNECTIONS);
                  return null;
                }));
      }
      for (Future<?> one : asking) {
        one.get();
      }
    } catch (ExecutionException failed) {
      throw new IOException("not every request was answered", failed);
    }
    return (workshop.time().nanos() - begun) / 1e9;
  }

  private static void ask(URI server, String accepted, int times) throws IOException {
    byte[] request =
        "GET /api/devices HTTP/1.1\r\nHost: %s\r\nAccept-Encoding: %s\r\n\r\n"
            .formatted(server.getAuthority(), accepted)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] buffer = new byte[BUFFER];
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      InputStream in = socket.getInputStream();
      for (int time = 0; time < times; time++) {
        socket.getOutputStream().write(request);
        skipAnswer(in, buffer);
      }
    }
  }

  /** Reads an answer in as few calls as may be: what the client costs counts too. */
  private static void skipAnswer(InputStream in, byte[] buffer) throws IOException {
    int read = 0;
    int body = -1;
    while (body < 0) {
      int got = in.read(buffer, read, buffer.length - read);
      if (got < 0) {
        throw new ProtocolException("the answer ends in its head");
      }
      read += got;
      body =
          new String(buffer, 0, Math.min(read, LONGEST_HEAD), StandardCharsets.US_ASCII)
              .indexOf("\r\n\r\n");
    }
    String head = new String(buffer, 0, body + 2, StandardCharsets.US_ASCII);
    long left = length(head) - (read - body - 4);
    while (left > 0) {
      int got = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (got < 0) {
        throw new ProtocolException("the answer ends before its time");
      }
      left -= got;
    }
  }

  /** Reads in the head of an answer how long its body is. */
  private static long length(String head) throws ProtocolException {
    Matcher length = LENGTH.matcher(head.toLowerCase(Locale.ROOT));
    if (!head.startsWith("HTTP/1.1 200 ") || !length.find()) {
      throw new ProtocolException("not the devices but " + head);
    }
    return Long.parseLong(length.group(1));
  }
}
