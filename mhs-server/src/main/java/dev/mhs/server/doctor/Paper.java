package dev.mhs.server.doctor;

import dev.mhs.api.Finding;
import java.io.PrintStream;

/** Prints diagnoses as {@code ./mhs doctor} prints what it finds: a word, what it is, a remedy. */
final class Paper {
  private static final String PLAIN = "\u001b[0m";

  private final PrintStream out;
  private final boolean inColours;

  Paper(PrintStream out, boolean inColours) {
    this.out = out;
    this.inColours = inColours;
  }

  void print(Diagnosis diagnosis) {
    out.println();
    out.println(printable(diagnosis.title()));
    diagnosis.findings().forEach(this::print);
  }

  private void print(Finding finding) {
    out.println(word(finding.level()) + "  " + printable(finding.what()));
    String remedy = finding.remedy();
    if (remedy != null) {
      remedy.lines().forEach(line -> out.println("             " + printable(line)));
    }
  }

  private String word(Finding.Level level) {
    return switch (level) {
      case GOOD -> coloured("32", "good   ");
      case LACKING -> coloured("33", "lacking");
      case BROKEN -> coloured("31", "broken ");
    };
  }

  private String coloured(String colour, String word) {
    return inColours ? "\u001b[" + colour + 'm' + word + PLAIN : word;
  }

  /** What a box says of itself may hold what a terminal would obey. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
