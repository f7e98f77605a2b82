package dev.mhs.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
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
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: (\\d+)\r\n");

  @Override
  public void measure(Workshop workshop, Consumer<Measurement> table)
      throws IOException, InterruptedException {
    try (RunningServer server = workshop.household(DEVICES)) {
      workshop.say(
          "Asking %d times for %d devices, %d rounds ...".formatted(REQUESTS, DEVICES, ROUNDS + 1));
      workshop.let(FIRST_DEVICES);
      round(workshop, server.address()); // warms up
      List<Double> seconds = new ArrayList<>();
      List<Double> millis = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        ProcessCost before = server.cost();
        seconds.add(round(workshop, server.address()));
        millis.add(server.cost().since(before).toMillis() / (double) REQUESTS);
      }
      String scene = "/api/devices, %d devices, %d connections".formatted(DEVICES, CONNECTIONS);
      table.accept(new Measurement("4 000 answers of " + scene, Unit.SECONDS, seconds, BUDGET));
      table.accept(
          new Measurement("CPU for one answer of " + scene, Unit.CPU_MILLISECONDS, millis, null));
    }
  }

  private static double round(Workshop workshop, URI server)
      throws IOException, InterruptedException {
    long begun = workshop.time().nanos();
    try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> asking = new ArrayList<>();
      for (int connection = 0; connection < CONNECTIONS; connection++) {
        asking.add(
            tasks.submit(
                () -> {
                  ask(server, REQUESTS / CONNECTIONS);
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

  private static void ask(URI server, int times) throws IOException {
    byte[] request =
        ("GET /api/devices HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      for (int time = 0; time < times; time++) {
        socket.getOutputStream().write(request);
        in.skipNBytes(length(in));
      }
    }
  }

  /** Reads the head of an answer and returns how long its body is. */
  private static long length(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
      head.append((char) in.readUnsignedByte());
    }
    Matcher length = LENGTH.matcher(head.toString().toLowerCase(Locale.ROOT));
    if (!head.toString().startsWith("HTTP/1.1 200 ") || !length.find()) {
      throw new ProtocolException("not the devices but " + head);
    }
    return Long.parseLong(length.group(1));
  }
}
