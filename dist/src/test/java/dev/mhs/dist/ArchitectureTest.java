package dev.mhs.dist;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The walls of the house, one rule each; its name is the sentence. */
class ArchitectureTest {
  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/mhs-tck")) // helpers of tests
          .importPackages("dev.mhs");

  static final ArchRule the_vocabulary_knows_only_the_jdk =
      classes()
          .that()
          .resideInAPackage("dev.mhs.api")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("java..", "dev.mhs.api", "org.jspecify.annotations"));

  static final ArchRule the_spi_knows_only_the_vocabulary =
      classes()
          .that()
          .resideInAPackage("dev.mhs.core.spi")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "java..", "dev.mhs.api", "dev.mhs.core.spi", "org.jspecify.annotations"));

  static final ArchRule sources_know_only_the_spi =
      noClasses()
          .that()
          .resideInAPackage("dev.mhs.source..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.mhs..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "dev.mhs.api", "dev.mhs.core.spi", "dev.mhs.source.."))));

  static final ArchRule a_source_knows_no_other_source =
      slices().matching("dev.mhs.source.(*)..").should().notDependOnEachOther();

  static final ArchRule the_core_knows_no_server_no_source_no_library =
      noClasses()
          .that()
          .resideInAPackage("dev.mhs.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.mhs.server..",
              "dev.mhs.source..",
              "io.helidon..",
              "java.sql..",
              "javax.sql..",
              "jakarta.json..");

  static final ArchRule the_server_meets_sources_only_at_run_time =
      noClasses()
          .that()
          .resideInAPackage("dev.mhs.server..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.mhs.source..");

  static final ArchRule the_simulator_knows_nothing_of_the_program =
      noClasses()
          .that()
          .resideInAPackage("dev.mhs.simulator..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.mhs..").and(not(resideInAPackage("dev.mhs.simulator.."))));

  static final ArchRule the_program_knows_nothing_of_the_simulator =
      noClasses()
          .that()
          .resideInAPackage("dev.mhs..")
          .and()
          .resideOutsideOfPackages("dev.mhs.simulator..", "dev.mhs.demo..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.mhs.simulator..", "dev.mhs.demo..");

  static final ArchRule the_played_world_knows_no_http_and_no_json =
      classes()
          .that()
          .resideInAPackage("dev.mhs.simulator.world")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("java..", "dev.mhs.simulator.world", "org.jspecify.annotations"));

  static final ArchRule only_the_history_speaks_sql =
      noClasses()
          .that()
          .resideInAPackage("dev.mhs..")
          .and()
          .resideOutsideOfPackage("dev.mhs.server.history")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "io.helidon.dbclient..");

  static final ArchRule the_history_speaks_no_http =
      noClasses()
          .that()
          .resideInAPackage("dev.mhs.server.history")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.helidon.http..", "io.helidon.webserver..");

  static final ArchRule only_the_system_time_reads_the_clock =
      noClasses()
          .that()
          .resideInAPackage("dev.mhs..")
          .and()
          .doNotHaveFullyQualifiedName("dev.mhs.core.engine.SystemTime")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .orShould()
          .callMethod(InstantSource.class, "system")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);

  static final ArchRule only_main_reads_the_environment_and_ends_the_process =
      noClasses()
          .that()
          .resideInAPackage("dev.mhs..")
          .and()
          .doNotHaveFullyQualifiedName("dev.mhs.server.Main")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class);

  static final ArchRule no_package_depends_on_itself_in_a_circle =
      slices().matching("dev.mhs.(**)").should().beFreeOfCycles();

  @TestFactory
  Stream<DynamicTest> everyRuleHolds() {
    return rules()
        .map(rule -> DynamicTest.dynamicTest(sentence(rule), () -> rule(rule).check(PROGRAM)));
  }

  @Test
  void everyModuleIsLookedAt() {
    for (String name :
        List.of(
            "dev.mhs.api.Device",
            "dev.mhs.core.engine.Engine",
            "dev.mhs.demo.StandIn",
            "dev.mhs.server.Main",
            "dev.mhs.simulator.Simulator",
            "dev.mhs.source.local.LocalProvider",
            "dev.mhs.source.routeros.RouterOsProvider")) {
      assertTrue(PROGRAM.contain(name), name);
    }
  }

  private static Stream<Field> rules() {
    return Arrays.stream(ArchitectureTest.class.getDeclaredFields())
        .filter(field -> ArchRule.class.isAssignableFrom(field.getType()))
        .filter(field -> Modifier.isStatic(field.getModifiers()));
  }

  private static String sentence(Field field) {
    return field.getName().replace('_', ' ');
  }

  private static ArchRule rule(Field field) throws IllegalAccessException {
    return (ArchRule) field.get(null);
  }
}
