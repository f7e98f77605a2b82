package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which Java {@code ./mhs} takes, and what it says where there is none. */
class JdkSearchTest {
  private final Path folder;
  private final Path jdks;
  private final Clone clone;

  JdkSearchTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.jdks = Files.createDirectories(folder.resolve("usual folder"));
    this.clone = Clone.make(folder);
  }

  /** Looks with a folder of the test's own in place of the usual ones. */
  private String found(String purpose) {
    return clone
        .shell(
            "use jdk; jdk_folders() { echo '%s'; }; find_java %s || java_home=none; echo \"$java_home\""
                .formatted(jdks, purpose))
        .output()
        .strip();
  }

  @Test
  void ofWhatLiesAboutTheNewestIsTaken() throws IOException {
    clone.set("JAVA_HOME", "");
    Clone.jdk(jdks.resolve("a"), "21.0.4");
    Path newest = Clone.jdk(jdks.resolve("b"), "25");
    Clone.jdk(jdks.resolve("c"), "1.8.0_402");
    Clone.jdk(jdks.resolve("d"), "9.0.4");

    assertEquals(newest.toString(), found("build"));
  }

  @Test
  void anEarlyAccessVersionIsUnderstood() throws IOException {
    clone.set("JAVA_HOME", "");
    Path early = Clone.jdk(jdks.resolve("a"), "27-ea");

    assertEquals(early.toString(), found("build"));
  }

  @Test
  void anOldJavaHomeIsPassedOver() throws IOException {
    clone.set("JAVA_HOME", Clone.jdk(folder.resolve("old"), "17.0.15").toString());
    Path newer = Clone.jdk(jdks.resolve("a"), "21");

    assertEquals(newer.toString(), found("build"));
  }

  @Test
  void mhsJavaHomeComesBeforeJavaHome() throws IOException {
    Path wanted = Clone.jdk(folder.resolve("wanted"), "21");
    clone.set("MHS_JAVA_HOME", wanted.toString());

    assertEquals(wanted.toString(), found("build"));
  }

  @Test
  void anUnfitMhsJavaHomeIsRefusedByName() throws IOException {
    clone.set("MHS_JAVA_HOME", Clone.jdk(folder.resolve("old"), "17.0.15").toString());

    Command.Result run = clone.mhs("run");

    assertEquals(1, run.code());
    assertEquals(
        "MHS_JAVA_HOME=" + folder.resolve("old") + " is no JDK 21 or newer.", run.output().strip());
  }

  @Test
  void aRuntimeWithoutACompilerRunsButDoesNotBuild() throws IOException {
    Path runtime = Clone.jre(clone.root().resolve("runtime"), "25");
    clone.set("JAVA_HOME", "");

    assertEquals(runtime.toString(), found("run"));
    assertNotEquals(runtime.toString(), found("build"));
  }

  @Test
  void aJavaWithoutAReleaseFileIsAsked() throws IOException {
    Path silent = Clone.jdk(folder.resolve("silent"), "25");
    Files.delete(silent.resolve("release"));
    Clone.program(silent.resolve("bin/java"), "#!/bin/sh\necho '    java.version = 22.0.1' >&2\n");
    clone.set("JAVA_HOME", silent.toString());

    assertEquals(silent.toString(), found("build"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ID=debian~VERSION_ID="13"          | apt-get update && apt-get install -y --no-install-recommends openjdk-21-jdk-headless
          ID=ubuntu~ID_LIKE=debian~VERSION_ID="24.04" | apt-get update && apt-get install -y --no-install-recommends openjdk-21-jdk-headless
          ID=fedora~VERSION_ID=42            | dnf install -y java-latest-openjdk-devel
          ID="rocky"~ID_LIKE="rhel centos fedora"~VERSION_ID="9.4" | dnf install -y java-21-openjdk-devel
          ID=arch                            | pacman -S --needed jdk-openjdk
          ID=alpine~VERSION_ID=3.20.0        | apk add openjdk21-jdk
          ID="opensuse-leap"~ID_LIKE="suse opensuse"~VERSION_ID="15.6" | zypper install -y java-21-openjdk-devel
          """)
  void eachDistributionHasItsOwnCommand(String release, String command) throws IOException {
    assertEquals(command, jdkCommand(release));
  }

  @Test
  void debian12IsSentToTemurin() throws IOException {
    String command = jdkCommand("ID=debian~VERSION_ID=12~VERSION_CODENAME=bookworm");

    assertTrue(command.contains("packages.adoptium.net/artifactory/deb bookworm main"), command);
    assertTrue(command.endsWith("apt-get install -y temurin-21-jdk"), command);
  }

  @Test
  void anUnknownDistributionGetsNoMadeUpCommand() throws IOException {
    assertEquals("", jdkCommand("ID=plan9"));
  }

  @Test
  void noJdkIsOneParagraphAndExitCodeOne() throws IOException {
    Command.Result told =
        clone.shell(
            """
            use jdk; use packages
            id() { echo 1000; }
            unfit=', 17 in /usr/lib/jvm/java-17'
            read_distribution() { family=' debian ' distribution=debian release=13 pretty=Debian; }
            install_jdk
            """);

    assertEquals(1, told.code());
    assertEquals(
        """
        MHS needs a JDK 21 or newer, and this machine has none (found: 17 in /usr/lib/jvm/java-17).
        Install it with:
            sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends openjdk-21-jdk-headless'
        Or unpack one from https://adoptium.net/temurin/releases anywhere and say where: MHS_JAVA_HOME=/path/to/jdk ./mhs run
        """,
        told.output());
  }

  @ParameterizedTest
  @CsvSource({"true, 0, 0", "false, 0, 1", "true, 1000, 1"})
  void onlyRootInstallsAndWithoutAskingOnlyUnderCi(String ci, String user, int code) {
    Command.Result may =
        clone.shell(
            "use packages; id() { echo %s; }; CI=%s; family=' debian '; may_install 'Really?'"
                .formatted(user, ci));

    assertEquals(code, may.code(), may.output());
    assertEquals("", may.output());
  }

  private String jdkCommand(String release) throws IOException {
    Path file = Files.writeString(folder.resolve("os-release"), release.replace('~', '\n') + "\n");
    return clone
        .shell(
            "use packages; apt_offers() { :; }; read_distribution '%s'; jdk_command"
                .formatted(file))
        .output()
        .strip();
  }
}
