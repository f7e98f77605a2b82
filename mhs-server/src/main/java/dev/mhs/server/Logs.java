package dev.mhs.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** How MHS logs: one line each on the standard error, in the reader's words. */
final class Logs {
  /** Kept from being collected, or they would forget their level. */
  private static final List<Logger> LEVELS =
      List.of(
          Logger.getLogger("dev.mhs"),
          Logger.getLogger("io.helidon"),
          Logger.getLogger("org.pcap4j"));

  private Logs() {}

  /** Sets up the root logger. */
  static void configure(System.Logger.Level level) {
    LogManager.getLogManager().reset();
    ConsoleHandler console = new ConsoleHandler();
    console.setLevel(Level.ALL);
    console.setFormatter(new Line());
    console.setFilter(new FloodGate());
    Logger root = Logger.getLogger("");
    root.addHandler(console);
    root.setLevel(Level.WARNING); // libraries speak up only when something is wrong
    LEVELS.getFirst().setLevel(julLevel(level));
  }

  private static Level julLevel(System.Logger.Level level) {
    return switch (level) {
      case ALL -> Level.ALL;
      case TRACE -> Level.FINER;
      case DEBUG -> Level.FINE;
      case INFO -> Level.INFO;
      case WARNING -> Level.WARNING;
      case ERROR -> Level.SEVERE;
      case OFF -> Level.OFF;
    };
  }

  /** One line: time, how bad, what. */
  private static final class Line extends Formatter {
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
            .withZone(ZoneId.systemDefault());

    @Override
    public String format(LogRecord event) {
      StringBuilder line = new StringBuilder(120);
      line.append(TIME.format(event.getInstant())).append(' ');
      line.append(word(event.getLevel())).append(' ').append(formatMessage(event));
      line.append(System.lineSeparator());
      if (event.getThrown() != null) {
        StringWriter stack = new StringWriter();
        event.getThrown().printStackTrace(new PrintWriter(stack));
        line.append(stack);
      }
      return line.toString();
    }

    private static String word(Level level) {
      if (level.intValue() >= Level.SEVERE.intValue()) {
        return "ERROR";
      }
      if (level.intValue() >= Level.WARNING.intValue()) {
        return "WARN ";
      }
      return level.intValue() >= Level.INFO.intValue() ? "INFO " : "DEBUG";
    }
  }
}
