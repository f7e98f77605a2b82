package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./mhs test} says about tests that cannot run: never nothing. */
@Runs("./mhs test")
class TestCommandTest {
  private static final String REPORT =
      """
      <testsuite name="A" time="0.1" tests="3" errors="0" skipped="1" failures="0">
        <testcase name="works" classname="dev.mhs.A" time="0.1"/>
        <testcase name="isSkipped" classname="dev.mhs.A" time="0.1">
          <skipped message="why"/>
        </testcase>
      </testsuite>
      """;

  private static final String SIDE_BY_SIDE =
      ": -B -ntp --fail-at-end -T 2 -Dtest.forks=3 -DexcludedGroups=alone";

  private final Clone clone;

  TestCommandTest(@TempDir Path folder) throws IOException {
    clone = Clone.make(folder);
    clone.write("report.xml", REPORT);
    clone.write("dist/src/test/java/HouseIT.java", "@Tag(\"netns\")\nclass HouseIT {}\n");
    clone.write("mhs-server/src/test/js/a.test.mjs", "");
  }

  /** Runs it on a Debian 13 where some programs are missing and others only say that they ran. */
  private Command.Result test(String missing, String more) {
    return clone.shell(
        """
        use jdk; use build; use test
        image=$root/dist/target/mhs
        is_there() { case " %s " in *" $1 "*) return 1 ;; esac; }
        can_make_namespaces() { :; }
        has_debian() { :; }
        run_js_tests() { echo "node ran"; }
        run_shellcheck() { echo "shellcheck ran"; }
        id() { echo 0; }
        use packages
        use() { :; }
        read_distribution() { family=' debian ' distribution=debian release=13 pretty=Debian; }
        %s
        mhs_test
        """
            .formatted(missing, more));
  }

  @Test
  void withEverythingThereNothingIsLeftOut() throws IOException {
    Command.Result result = test("", "CI=true");

    assertEquals(0, result.code(), result.output());
    assertTrue(clone.builds().getFirst().endsWith(SIDE_BY_SIDE + " verify"));
    assertEquals(1, clone.builds().size(), "no test needs to be alone");
    assertTrue(result.output().contains("node ran\nshellcheck ran"), result.output());
    assertTrue(result.output().contains("3 tests, 0 failed, 1 skipped"), result.output());
    assertTrue(result.output().contains("SKIPPED by itself: dev.mhs.A.isSkipped"), result.output());
    assertTrue(result.output().endsWith("All tests that ran passed.\n"), result.output());
  }

  @Test
  void whatIsToBeAloneRunsWhenAllTheOthersAreDone() throws IOException {
    clone.write("mhs-core/src/test/java/PaceIT.java", "@Tag(\"alone\")\nclass PaceIT {}\n");
    clone.write("mhs-server/src/test/java/a/RateIT.java", "@Tag(\"alone\")\nclass RateIT {}\n");

    Command.Result result = test("dnsmasq", "");

    assertEquals(0, result.code(), result.output());
    assertEquals(2, clone.builds().size());
    assertTrue(clone.builds().getFirst().contains(SIDE_BY_SIDE + ",netns verify"));
    assertTrue(
        clone
            .builds()
            .getLast()
            .endsWith(
                " -pl mhs-core,mhs-server -am -Dgroups=alone -Dsurefire.reportNameSuffix=alone"
                    + " -DexcludedGroups=netns verify"));
  }

  @Test
  void aFailureBesideOthersFailsTheWholeAndThoseAloneStillRun() throws IOException {
    clone.write("mhs-core/src/test/java/PaceIT.java", "@Tag(\"alone\")\nclass PaceIT {}\n");
    clone.write("fails", "");

    Command.Result result = test("", "");

    assertEquals(2, clone.builds().size());
    assertTrue(result.output().endsWith("FAILED: Java.\n"), result.output());
  }

  @Test
  void whatLacksAPackageIsNamedWithTheCommandThatEnablesIt() throws IOException {
    Command.Result result = test("dnsmasq node", "");

    assertEquals(0, result.code(), result.output());
    assertTrue(clone.builds().getFirst().contains("=alone,netns,js "));
    assertFalse(result.output().contains("node ran"), result.output());
    assertTrue(result.output().contains("SKIPPED: HouseIT\n"), result.output());
    assertTrue(result.output().contains("SKIPPED: the JavaScript tests"), result.output());
    assertTrue(
        result.output().contains("apt-get install -y --no-install-recommends dnsmasq-base nodejs"),
        result.output());
    assertFalse(result.output().contains("Installing"), result.output());
  }

  @Test
  void underCiAMissingPackageIsInstalledAndElseAFailure() {
    Command.Result result = test("dnsmasq", "CI=true");

    assertEquals(1, result.code(), result.output());
    assertTrue(result.output().contains("Installing dnsmasq-base"), result.output());
    assertTrue(result.output().contains("apt-get update"), result.output());
    assertTrue(result.output().contains("CI=true allows no skips"), result.output());
  }

  @Test
  void withoutTheRightToMakeNamespacesTheirTestsAreNamed() throws IOException {
    Command.Result result = test("", "can_make_namespaces() { return 1; }");

    assertEquals(0, result.code(), result.output());
    assertTrue(clone.builds().getFirst().contains("=alone,netns "));
    assertTrue(result.output().contains("SKIPPED: HouseIT\n"), result.output());
    assertTrue(result.output().contains("sudo ./mhs test"), result.output());
  }

  @Test
  void withoutACleanDebianItsTestsAreNamed() throws IOException {
    clone.write("dist/src/test/java/ServiceIT.java", "@Tag(\"debian\")\nclass ServiceIT {}\n");

    Command.Result result = test("", "has_debian() { return 1; }");

    assertEquals(0, result.code(), result.output());
    assertTrue(clone.builds().getFirst().contains("=alone,debian "));
    assertTrue(result.output().contains("SKIPPED: ServiceIT\n"), result.output());
    assertTrue(result.output().contains("clean Debian of the tests could not"), result.output());
  }

  @Test
  void aFailureOfOneKindFailsTheWholeAndTheOthersStillRun() throws IOException {
    clone.write("broken", "");

    Command.Result result = test("", "");

    assertEquals(1, result.code(), result.output());
    assertTrue(result.output().contains("shellcheck ran"), result.output());
    assertTrue(result.output().endsWith("FAILED: Java.\n"), result.output());
  }

  @Test
  void aFailedTestIsNamedAtTheEnd() throws IOException {
    clone.write("report.xml", REPORT.replace("<skipped", "<failure"));
    clone.write("fails", "");

    Command.Result result = test("", "");

    assertEquals(1, result.code(), result.output());
    assertTrue(
        result.output().endsWith("FAILED: dev.mhs.A.isSkipped\nFAILED: Java.\n"), result.output());
  }

  @Test
  void whatTheTestsBuiltNeedsNoOtherBuild() throws IOException {
    test("", "");

    clone.mhs("run");

    assertEquals(1, clone.builds().size());
  }
}
