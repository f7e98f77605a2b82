package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./mhs} on a machine with a Maven and a JDK of the test's own. */
@Runs("./mhs build")
class WrapperTest {
  private final Path folder;
  private final Clone clone;

  WrapperTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.clone = Clone.make(folder);
  }

  @Test
  void theFirstRunBuildsAndStarts() throws IOException {
    Command.Result run = clone.mhs("run");

    assertEquals(0, run.code(), run.output());
    assertTrue(run.output().contains("Building MHS"), run.output());
    assertTrue(run.output().contains("started in " + clone.root()), run.output());
    assertEquals(
        List.of(folder.resolve("a jdk") + ": -B -q -Dquick -Dmaven.test.skip -pl dist -am package"),
        clone.builds());
  }

  @Test
  void withNothingChangedItStartsAtOnce() throws IOException {
    clone.mhs("build");

    Command.Result run = clone.mhs("run");

    assertEquals(1, clone.builds().size());
    assertTrue(run.output().startsWith("started in "), run.output());
  }

  @Test
  void theServerGetsTheArchiveAndTheUsersOptionsLast() {
    clone.set("MHS_JAVA_OPTIONS", "-Xmx128m -Da=b");

    Command.Result run = clone.mhs("run");

    Path built = clone.root().resolve("dist/target");
    assertTrue(
        run.output()
            .endsWith(
                String.join(
                    "\n",
                    "@" + built.resolve("mhs/jvm.options"),
                    "-XX:SharedArchiveFile=" + built.resolve("mhs-25.0.1.jsa"),
                    "-Dorg.sqlite.lib.path=" + built.resolve("sqlite-jdbc-1.2"),
                    "-Xlog:disable",
                    "-Xlog:all=error:stderr",
                    "-Xmx128m",
                    "-Da=b",
                    "-jar",
                    built.resolve("mhs/mhs.jar") + "\n")),
        run.output());
  }

  @Test
  void theJvmAllocatesFromOneArenaUnlessAPersonWantsMore() {
    assertTrue(clone.mhs("run").output().contains("MALLOC_ARENA_MAX=1:"));

    clone.set("MALLOC_ARENA_MAX", "4");

    assertTrue(clone.mhs("run").output().contains("MALLOC_ARENA_MAX=4:"));
  }

  @Test
  void aChangedSourceIsBuilt() throws IOException {
    clone.mhs("build");
    clone.write("mhs-core/src/main/java/A.java", "second and longer");

    clone.mhs("run");

    assertEquals(2, clone.builds().size());
  }

  @Test
  void aSourceReplacedByAnOlderOneIsBuilt() throws IOException {
    clone.mhs("build");
    Files.setLastModifiedTime(clone.root().resolve("pom.xml"), FileTime.fromMillis(0));

    clone.mhs("run");

    assertEquals(2, clone.builds().size());
  }

  @Test
  void aRemovedSourceIsBuiltWithoutWhatMavenKeepsOfIt() throws IOException {
    clone.mhs("build");
    clone.write("mhs-core/target/classes/A.class", "compiled");
    Files.delete(clone.root().resolve("mhs-core/src/main/java/A.java"));

    clone.mhs("run");

    assertEquals(2, clone.builds().size());
    assertFalse(Files.exists(clone.root().resolve("mhs-core/target/classes/A.class")));
  }

  @Test
  void aChangedTestIsNoReasonToBuild() throws IOException {
    clone.mhs("build");
    clone.write("mhs-core/src/test/java/ATest.java", "a test");
    clone.write("mhs-core/target/classes/A.class", "compiled");
    clone.write("README.md", "text");

    clone.mhs("run");

    assertEquals(1, clone.builds().size());
  }

  @Test
  void whatDoesNotCompileIsNotStarted() throws IOException {
    clone.write("broken", "");

    Command.Result run = clone.mhs("run");

    assertEquals(1, run.code());
    assertTrue(run.output().contains("[ERROR] it does not compile"), run.output());
    assertFalse(run.output().contains("started"), run.output());
  }

  @Test
  void aFailedBuildIsTriedAgain() throws IOException {
    clone.write("broken", "");
    clone.mhs("run");
    Files.delete(clone.root().resolve("broken"));

    assertTrue(clone.mhs("run").output().contains("started"));
  }

  @Test
  void runNoBuildStartsWhatIsThere() throws IOException {
    assertEquals(1, clone.mhs("run", "--no-build").code());
    clone.mhs("build");
    clone.write("pom.xml", "changed");

    Command.Result run = clone.mhs("run", "--no-build");

    assertTrue(run.output().startsWith("started"), run.output());
    assertEquals(1, clone.builds().size());
  }

  @Test
  void whatIsSaidAboutTokensReachesTheProgram() throws IOException {
    clone.set("MHS_JAVA_OPTIONS", "-Da=b");

    Command.Result token = clone.mhs("token", "create", "home assistant", "--scope", "read");

    assertEquals(0, token.code(), token.output());
    assertEquals(1, clone.builds().size(), "it is built first");
    assertTrue(token.output().contains("started in " + clone.root()), token.output());
    Path jar = clone.root().resolve("dist/target/mhs/mhs.jar");
    assertTrue(
        token
            .output()
            .endsWith(
                String.join(
                    "\n",
                    "-Da=b",
                    "-jar",
                    jar.toString(),
                    "token",
                    "create",
                    "home assistant",
                    "--scope",
                    "read\n")),
        token.output());
  }

  @Test
  void anUnknownWordIsRefused() {
    assertEquals(2, clone.mhs("rum").code());
    assertEquals(2, clone.mhs("run", "fast").code());
  }

  @Test
  void withoutAWordItHelps() {
    Command.Result help = clone.mhs();

    assertEquals(0, help.code());
    for (String command :
        List.of("run", "build", "test", "bench", "doctor", "token", "lab", "help")) {
      assertTrue(help.output().contains("./mhs " + command), command);
    }
  }

  @Test
  void theDoctorSaysThatItRunsAndWhatIsMissing() {
    clone.set("MHS_SERVER_PORT", "1");

    Command.Result examined = clone.mhs("doctor");

    assertEquals(0, examined.code(), examined.output());
    assertTrue(examined.output().contains("Java 25 in"), examined.output());
    assertTrue(examined.output().contains("./mhs run would work."), examined.output());
    assertTrue(examined.output().contains("no router is configured"), examined.output());
  }

  @Test
  void theDoctorSeesABusyPort() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      clone.set("APP_PORT", Integer.toString(other.getLocalPort()));

      Command.Result examined = clone.mhs("doctor");

      assertEquals(1, examined.code(), examined.output());
      assertTrue(
          examined.output().contains("port " + other.getLocalPort() + " is in use"),
          examined.output());
    }
  }

  @Test
  void theDoctorReadsDotEnvAndHidesNothingButThePassword() throws IOException {
    clone.write(".env", "export ROUTER_HOST=\"192.0.2.9\"\nROUTER_PASS=secret\n");

    Command.Result examined = clone.mhs("doctor");

    assertTrue(examined.output().contains("router: 192.0.2.9 (not asked"), examined.output());
    assertFalse(examined.output().contains("secret"), examined.output());
  }
}
