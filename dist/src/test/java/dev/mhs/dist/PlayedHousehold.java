package dev.mhs.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A household that exists in a file only: the plugin of {@code example.household} tells MHS about
 * it. What the test writes, MHS hears with its next question.
 */
final class PlayedHousehold {
  private final Path file;
  private final Path switchedOff;

  /**
   * A device of the household.
   *
   * @param mac its link-layer address
   * @param ip its IP address
   * @param name its host name
   * @param vendor its maker
   * @param port the port of the router behind which it hangs
   * @param silentSeconds how long ago it was last there; zero while it is there
   * @param downloadBps what it receives, in bit/s
   * @param uploadBps what it sends, in bit/s
   */
  record Thing(
      String mac,
      String ip,
      String name,
      String vendor,
      String port,
      long silentSeconds,
      long downloadBps,
      long uploadBps) {
    /** Returns the same device with other rates. */
    Thing moving(long download, long upload) {
      return new Thing(mac, ip, name, vendor, port, silentSeconds, download, upload);
    }

    private String line() {
      return String.join(
          "\t",
          mac,
          ip,
          name,
          vendor,
          port,
          Long.toString(silentSeconds),
          Long.toString(downloadBps),
          Long.toString(uploadBps));
    }
  }

  private PlayedHousehold(Path folder) {
    this.file = folder.resolve("household.txt");
    this.switchedOff = folder.resolve("household.off");
  }

  /**
   * Makes a household, drops its plugin into {@code folder/plugins}, and writes the {@code
   * mhs.yaml} that tells the plugin where the household is.
   *
   * @param folder the working folder of MHS
   * @param things who lives there
   */
  static PlayedHousehold of(Path folder, List<Thing> things) throws IOException {
    PlayedHousehold household = new PlayedHousehold(folder);
    household.play(things);
    PluginJar.drop(folder.resolve("plugins"), "example.household.HouseholdProvider");
    Files.writeString(
        folder.resolve("mhs.yaml"),
        """
        sources:
          household:
            file: "%s"
            broken-while: "%s"
        """
            .formatted(household.file, household.switchedOff));
    return household;
  }

  /** Changes who is there and what they move, all at once. */
  void play(List<Thing> things) throws IOException {
    Path next = file.resolveSibling("household.next");
    Files.writeString(next, things.stream().map(Thing::line).collect(Collectors.joining("\n")));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Lets every question fail. */
  void switchOff() throws IOException {
    Files.createFile(switchedOff);
  }

  /** Lets questions be answered again. */
  void switchOn() throws IOException {
    Files.delete(switchedOff);
  }
}
