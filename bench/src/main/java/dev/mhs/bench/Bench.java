package dev.mhs.bench;

import dev.mhs.core.engine.SystemTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures the built product and prints one table: each figure beside its budget. Started by {@code
 * ./mhs bench}, which says by system properties where the product is.
 */
public final class Bench {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private Bench() {}

  /**
   * Measures.
   *
   * @param arguments the names of figures; all without any
   * @throws IOException when this machine cannot be measured on
   * @throws InterruptedException when the benchmarks are to end
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Map<String, Figure> figures = new LinkedHashMap<>();
    figures.put("start", new StartFigure());
    figures.put("installed", new InstalledFigure());
    figures.put("memory", new MemoryFigure());
    figures.put("push", new PushFigure());
    figures.put("delta", new DeltaFigure());
    figures.put("page", new PageFigure());
    figures.put("crowd", new CrowdFigure());
    figures.put("api", new ApiFigure());
    figures.put("rows", new RowsFigure());
    figures.put("router", new RouterFigure());
    figures.put("history", new HistoryFigure());
    figures.put("counting", new CountingFigure());
    figures.put("sweep", new SweepFigure());
    figures.put("lookout", new LookoutFigure());
    List<String> wanted =
        arguments.length == 0 ? List.copyOf(figures.keySet()) : List.of(arguments);
    if (!figures.keySet().containsAll(wanted)) {
      System.err.println("bench takes some of: " + String.join(", ", figures.keySet()));
      System.exit(USAGE);
    }
    double loadBefore = Machine.load();
    List<Measurement> measured = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    try (Workshop workshop = new Workshop(product(), new SystemTime())) {
      figures.keySet().retainAll(wanted);
      for (Figure figure : figures.values()) {
        measure(figure, workshop, measured, failures);
      }
    }
    print(measured, loadBefore);
    failures.forEach(System.out::println);
    System.exit(failures.isEmpty() ? 0 : FAILED);
  }

  /** One figure that cannot be measured must not hide the others. */
  private static void measure(
      Figure figure, Workshop workshop, List<Measurement> measured, List<String> failures)
      throws InterruptedException {
    try {
      figure.measure(workshop, measured::add);
    } catch (IOException failure) {
      failures.add("FAILED: " + failure.getMessage());
    }
  }

  private static Product product() {
    return new Product(
        Path.of(System.getProperty("mhs.root")),
        Path.of(System.getProperty("java.home")),
        Path.of(System.getProperty("mhs.archive")),
        Path.of(System.getProperty("mhs.installed")),
        options(System.getenv().getOrDefault("MHS_JAVA_OPTIONS", "")));
  }

  private static List<String> options(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }

  private static void print(List<Measurement> measured, double loadBefore) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%nMHS on %s.%nThe load of the machine was %.1f before and %.1f after.%n%n%s%n",
        Machine.describe(),
        loadBefore,
        Machine.load(),
        Table.of(measured));
    System.out.println(
        """
        The median of n measurements; "of budget" is the median as a part of it, "!" marks what is too much.
        Memory is read n times from one process. What the machine does besides shows in "max", least in CPU; times on the wall
        and answers a second are right only on a machine that does nothing else.
        Clients ask for what changed as gzip, like the page; "all of it" is what /ws sends to those who ask for nothing.
        CPU for one push: what clients add to a process without any, which also asks its source less often.
        Counting: "its own" is what the process that counts and the programs that it starts use more while packets come; "the kernel's"
        is what packets cost more on their way than in an equal lab without counting, by turns: hundreds of ms are noise on a busy machine.
        The highest rate without loss: of those that this machine could send, at which all that the interface sent was counted, by the
        bytes that MHS tells and by darkstat's packets. "Its own" of darkstat is for those that it saw.
        The original's schema: a row of rates per device every 30 s, index on (ip, timestamp); all rows of the week are read.""");
  }
}
