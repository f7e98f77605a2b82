package dev.mhs.source.routeros.traffic;

import dev.mhs.source.routeros.traffic.FastTrackCalibration.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * Remembers what was found out about a router's counters, by version. Losing it costs a few minutes
 * of finding out again, so a file that cannot be read or written is no failure. For one thread.
 */
public final class VerdictFile {
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
   * @param version the version that runs now
   * @return the verdict on that version; unknown when there is none
   */
  public Verdict read(String version) {
    try {
      String[] words =
          Files.exists(file) ? Files.readString(file).strip().split(" ", -1) : new String[0];
      if (words.length == 2 && words[0].equals(version)) {
        return switch (words[1]) {
          case "inclusive" -> Verdict.INCLUSIVE;
          case "exclusive" -> Verdict.EXCLUSIVE;
          default -> Verdict.UNKNOWN;
        };
      }
    } catch (IOException unreadable) {
      return Verdict.UNKNOWN;
    }
    return Verdict.UNKNOWN;
  }

  /**
   * Keeps what was found out.
   *
   * @param version the version that runs now
   * @param verdict what was found out about it
   * @return whether it could be written
   */
  public boolean write(String version, Verdict verdict) {
    try {
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(draft, version + " " + verdict.name().toLowerCase(Locale.ROOT) + "\n");
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException fullOrReadOnly) {
      return false;
    }
  }
}
