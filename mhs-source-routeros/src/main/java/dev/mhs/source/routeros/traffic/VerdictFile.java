package dev.mhs.source.routeros.traffic;

import dev.mhs.source.routeros.traffic.FastTrackCalibration.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Remembers what was found out about routers' counters, a line for each router and version. Losing
 * it costs a few minutes of finding out again, so a file that cannot be read or written is no
 * failure. For one thread.
 */
public final class VerdictFile {
  /** More routers and versions than one household meets. */
  private static final int MOST_LINES = 20;

  private final Path file;

  /**
   * Names the file; nothing is read yet.
   *
   * @param folder where it is kept
   */
  public VerdictFile(Path folder) {
    this.file = folder.resolve("fasttrack-counters.txt");
  }

  /**
   * Returns what was found out.
   *
   * @param router which router it is, and which version runs on it, in any words
   * @return the verdict on it; unknown when there is none
   */
  public Verdict read(String router) {
    String beginning = name(router) + " ";
    for (String line : lines()) {
      if (line.startsWith(beginning)) {
        return switch (line.substring(beginning.length())) {
          case "inclusive" -> Verdict.INCLUSIVE;
          case "exclusive" -> Verdict.EXCLUSIVE;
          default -> Verdict.UNKNOWN;
        };
      }
    }
    return Verdict.UNKNOWN;
  }

  /**
   * Keeps what was found out.
   *
   * @param router which router it is, and which version runs on it
   * @param verdict what was found out about it
   * @return whether it could be written
   */
  public boolean write(String router, Verdict verdict) {
    List<String> lines = new ArrayList<>();
    lines.add(name(router) + " " + verdict.name().toLowerCase(Locale.ROOT));
    lines().stream()
        .filter(line -> !line.startsWith(name(router) + " "))
        .limit(MOST_LINES - 1)
        .forEach(lines::add);
    try {
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      Files.write(draft, lines);
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException fullOrReadOnly) {
      return false;
    }
  }

  private List<String> lines() {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /** One word, whatever a router calls itself. */
  private static String name(String router) {
    return router.replaceAll("[^A-Za-z0-9._+-]+", "_");
  }
}
