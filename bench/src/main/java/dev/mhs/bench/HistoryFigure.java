package dev.mhs.bench;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Throughput;
import dev.mhs.bench.past.IdleHousehold;
import dev.mhs.bench.past.OriginalSchema;
import dev.mhs.core.history.History;
import dev.mhs.core.history.HistoryRecorder;
import dev.mhs.core.history.RememberedDevice;
import dev.mhs.core.history.Retention;
import dev.mhs.core.history.Series;
import dev.mhs.core.history.Subject;
import dev.mhs.server.history.Opened;
import dev.mhs.server.history.Refused;
import dev.mhs.server.history.SqliteHistory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a week of 100 devices takes on the disk, what writing one tick takes, and reading one
 * device's week; beside the schema of the program that MHS follows with the same data.
 */
final class HistoryFigure implements Figure {
  private static final int DEVICES = 100;
  private static final long SEED = 20_260_101;
  private static final Duration WEEK = Duration.ofDays(7);
  private static final int TICKS = (int) WEEK.dividedBy(History.TICK);
  private static final int AT_ONCE = 60;
  private static final int SINGLE = 200;
  private static final int READINGS = 40;
  private static final int WARM_UP = 20;
  private static final int ASKED = 1; // a phone
  private static final Duration BETWEEN = Duration.ofMillis(100);
  private static final Duration STEP = Duration.ofMinutes(15);
  private static final double MEGABYTES = 40;
  private static final double MILLIS = 15;
  private static final double KILOBYTES = 100;

  @Override
  public void measure(Workshop workshop, Consumer<Measurement> table)
      throws IOException, InterruptedException {
    Instant end = Instant.ofEpochSecond(workshop.time().instant().getEpochSecond());
    Launch launch = workshop.launch(workshop.product().javaCommand());
    Path data = Files.createDirectories(launch.folder().resolve("data"));
    workshop.say("Keeping a week of %d devices ...".formatted(DEVICES));
    keep(workshop, data, end, table);
    workshop.say("Keeping the same in the original's schema ...");
    try {
      keepAsBefore(workshop, launch.folder().resolve("original.db"), end, table);
    } catch (SQLException failure) {
      throw new IOException("the original's schema cannot be filled: " + failure, failure);
    }
    workshop.say("Asking for a week over HTTP ...");
    try (RunningServer server = launch.start()) {
      ask(workshop, server, table);
      for (Duration back : List.of(Duration.ofHours(1), Duration.ofDays(1), WEEK)) {
        askShares(workshop, server, back, table);
      }
    }
  }

  private static void keep(Workshop workshop, Path data, Instant end, Consumer<Measurement> table)
      throws IOException {
    Instant[] now = {end.minus(WEEK)};
    Opened opened =
        SqliteHistory.open(data, Retention.DEFAULT, ZoneId.systemDefault(), () -> now[0]);
    SqliteHistory history =
        switch (opened) {
          case SqliteHistory open -> open;
          case Refused refused -> throw new IOException(refused.sentence());
        };
    try (history) {
      history.remember(devices(end));
      IdleHousehold household = new IdleHousehold(DEVICES, SEED);
      HistoryRecorder recorder = new HistoryRecorder();
      List<Double> tickMillis = new ArrayList<>();
      for (int tick = 1; tick <= TICKS; tick++) {
        now[0] = end.minus(WEEK).plus(History.TICK.multipliedBy(tick));
        add(recorder, household.tick(now[0]), now[0]);
        long begun = workshop.time().nanos();
        history.record(recorder.drain(now[0]));
        boolean single = tick > TICKS - SINGLE;
        if (single || tick % AT_ONCE == 0) {
          while (history.hasWork()) {
            Thread.onSpinWait();
          }
        }
        if (single) {
          tickMillis.add(millisSince(workshop, begun));
        }
      }
      table.accept(
          new Measurement("history, one tick of 100 devices", Unit.MILLISECONDS, tickMillis, null));
      table.accept(
          new Measurement(
              "history, one device's week, in process",
              Unit.MILLISECONDS,
              readings(
                  workshop,
                  () -> {
                    Series series =
                        history.series(subject(ASKED), end.minus(WEEK), end, STEP, List.of());
                    if (!(series instanceof Series.Measured)) {
                      throw new IOException(series.toString());
                    }
                  }),
              MILLIS));
    }
    table.accept(
        new Measurement(
            "history, 100 devices, 7 days",
            Unit.MEGABYTES,
            List.of(Files.size(data.resolve("mhs.db")) / 1e6),
            MEGABYTES));
  }

  private static void add(HistoryRecorder recorder, List<IdleHousehold.Moved> moved, Instant end) {
    long down = 0;
    long up = 0;
    for (IdleHousehold.Moved one : moved) {
      down += one.downloadBytes();
      up += one.uploadBytes();
      recorder.add(
          subject(one.device()),
          new Throughput(one.downloadBytes(), one.uploadBytes(), end, History.TICK));
    }
    recorder.add(Subject.LINE, new Throughput(down, up, end, History.TICK));
  }

  private static void keepAsBefore(
      Workshop workshop, Path file, Instant end, Consumer<Measurement> table)
      throws SQLException, IOException {
    try (OriginalSchema original = OriginalSchema.create(file)) {
      IdleHousehold household = new IdleHousehold(DEVICES, SEED);
      for (int tick = 1; tick <= TICKS; tick++) {
        Instant at = end.minus(WEEK).plus(History.TICK.multipliedBy(tick));
        original.add(at, household.tick(at));
        if (tick % AT_ONCE == 0) {
          original.commit();
        }
      }
      original.commit();
      table.accept(
          new Measurement(
              "the original's schema, same week",
              Unit.MEGABYTES,
              List.of(Files.size(file) / 1e6),
              null));
      table.accept(
          new Measurement(
              "the original's schema, one device's week",
              Unit.MILLISECONDS,
              readings(workshop, () -> original.read(ASKED, end.minus(WEEK))),
              null));
    }
  }

  private static void ask(Workshop workshop, RunningServer server, Consumer<Measurement> table)
      throws IOException, InterruptedException {
    URI week =
        server.address().resolve("/api/history/" + mac(ASKED) + "?minutes=" + WEEK.toMinutes());
    Answers answers = answers(workshop, week);
    table.accept(
        new Measurement(
            "history, one device's week, HTTP", Unit.MILLISECONDS, answers.millis(), MILLIS));
    table.accept(
        new Measurement(
            "history, size of that answer", Unit.KILOBYTES, answers.kilobytes(), KILOBYTES));
  }

  private static void askShares(
      Workshop workshop, RunningServer server, Duration back, Consumer<Measurement> table)
      throws IOException, InterruptedException {
    URI shares = server.address().resolve("/api/history/wan/shares?minutes=" + back.toMinutes());
    table.accept(
        new Measurement(
            "history, who moved what in %d h, HTTP".formatted(back.toHours()),
            Unit.MILLISECONDS,
            answers(workshop, shares).millis(),
            null));
  }

  private record Answers(List<Double> millis, List<Double> kilobytes) {}

  private static Answers answers(Workshop workshop, URI asked)
      throws IOException, InterruptedException {
    Answers answers = new Answers(new ArrayList<>(), new ArrayList<>());
    for (int reading = -WARM_UP; reading < READINGS; reading++) {
      long begun = workshop.time().nanos();
      HttpResponse<byte[]> answer =
          workshop
              .http()
              .send(HttpRequest.newBuilder(asked).build(), HttpResponse.BodyHandlers.ofByteArray());
      double took = millisSince(workshop, begun);
      if (reading < 0) {
        workshop.let(BETWEEN); // what is remembered is read after the first page is served
      } else if (answer.statusCode() != 200) {
        throw new IOException(asked + " answers " + answer.statusCode());
      }
      if (reading >= 0) {
        answers.millis().add(took);
        answers.kilobytes().add(answer.body().length / 1e3);
      }
    }
    return answers;
  }

  /** Something that is measured. */
  @FunctionalInterface
  private interface Reading {
    void read() throws IOException, SQLException;
  }

  private static List<Double> readings(Workshop workshop, Reading one) throws IOException {
    List<Double> millis = new ArrayList<>();
    try {
      for (int reading = -WARM_UP; reading < READINGS; reading++) {
        long begun = workshop.time().nanos();
        one.read();
        if (reading >= 0) {
          millis.add(millisSince(workshop, begun));
        }
      }
    } catch (SQLException failure) {
      throw new IOException("a week cannot be read: " + failure, failure);
    }
    return millis;
  }

  private static double millisSince(Workshop workshop, long begun) {
    return (workshop.time().nanos() - begun) / 1e6;
  }

  private static List<RememberedDevice> devices(Instant seen) {
    List<RememberedDevice> devices = new ArrayList<>();
    for (int device = 0; device < DEVICES; device++) {
      devices.add(
          new RememberedDevice(
              new DeviceKey.ByMac(mac(device)),
              mac(device),
              List.of(IpLiteral.of("192.0.2." + (device + 1))),
              Map.of(),
              seen.minus(WEEK),
              seen));
    }
    return devices;
  }

  private static Subject subject(int device) {
    return Subject.of(new DeviceKey.ByMac(mac(device)));
  }

  private static MacAddress mac(int device) {
    return new MacAddress(0x48_A9_8A_00_00_00L + device);
  }
}
