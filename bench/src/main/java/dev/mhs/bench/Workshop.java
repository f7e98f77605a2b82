package dev.mhs.bench;

import dev.mhs.bench.household.HouseholdProvider;
import dev.mhs.bench.lab.Lab;
import dev.mhs.core.spi.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What every figure needs: the product, a folder for what it leaves behind, clients and clocks. */
final class Workshop implements AutoCloseable {
  private final Product product;
  private final TimeSource time;
  private final Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private int launched;

  Workshop(Product product, TimeSource time) throws IOException {
    this.product = product;
    this.time = time;
    this.folder = Files.createTempDirectory("mhs-bench");
  }

  Product product() {
    return product;
  }

  TimeSource time() {
    return time;
  }

  HttpClient http() {
    return http;
  }

  /** Tells a person what is being done. */
  void say(String sentence) {
    System.err.println(sentence);
  }

  /** Lets a time go by, in which what is measured goes on. */
  void let(Duration pass) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    if (never.await(pass.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new IllegalStateException("nobody counts down");
    }
  }

  /** Returns a start of the product that has never run before. */
  Launch launch(List<String> command) {
    launched++;
    return new Launch(command, folder.resolve("server-" + launched), product.javaHome());
  }

  /** Starts the product with so many made-up devices. */
  RunningServer household(int devices) throws IOException, InterruptedException {
    return household(devices, product.javaCommand());
  }

  /** The same, started by another command. */
  RunningServer household(int devices, List<String> command)
      throws IOException, InterruptedException {
    Launch launch = launch(command);
    Path plugin = launch.folder().resolve("plugins").resolve(HouseholdProvider.TYPE);
    Files.createDirectories(plugin);
    PluginJar.write(plugin.resolve("household.jar"));
    Files.writeString(
        launch.folder().resolve("mhs.yaml"),
        "sources:\n  %s:\n    %s: %d\n"
            .formatted(HouseholdProvider.TYPE, HouseholdProvider.DEVICES, devices));
    return launch.start();
  }

  /**
   * Starts the product on the router of a lab.
   *
   * @param lab where there is nobody whom it could disturb
   * @param scan active or passive
   * @param counting how it counts, in the words of the setting
   */
  RunningServer onRouter(Lab lab, String scan, String counting)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("env", "MHS_LOCAL_SCAN=" + scan));
    words.add("MHS_LOCAL_COUNTING=" + counting);
    words.addAll(product.javaCommand());
    return launch(lab.in("router", words.toArray(String[]::new))).start();
  }

  @Override
  public void close() {
    http.close();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot clean up " + folder, failure);
    }
  }
}
