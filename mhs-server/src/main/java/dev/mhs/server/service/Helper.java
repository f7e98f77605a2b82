package dev.mhs.server.service;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs a small program to its end; what goes wrong is logged once. */
final class Helper implements Consumer<List<String>> {
  private static final System.Logger LOG = System.getLogger(Helper.class.getName());
  private static final long LONGEST_SECONDS = 10;
  private static final File NOWHERE = new File("/dev/null");

  private boolean complained;

  @Override
  public void accept(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(NOWHERE)
              .redirectOutput(NOWHERE)
              .redirectError(NOWHERE)
              .start();
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        complain(command + " does not end");
      } else if (process.exitValue() != 0) {
        complain(command + " ends with " + process.exitValue());
      }
    } catch (IOException missing) {
      complain(String.valueOf(missing.getMessage()));
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  private void complain(String why) {
    if (!complained) {
      complained = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "The service manager cannot be told that MHS runs: {0}",
          why);
    }
  }
}
